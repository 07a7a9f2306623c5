// A workplace that is one's own (4.f.1), given free and taken back by the day, and being away (4.f.2).
import { useSignal } from "@preact/signals"
import { ask, type Out } from "../api"
import { texts } from "../i18n"
import { sentence, Wrong } from "../problems"
import { guest } from "../session"
import { dateIn, longDate } from "../time"
import { Button, Card, Field, Notice, say, Sheet, Tick, useLoaded } from "../ui"
import words from "./workplace.json"

const t = texts(words)

type Workplaces = Out<"GET /me/workplaces">

/** Guests have none. */
export const workplaces = async (signal: AbortSignal): Promise<Workplaces> =>
  guest() ? { workplaces: [], away: [] } : ask("GET /me/workplaces", {}, { signal })

/** One line for a day: the workplace is given free, or taken back. */
export function GiveFree({ spot, name, date, free, onDone }: { spot: string; name: string; date: string; free: boolean; onDone: () => Promise<void> }) {
  const busy = useSignal(false)
  const notice = useSignal("")
  const flip = async (): Promise<void> => {
    busy.value = true
    notice.value = ""
    const day = { workplace: spot, from: date, to: date }
    try {
      if (!free) await ask("PUT /me/workplaces/{workplace}/released", day)
      const kept = free && (await ask("DELETE /me/workplaces/{workplace}/released", day)).kept.length > 0
      if (kept) notice.value = t("kept", { name })
      else say(t(free ? "back" : "released", { name }))
    } catch (error) {
      notice.value = sentence(error)
    }
    await onDone()
    busy.value = false
  }
  return (
    <>
      {notice.value && <Notice>{notice.value}</Notice>}
      <Button look="plain" busy={busy.value} onClick={() => void flip()}>{t(free ? "takeback" : "release", { name })}</Button>
    </>
  )
}

/** One's own workplaces and days away, with what can be done about them. */
export function Own({ onAway }: { onAway: () => Promise<void> }) {
  const own = useLoaded(workplaces, [])
  const open = useSignal(false)
  const wrong = useSignal("")
  if (guest()) return null
  const away = own.value?.away ?? []
  const act = async (what: () => Promise<unknown>, done: string): Promise<void> => {
    wrong.value = ""
    try {
      await what()
      say(done)
    } catch (error) {
      wrong.value = sentence(error)
    }
    await own.again()
  }
  return (
    <section class="stack near">
      {own.wrong && <Wrong error={own.wrong} again={() => void own.again()} />}
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      {own.value && own.value.workplaces.length > 0 && (
        <>
          <h2>{t("title")}</h2>
          <p class="quiet small">{t("about")}</p>
          <ul class="card list">
            {own.value.workplaces.map((w) => (
              <li key={w.spot} class="row apart">
                <span class="grow"><b>{w.name}</b> <span class="quiet small">{w.floor_name}, {w.location_name}</span>
                  {w.released.length > 0 && <><br /><span class="small">{t("free", { days: w.released.map(longDate).join(", ") })}</span></>}</span>
                <Button look="plain" aria-label={`${t("giveup")}: ${w.name}`} onClick={() => void act(() => ask("DELETE /me/workplaces/{workplace}", { workplace: w.spot }), t("givenup", { name: w.name }))}>{t("giveup")}</Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {away.length > 0 && (
        <Card>
          <p>{t("awayon", { days: away.map(longDate).join(", ") })}</p>
          <div><Button onClick={() => void act(() => ask("DELETE /me/away", { from: away[0]!, to: away.at(-1)! }), t("thereagain"))}>{t("there")}</Button></div>
        </Card>
      )}
      <div><Button look="plain" onClick={() => { open.value = true }}>{t("away")}</Button></div>
      {open.value && <Away onClose={() => { open.value = false }} onDone={async () => { open.value = false; await Promise.all([own.again(), onAway()]) }} />}
    </section>
  )
}

function Away({ onClose, onDone }: { onClose: () => void; onDone: () => Promise<void> }) {
  const today = dateIn(Intl.DateTimeFormat().resolvedOptions().timeZone)
  const from = useSignal(today)
  const until = useSignal(today)
  const cancel = useSignal(true)
  const busy = useSignal(false)
  const wrong = useSignal("")
  const save = async (): Promise<void> => {
    busy.value = true
    try {
      const { cancelled } = await ask("PUT /me/away", { from: from.value, to: until.value, cancel: cancel.value })
      say(cancelled ? t("gone", { n: cancelled }) : t("bye"))
      await onDone()
    } catch (error) {
      wrong.value = sentence(error)
    }
    busy.value = false
  }
  return (
    <Sheet title={t("awaytitle")} onClose={onClose}>
      <p class="quiet small">{t("awayabout")}</p>
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      <div class="pair">
        <Field label={t("from")} type="date" value={from.value} onInput={(event) => { from.value = event.currentTarget.value; if (until.value < from.value) until.value = from.value }} />
        <Field label={t("to")} type="date" value={until.value} onInput={(event) => { until.value = event.currentTarget.value }} />
      </div>
      <Tick checked={cancel.value} onChange={(on) => { cancel.value = on }}>{t("cancel")}</Tick>
      <Button look="do" wide large busy={busy.value} onClick={() => void save()}>{t("save")}</Button>
    </Sheet>
  )
}

/** For administrators: whose workplace a spot is, by an address that they type. */
export function Holder({ spot, name, assigned, onDone }: { spot: string; name: string; assigned: boolean; onDone: () => Promise<void> }) {
  const email = useSignal("")
  const wrong = useSignal("")
  const act = async (what: () => Promise<unknown>, done: string): Promise<void> => {
    wrong.value = ""
    try {
      await what()
      email.value = ""
      say(done)
      await onDone()
    } catch (error) {
      wrong.value = sentence(error)
    }
  }
  return (
    <details>
      <summary>{t("assign")}</summary>
      <div class="stack near">
        {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
        <Field label={t("email")} hint={t("assignabout")} type="email" value={email.value} onInput={(event) => { email.value = event.currentTarget.value }} />
        <div class="pair">
          <Button onClick={() => void act(() => ask("PUT /spots/{spot}/holder", { spot, email: email.value }), t("assigned", { name }))}>{t("doassign")}</Button>
          {assigned && <Button look="plain" onClick={() => void act(() => ask("DELETE /spots/{spot}/holder", { spot }), t("unassigned", { name }))}>{t("unassign")}</Button>}
        </div>
      </div>
    </details>
  )
}
