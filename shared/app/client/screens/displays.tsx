// The screens on the walls: which there are and when each was last heard; one gets its place here by the code it shows.
import { useSignal } from "@preact/signals"
import { ask, type Out } from "../api"
import { texts } from "../i18n"
import { sentence, Wrong } from "../problems"
import { place, to } from "../route"
import { momentIn } from "../time"
import { Bones, Button, Card, Field, Notice, Pill, say, Title, useLoaded } from "../ui"
import words from "./displays.json"

const t = texts(words)

type Listed = Out<"GET /displays">["displays"][number]

export default function Displays() {
  const id = place.value.id
  const floor = useLoaded((signal) => ask("GET /floors/{floor}", { floor: id }, { signal }), [id])
  const list = useLoaded((signal) => ask("GET /displays", {}, { signal }), [id])
  const wrong = floor.wrong ?? list.wrong
  if (!floor.value || !list.value) {
    return <main class="screen stack far"><Title>{t("title")}</Title>{wrong ? <Wrong error={wrong} again={() => { void floor.again(); void list.again() }} /> : <Bones />}</main>
  }
  const { name, spots } = floor.value
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <main class="screen stack far">
      <Title over={name}>{t("title")}</Title>
      <Pair floor={id} name={name} spots={spots} onDone={list.again} />
      <section class="stack near">
        <h2>{t("all")}</h2>
        {list.value.displays.length === 0 ? <p class="quiet">{t("none")}</p> : (
          <ul class="card list">{list.value.displays.map((one) => <One key={one.id} one={one} zone={zone} onDone={list.again} />)}</ul>
        )}
      </section>
      <div><a class="button plain" href={to("floor", id)}>{t("back")}</a></div>
    </main>
  )
}

interface Spot { id: string; name: string; category: string }

function Pair({ floor, name, spots, onDone }: { floor: string; name: string; spots: Spot[]; onDone: () => Promise<void> }) {
  const code = useSignal("")
  const at = useSignal("")
  const busy = useSignal(false)
  const wrong = useSignal("")
  const pair = async (event: Event): Promise<void> => {
    event.preventDefault()
    busy.value = true
    wrong.value = ""
    try {
      if (at.value) await ask("POST /spots/{spot}/displays", { spot: at.value, code: code.value })
      else await ask("POST /floors/{floor}/displays", { floor, code: code.value })
      code.value = ""
      say(t("paired"))
      await onDone()
    } catch (error) {
      wrong.value = error instanceof Error && "kind" in error && error.kind === "not-found" ? t("unknown") : sentence(error)
    }
    busy.value = false
  }
  const sorted = [...spots].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
  const option = (spot: Spot) => <option key={spot.id} value={spot.id}>{spot.name}</option>
  return (
    <Card>
      <form class="stack" onSubmit={(event) => void pair(event)}>
        <p>{t("about", { address: `${location.origin}/#/display` })}</p>
        <Field label={t("code")} value={code.value} inputMode="numeric" maxLength={20} onInput={(event) => { code.value = event.currentTarget.value }} />
        <div class="field"><label>{t("place")}
          <select value={at.value} onChange={(event) => { at.value = event.currentTarget.value }}>
            <option value="">{t("hall", { name })}</option>
            <optgroup label={t("door")}>{sorted.filter((s) => s.category === "room").map(option)}</optgroup>
            <optgroup label={t("desk")}>{sorted.filter((s) => s.category !== "room").map(option)}</optgroup>
          </select>
        </label></div>
        {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
        <div><Button type="submit" look="do" large busy={busy.value}>{t("pair")}</Button></div>
      </form>
    </Card>
  )
}

function One({ one, zone, onDone }: { one: Listed; zone: string; onDone: () => Promise<void> }) {
  const kind = t(one.kind === "door" ? "door" : one.kind === "desk" ? "desk" : one.kind === "lobby" ? "lobby" : "gone")
  const revoke = async (): Promise<void> => {
    if (!confirm(t("sure", { name: one.name ?? kind }))) return
    try {
      await ask("DELETE /displays/{display}", { display: one.id })
      say(t("revoked"))
    } catch (error) {
      say(sentence(error))
    }
    await onDone()
  }
  return (
    <li class="row apart">
      <div class="booked">
        <b>{one.name ?? kind}</b>
        <p class="quiet small">{kind} · {t("heard", { when: momentIn(zone, one.heard_at) })}</p>
        {one.silent && <Pill tone="look">{t("silent")}</Pill>}
      </div>
      <Button look="stop" aria-label={t("revokeone", { name: one.name ?? kind })} onClick={() => void revoke()}>{t("revoke")}</Button>
    </li>
  )
}
