// For the office: how its places are used, to be looked at. Everything drawn here has a table and a file beside it.
import { useSignal } from "@preact/signals"
import type { ComponentChildren } from "preact"
import { access, type Location } from "../access"
import { ask, type Out } from "../api"
import { Heat } from "../figures/heat"
import { Lines } from "../figures/lines"
import { load, number, sheet, type Asked, type DayUse, type Use } from "../figures/use"
import { Zones } from "../figures/zones"
import { save } from "../file"
import { texts } from "../i18n"
import { Office } from "../office"
import { sentence, Wrong } from "../problems"
import { place, replace, to } from "../route"
import { addDays, dateIn, fullDate, longDate, range, short, shortDate } from "../time"
import { Bones, Button, Card, Field, Notice, say, Title, useLoaded } from "../ui"
import words from "./figures.json"

const t = texts(words)

type Floor = Out<"GET /floors/{floor}">

export default function Figures() {
  const known = useLoaded(access, [])
  if (!known.value) return <main class="screen stack far"><Title>{t("title")}</Title>{known.wrong ? <Wrong error={known.wrong} again={() => void known.again()} /> : <Bones />}</main>
  const { role, locations } = known.value
  const manages = role === "manager" || role === "administrator"
  const at = locations.find((l) => l.id === place.value.id) ?? locations[0]
  return (
    <main class="screen stack far figured">
      <Office here="figures" />
      <Title over={at?.name}>{t("title")}</Title>
      {!manages ? <Notice>{t("notyours")}</Notice> : !at ? <Notice>{t("nowhere")}</Notice> : <At key={at.id} location={at} all={locations} />}
    </main>
  )
}

const weeks = [4, 13, 52] as const // that can be chosen

function At({ location, all }: { location: Location; all: Location[] }) {
  const query = place.value.query
  const yesterday = addDays(dateIn(location.time_zone), -1) // the last day that is over
  const chosen = Number(query.get("weeks") ?? (query.has("from") ? 0 : weeks[0]))
  const from = query.get("from") ?? addDays(yesterday, 1 - 7 * chosen), until = query.get("to") ?? yesterday
  const onPlan = useSignal("")
  const at = query.get("floor") ?? "", zone = query.get("zone") ?? ""
  const asked: Asked = { location: location.id, from, to: until, floor: at || undefined, zone: at && zone || undefined }
  const use = useLoaded((signal) => load(asked, signal), [JSON.stringify(asked)])
  const drawn = at || onPlan.value || (use.value && busiest(use.value, location)) || ""
  const floor = useLoaded((signal) => drawn ? ask("GET /floors/{floor}", { floor: drawn }, { signal }) : Promise.resolve(undefined), [drawn])
  const current = use.value && answers(use.value, asked) ? use.value : undefined
  const shown = floor.value?.id === drawn ? floor.value : undefined

  const choose = (change: Record<string, string | undefined>, id = location.id): void =>
    replace(to("figures", id, { ...Object.fromEntries(query), ...change }))
  return (
    <>
      <Card label={t("choice")}>
        <div class="pair">
          {all.length > 1 && <Choice label={t("location")} value={location.id} options={all} onChange={(id) => choose({ floor: undefined, zone: undefined }, id)} />}
          <Choice label={t("floor")} value={at} options={[{ id: "", name: t("all") }, ...location.floors]} onChange={(id) => choose({ floor: id, zone: undefined })} />
          {at && <Choice label={t("zone")} value={zone} options={[{ id: "", name: t("whole") }, ...shown?.zones ?? [], { id: "none", name: t("outside") }]} onChange={(id) => choose({ zone: id })} />}
        </div>
        <div class="chips" role="group" aria-label={t("period")}>
          {weeks.map((n) => <button key={n} type="button" class="chip" aria-pressed={chosen === n} onClick={() => choose({ weeks: String(n), from: undefined, to: undefined })}>{t(`weeks.${n}`)}</button>)}
          <button type="button" class="chip" aria-pressed={chosen === 0} onClick={() => choose({ weeks: undefined, from, to: until })}>{t("own")}</button>
        </div>
        {chosen === 0 && (
          <div class="pair">
            <Field type="date" label={t("from")} value={from} onInput={(event) => { if (event.currentTarget.value) choose({ from: event.currentTarget.value }) }} />
            <Field type="date" label={t("to")} value={until} onInput={(event) => { if (event.currentTarget.value) choose({ to: event.currentTarget.value }) }} />
          </div>
        )}
        <p class="quiet small">{t("days", { from: fullDate(from), to: fullDate(until) })}</p>
      </Card>
      {use.wrong !== undefined ? <Wrong error={use.wrong} again={() => void use.again()} /> : !current ? <Bones /> : (
        <Parts asked={asked} location={location} use={current}>
          {!at && location.floors.length > 1 && (
            <div class="chips" role="group" aria-label={t("floor")}>
              {location.floors.map((f) => <button key={f.id} type="button" class="chip" aria-pressed={f.id === drawn} onClick={() => { onPlan.value = f.id }}>{f.name}</button>)}
            </div>
          )}
          <Plan floor={shown} wrong={floor.wrong} again={floor.again} use={current} />
        </Parts>
      )}
    </>
  )
}

/** Whether an answer is to what is asked now, and not to what was asked before. */
const answers = (use: Use, asked: Asked): boolean =>
  use.from === asked.from && use.to === asked.to && use.floor === asked.floor && use.zone === asked.zone

/** The floor that was used the most, or any where none is shown. */
function busiest({ places }: Use, location: Location): string | undefined {
  const used = (id: string): number => places.find((p) => p.floor === id && !p.zone)?.check_ins ?? 0
  return [...location.floors].sort((a, b) => used(b.id) - used(a.id))[0]?.id
}

interface ChoiceProps { label: string; value: string; options: { id: string; name: string }[]; onChange: (id: string) => void }

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <div class="field"><label>{label}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((o) => <option key={o.id} value={o.id}>{o.name}</option>)}
      </select>
    </label></div>
  )
}

/** The pictures of a place, the plan as the last of them. */
function Parts({ asked, location, use, children }: { asked: Asked; location: Location; use: Use; children: ComponentChildren }) {
  if (use.days.length === 0 && use.places.length === 0) return <Notice>{t("empty")} {t("why")}</Notice>
  return (
    <>
      <Part title={t("hours")} asked={asked} csv="hours">
        {use.hours.length === 0 ? <Withheld /> : <Heat hours={use.hours} spots={use.spots} opens={location.opens} closes={location.closes} />}
      </Part>
      <div class="beside">
        <Part title={t("peak")} asked={asked} csv="days"><Peaks use={use} /></Part>
        <Part title={t("noshows")} asked={asked} csv="days"><NoShows use={use} /></Part>
      </div>
      <Part title={t("plan")} asked={asked} csv="places">{children}</Part>
      <Card><h2>{t("rule")}</h2><p>{t("why")}</p><p class="quiet">{t("comparing")}</p></Card>
    </>
  )
}

/** A picture under its title, with its figures as a file. */
function Part({ title, asked, csv, children }: { title: string; asked: Asked; csv: "hours" | "days" | "places"; children: ComponentChildren }) {
  const busy = useSignal(false)
  const keep = async (): Promise<void> => {
    busy.value = true
    try {
      save(await sheet(asked, csv), `iotspot-${csv}-${asked.from}-${asked.to}.csv`)
    } catch (error) {
      say(sentence(error))
    }
    busy.value = false
  }
  return (
    <section class="card">
      <div class="row apart">
        <h2>{title}</h2>
        <Button look="plain" busy={busy.value} aria-label={t("csvof", { title })} onClick={() => void keep()}>{t("csv")}</Button>
      </div>
      {children}
    </section>
  )
}

const Withheld = () => <p class="quiet">{t("withheld")}</p>

const valuesOf = (days: DayUse[], of: (day: DayUse) => number | undefined): Map<string, number> =>
  new Map(days.flatMap((day) => { const n = of(day); return n === undefined ? [] : [[day.date, n]] }))

function Peaks({ use }: { use: Use }) {
  const days = use.days.filter((day) => day.peak)
  if (days.length === 0) return <Withheld />
  const top = days.reduce((a, b) => (b.peak!.spots_in_use > a.peak!.spots_in_use ? b : a))
  return (
    <>
      <p>{t("highest", { date: longDate(top.date), time: short(top.peak!.clock), n: number(top.peak!.spots_in_use), spots: number(use.spots) })}</p>
      <Lines from={use.from} to={use.to} series={[{ name: t("inuse"), look: "main", values: valuesOf(days, (day) => day.peak!.spots_in_use) }]} />
      <Days title={t("peak")} heads={[t("at"), t("inuse")]} rows={days.map((day) => [day.date, range(day.peak!.clock, hourAfter(day.peak!.clock)), number(day.peak!.spots_in_use)])} />
    </>
  )
}

const hourAfter = (clock: string): string => `${String(Number(clock.slice(0, 2)) + 1).padStart(2, "0")}${clock.slice(2)}`

function NoShows({ use }: { use: Use }) {
  const days = use.days.filter((day) => day.reservations !== undefined || day.no_shows !== undefined)
  const both = days.filter((day) => day.reservations !== undefined && day.no_shows !== undefined)
  if (days.length === 0) return <Withheld />
  const sum = (of: (day: DayUse) => number): number => both.reduce((n, day) => n + of(day), 0)
  const missed = sum((day) => day.no_shows!), made = sum((day) => day.reservations!)
  const cell = (n: number | undefined): string => (n === undefined ? t("notshown") : number(n))
  return (
    <>
      <p>{both.length === 0 ? t("noboth") : t("share", { n: both.length, missed: number(missed), made: number(made), percent: number((missed / made) * 100) })}</p>
      <Lines from={use.from} to={use.to} series={[
        { name: t("reservations"), look: "beside", values: valuesOf(days, (day) => day.reservations) },
        { name: t("noshows"), look: "main", values: valuesOf(days, (day) => day.no_shows) },
      ]} />
      <Days title={t("noshows")} heads={[t("reservations"), t("noshows")]} rows={days.map((day) => [day.date, cell(day.reservations), cell(day.no_shows)])} />
    </>
  )
}

/** What was drawn by day, in words and numbers. */
function Days({ title, heads, rows }: { title: string; heads: string[]; rows: [date: string, ...cells: string[]][] }) {
  return (
    <details>
      <summary>{t("table")}</summary>
      <div class="frame" role="region" aria-label={title} tabIndex={0}>
        <table class="figures">
          <thead><tr><th scope="col">{t("day")}</th>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
          <tbody>{rows.map(([date, ...cells]) => <tr key={date}><th scope="row">{shortDate(date)}</th>{cells.map((c, i) => <td key={i}>{c}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </details>
  )
}

function Plan({ floor, wrong, again, use }: { floor?: Floor; wrong: unknown; again: () => Promise<void>; use: Use }) {
  if (!floor) return wrong ? <Wrong error={wrong} again={() => void again()} /> : <Bones n={1} />
  if (floor.spots.length === 0) return <p class="quiet">{t("nospots")}</p>
  return <Zones floor={floor} places={use.places} />
}
