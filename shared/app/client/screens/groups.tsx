// For administrators: groups of people by name, who is in them by an address that is typed, and the zones of a floor
// that are kept for them (4.f.1).
import { useSignal } from "@preact/signals"
import { ask } from "../api"
import { texts } from "../i18n"
import { sentence, Wrong } from "../problems"
import type { Floor } from "../spots"
import { short } from "../time"
import { Button, Field, Notice, say, useLoaded } from "../ui"
import words from "./groups.json"

const t = texts(words)

export function Groups({ floor, onDone }: { floor: Floor; onDone: () => Promise<void> }) {
  const open = useSignal(false)
  return (
    <details onToggle={(event) => { open.value = event.currentTarget.open }}>
      <summary>{t("title")}</summary>
      {open.value && <Opened floor={floor} onDone={onDone} />}
    </details>
  )
}

function Opened({ floor, onDone }: { floor: Floor; onDone: () => Promise<void> }) {
  const groups = useLoaded((signal) => ask("GET /groups", {}, { signal }), [])
  const zones = useLoaded((signal) => ask("GET /locations/{location}/group-zones", { location: floor.location }, { signal }), [floor.location])
  const name = useSignal("")
  const email = useSignal("")
  const picked = useSignal("")
  const zone = useSignal(floor.zones[0]?.id ?? "")
  const days = useSignal("1")
  const at = useSignal("16:00")
  const wrong = useSignal("")
  const all = groups.value?.groups ?? []
  const group = picked.value || all[0]?.id || ""
  const act = async (what: () => Promise<unknown>, done: string, typed?: { value: string }): Promise<void> => {
    wrong.value = ""
    try {
      await what()
      if (typed) typed.value = ""
      say(done)
      await Promise.all([groups.again(), zones.again(), onDone()])
    } catch (error) {
      wrong.value = sentence(error)
    }
  }
  const nameOf = (id: string): string => all.find((g) => g.id === id)?.name ?? "–"
  const zoneName = (id: string): string => floor.zones.find((z) => z.id === id)?.name ?? "–"
  const keep = (kept: string[]) => act(() => ask("PUT /floors/{floor}/zones/{zone}/groups", { floor: floor.id, zone: zone.value, groups: kept, opens_days: Number(days.value), opens_at: at.value }), t("done"))
  return (
    <div class="stack near">
      <p class="quiet small">{t("about")}</p>
      <Wrong error={groups.wrong ?? zones.wrong} again={() => { void groups.again(); void zones.again() }} />
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      {all.length > 0 && (
        <ul class="card list">
          {all.map((g) => <li key={g.id} class="row apart"><span class="grow">{g.name}</span><Button look="plain" aria-label={`${t("remove")}: ${g.name}`} onClick={() => void act(() => ask("DELETE /groups/{group}", { group: g.id }), t("removed", { name: g.name }))}>{t("remove")}</Button></li>)}
        </ul>
      )}
      <Field label={t("name")} maxLength={60} value={name.value} onInput={(event) => { name.value = event.currentTarget.value }} />
      <div><Button onClick={() => void act(() => ask("POST /groups", { name: name.value }), t("added", { name: name.value }), name)}>{t("add")}</Button></div>
      {all.length > 0 && (
        <>
          <div class="field"><label for="group">{t("group")}</label>
            <select id="group" value={group} onChange={(event) => { picked.value = event.currentTarget.value }}>{all.map((g) => <option key={g.id} value={g.id}>{g.name}</option>)}</select></div>
          <Field label={t("email")} type="email" value={email.value} onInput={(event) => { email.value = event.currentTarget.value }} />
          <div class="pair">{[true, false].map((member) => <Button key={String(member)} onClick={() => void act(() => ask("PUT /groups/{group}/members", { group, email: email.value, member }), t("done"), email)}>{t(member ? "in" : "out")}</Button>)}</div>
        </>
      )}
      {all.length > 0 && floor.zones.length > 0 && (
        <>
          {zones.value?.zones.filter((z) => z.floor === floor.id).map((z) => <p key={z.zone} class="small">{t("kept", { n: z.opens_days, days: z.opens_days, zone: zoneName(z.zone), groups: z.groups.map(nameOf).join(", "), time: short(z.opens_at) })}</p>)}
          <div class="field"><label for="zone">{t("zone")}</label>
            <select id="zone" value={zone.value} onChange={(event) => { zone.value = event.currentTarget.value }}>{floor.zones.map((z) => <option key={z.id} value={z.id}>{z.name}</option>)}</select></div>
          <div class="pair">
            <Field label={t("days")} inputMode="numeric" value={days.value} onInput={(event) => { days.value = event.currentTarget.value }} />
            <Field label={t("at")} value={at.value} onInput={(event) => { at.value = event.currentTarget.value }} />
          </div>
          <div class="pair"><Button onClick={() => void keep([group])}>{t("keep")}</Button><Button look="plain" onClick={() => void keep([])}>{t("open")}</Button></div>
        </>
      )}
    </div>
  )
}
