// The same spot again and again: how often and until when, and of each date that can't be had why not and what instead.
import { useSignal } from "@preact/signals"
import { ask, Problem, type Out } from "../api"
import { texts } from "../i18n"
import { sentence } from "../problems"
import type { Spot, Stretch } from "../spots"
import type { Called } from "./floor"
import { addDays, dayOfMonth, longDate, range, shortDay, sinceMonday } from "../time"
import { Button, Field, Notice, say, Sheet, Tick } from "../ui"
import words from "./repeat.json"

const t = texts(words)

type Skipped = Out<"POST /reservations/repeated">["skipped"][number]

/** Rules as calendars write them (RFC 5545), of what comes each day, week or month. */
const frequency = { day: "DAILY", workday: "DAILY;BYDAY=MO,TU,WE,TH,FR", week: "WEEKLY", month: "MONTHLY" }
const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

interface When {
  often: keyof typeof frequency
  every: number // so many days, weeks or months; 0 while nothing is typed
  days: string[] // of a week
  ends: "until" | "count"
  until: string
  count: number
  except: string[]
}

function rule(when: When): string {
  return [`FREQ=${frequency[when.often]}`, ...(when.often === "workday" ? [] : [`INTERVAL=${when.every || 1}`]),
    ...(when.often === "week" ? [`BYDAY=${when.days.join(",")}`] : []),
    when.ends === "until" ? `UNTIL=${when.until.replaceAll("-", "")}` : `COUNT=${when.count || 1}`].join(";")
}

export function Repeat({ spot, approval, date, hours, called, last, onClose, onDone }: { spot: Spot; approval: boolean; date: string; hours: Stretch; called: Called; last: string; onClose: () => void; onDone: () => Promise<void> }) {
  const month = addDays(date, 28)
  const when = useSignal<When>({ often: "week", every: 1, days: [weekdays[sinceMonday(date)]!], ends: "until", until: month < last ? month : last, count: 5, except: [] })
  const partly = useSignal(false)
  const skipped = useSignal<Skipped[]>([])
  const made = useSignal(false)
  const busy = useSignal(false)
  const wrong = useSignal("")

  const run = async (): Promise<void> => {
    busy.value = true
    wrong.value = ""
    try {
      const done = await ask("POST /reservations/repeated", { spot: spot.id, date, ...hours, ...called, repeat: rule(when.value), except: when.value.except, partly: partly.value })
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
          <Dates date={date} when={when.value} put={(more) => { when.value = { ...when.value, ...more } }} />
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

/** On which dates: how often, on which days of a week, until when, and which to leave out. */
function Dates({ date, when, put }: { date: string; when: When; put: (more: Partial<When>) => void }) {
  const monday = addDays(date, -sinceMonday(date))
  const toggled = (day: string): string[] => weekdays.filter((each) => when.days.includes(each) !== (each === day))
  const number = (event: { currentTarget: HTMLInputElement }, most: number): number => Math.min(most, Math.trunc(Number(event.currentTarget.value)) || 0)
  return (
    <>
      <div class="pair">
        <div class="field">
          <label>{t("often")}
            <select value={when.often} onChange={(event) => put({ often: event.currentTarget.value as When["often"] })}>
              {(Object.keys(frequency) as When["often"][]).map((o) => <option key={o} value={o}>{t(`per.${o}`, { n: dayOfMonth(date) })}</option>)}
            </select>
          </label>
        </div>
        {when.often !== "workday" && <Field label={t(`every.${when.often}`)} type="number" inputMode="numeric" min={1} max={99} value={when.every || ""} onInput={(event) => put({ every: number(event, 99) })} />}
      </div>
      {when.often === "week" && (
        <div class="row" role="group" aria-label={t("days")}>
          {weekdays.map((day, i) => <button key={day} type="button" class="chip" aria-pressed={when.days.includes(day)} onClick={() => { if (toggled(day).length > 0) put({ days: toggled(day) }) }}>{shortDay(addDays(monday, i))}</button>)}
        </div>
      )}
      <div class="pair">
        <div class="field">
          <label>{t("ends")}
            <select value={when.ends} onChange={(event) => put({ ends: event.currentTarget.value as When["ends"] })}>
              <option value="until">{t("ondate")}</option>
              <option value="count">{t("after")}</option>
            </select>
          </label>
        </div>
        {when.ends === "until"
          ? <Field label={t("until")} type="date" value={when.until} onInput={(event) => put({ until: event.currentTarget.value })} />
          : <Field label={t("times")} type="number" inputMode="numeric" min={1} max={49} value={when.count || ""} onInput={(event) => put({ count: number(event, 49) })} />}
      </div>
      <Except dates={when.except} put={(except) => put({ except })} />
    </>
  )
}

function Except({ dates, put }: { dates: string[]; put: (dates: string[]) => void }) {
  const one = useSignal("")
  const add = (): void => {
    if (one.value && !dates.includes(one.value)) put([...dates, one.value].sort())
    one.value = ""
  }
  return (
    <details>
      <summary>{dates.length > 0 ? t("leftout", { n: dates.length }) : t("except")}</summary>
      <div class="stack near">
        <div class="row foot">
          <Field class="grow" label={t("date")} type="date" value={one.value} onInput={(event) => { one.value = event.currentTarget.value }} />
          <Button onClick={add}>{t("leave")}</Button>
        </div>
        {dates.map((date) => (
          <p key={date} class="row apart"><span class="grow">{longDate(date)}</span> <Button aria-label={t("notout", { date: longDate(date) })} onClick={() => put(dates.filter((each) => each !== date))}>{t("back")}</Button></p>
        ))}
      </div>
    </details>
  )
}
