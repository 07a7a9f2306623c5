// The same spot again and again: how often and until when, and of each date that can't be had why not and what instead.
import { useSignal } from "@preact/signals"
import { ask, Problem, type Out } from "../api"
import { texts } from "../i18n"
import { sentence } from "../problems"
import type { Spot, Stretch } from "../spots"
import type { Called } from "./floor"
import { addDays, dayOfMonth, longDate, range, weekday } from "../time"
import { Button, Field, Notice, say, Sheet, Tick } from "../ui"
import words from "./repeat.json"

const t = texts(words)

type Skipped = Out<"POST /reservations/repeated">["skipped"][number]

/** Rules as calendars write them (RFC 5545), without their end. */
const rules = {
  day: "FREQ=DAILY",
  workday: "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
  week: "FREQ=WEEKLY",
  weeks: "FREQ=WEEKLY;INTERVAL=2",
  month: "FREQ=MONTHLY",
}
type Often = keyof typeof rules

export function Repeat({ spot, approval, date, hours, called, last, onClose, onDone }: { spot: Spot; approval: boolean; date: string; hours: Stretch; called: Called; last: string; onClose: () => void; onDone: () => Promise<void> }) {
  const often = useSignal<Often>("week")
  const month = addDays(date, 28)
  const until = useSignal(month < last ? month : last)
  const partly = useSignal(false)
  const skipped = useSignal<Skipped[]>([])
  const made = useSignal(false)
  const busy = useSignal(false)
  const wrong = useSignal("")
  const names: Record<Often, string> = { day: t("day"), workday: t("workday"), week: t("week", { day: weekday(date) }), weeks: t("weeks", { day: weekday(date) }), month: t("month", { n: dayOfMonth(date) }) }

  const run = async (): Promise<void> => {
    busy.value = true
    wrong.value = ""
    try {
      const done = await ask("POST /reservations/repeated", { spot: spot.id, date, ...hours, ...called, repeat: `${rules[often.value]};UNTIL=${until.value.replaceAll("-", "")}`, partly: partly.value })
      skipped.value = done.skipped
      made.value = true
      say(t(done.reservations[0]?.state === "asked" ? "askedfor" : "made", { n: done.reservations.length }))
      await onDone()
      if (done.skipped.length === 0) onClose()
    } catch (error) {
      skipped.value = error instanceof Problem ? ((error.body["skipped"] ?? []) as Skipped[]) : []
      if (skipped.value.length === 0) wrong.value = sentence(error)
    }
    busy.value = false
  }
  const take = async (s: Skipped): Promise<void> => {
    const other = s.instead!
    try {
      const { reservations: [made] } = await ask("POST /reservations", { spot: other.spot, date: s.date, ...hours, ...called })
      skipped.value = skipped.value.filter((each) => each !== s)
      say(t(made?.state === "asked" ? "askedother" : "taken", { name: other.name, date: longDate(s.date) }))
    } catch (error) {
      wrong.value = sentence(error)
    }
  }
  return (
    <Sheet title={t(approval ? "asktitle" : "title", { name: spot.name })} onClose={onClose}>
      {!made.value && (
        <>
          <div class="field">
            <label>{t("every")}
              <select value={often.value} onChange={(event) => { often.value = event.currentTarget.value as Often }}>
                {(Object.keys(rules) as Often[]).map((o) => <option key={o} value={o}>{names[o]}</option>)}
              </select>
            </label>
          </div>
          <Field label={t("until")} type="date" value={until.value} onInput={(event) => { until.value = event.currentTarget.value }} />
          <Tick checked={partly.value} onChange={(on) => { partly.value = on }}>{t("partly")}</Tick>
        </>
      )}
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      {skipped.value.length > 0 && (
        <section class="stack near" aria-live="polite">
          <p>{t("skipped")}</p>
          <ul class="card list">
            {skipped.value.map((s) => (
              <li key={s.date} class="stack near">
                <p><b>{longDate(s.date)}</b> <span class="quiet">{t(`w.${s.kind}`)}{s.instead ? ` · ${t("instead", { name: s.instead.name })}` : s.nearest && ` · ${t("nearest", { day: longDate(s.nearest.date), hours: range(s.nearest.from, s.nearest.to) })}`}</span></p>
                {made.value && s.instead && <div><Button aria-label={t("take", { name: s.instead.name, date: longDate(s.date) })} onClick={() => void take(s)}>{s.instead.name}</Button></div>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {!made.value && <Button look="do" large wide busy={busy.value} onClick={() => { partly.value ||= skipped.value.length > 0; void run() }}>{skipped.value.length > 0 ? t(approval ? "askwithout" : "without") : t(approval ? "ask" : "reserve", { hours: range(hours.from, hours.to) })}</Button>}
    </Sheet>
  )
}
