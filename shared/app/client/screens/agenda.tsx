// What is reserved, by day: change it, or cancel it with five seconds to think again. It is cancelled when they have
// passed, so that undoing gives back the very same reservation.
import { useSignal } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"
import { access as whereabouts, type Location } from "../access"
import { ask, Problem, type Out } from "../api"
import { Feed } from "../data/feed"
import { save } from "../file"
import { texts } from "../i18n"
import { sentence, Wrong } from "../problems"
import { go, place, replace, to } from "../route"
import { guest } from "../session"
import { undecided } from "../spots"
import { addDays, clockIn, clockOf, dateIn, longDate, minutes, momentIn, range } from "../time"
import { Bones, Button, Field, Notice, Pill, say, Sheet, Tick, Title, useLoaded, useWhileSeen } from "../ui"
import words from "./agenda.json"
import { ToDecide } from "./approve"
import { Offer, Waiting } from "./wait"
import { Own } from "./workplace"

const t = texts(words)

type Reservation = Out<"GET /me/agenda">["reservations"][number]

const grace = 5000 // ms in which a cancellation can be taken back

export default function Agenda() {
  const access = useLoaded(whereabouts, [])
  const agenda = useLoaded((signal) => ask("GET /me/agenda", { from: addDays(dateIn("UTC"), -1), to: addDays(dateIn("UTC"), 90) }, { signal }), [])
  useWhileSeen(60, () => void agenda.again())
  const going = useSignal<string[]>([]) // cancelled, with time to think again
  const waiting = useRef(new Map<string, () => void>())
  const notice = useSignal("")
  const ranging = useSignal(false)
  const feeding = useSignal(false)
  const places = new Map(access.value?.locations.map((l) => [l.id, l]))
  const zoneOf = (r: Reservation): string => places.get(r.location)?.time_zone ?? "UTC"

  const finish = async (id: string): Promise<void> => {
    waiting.current.delete(id)
    try {
      await ask("DELETE /reservations/{reservation}", { reservation: id })
    } catch (error) {
      const gone = error instanceof Problem && error.kind === "not-found" // cancelled already: that is as good
      if (!gone) notice.value = sentence(error)
    }
    await agenda.again()
    going.value = going.value.filter((other) => other !== id)
  }
  const cancel = (r: Reservation): void => {
    going.value = [...going.value, r.id]
    const timer = setTimeout(() => void finish(r.id), grace)
    waiting.current.set(r.id, () => { clearTimeout(timer); void finish(r.id) })
    say(t("cancelled", { name: r.name }), () => {
      clearTimeout(timer)
      waiting.current.delete(r.id)
      going.value = going.value.filter((other) => other !== r.id)
    })
  }
  const coming = async (r: Reservation): Promise<void> => {
    await ask("POST /reservations/{reservation}/coming", { reservation: r.id })
      .then(() => say(t("comingdone", { name: r.name })), (error: unknown) => { notice.value = sentence(error) })
    await agenda.again()
  }
  const file = (r: Reservation): Promise<void> => ask("GET /reservations/{reservation}/calendar", { reservation: r.id })
    .then((found) => save(found, `${r.name}.ics`), (error: unknown) => { notice.value = sentence(error) })
  useEffect(() => {
    const now = (): void => { for (const act of [...waiting.current.values()]) act() } // leaving is no second thought
    addEventListener("pagehide", now)
    return () => { removeEventListener("pagehide", now); now() }
  }, [])

  if (!agenda.value || !access.value) {
    const wrong = agenda.wrong ?? access.wrong
    return <main class="screen stack far"><Title>{t("title")}</Title>{wrong ? <Wrong error={wrong} again={() => { void agenda.again(); void access.again() }} /> : <Bones />}</main>
  }
  const upcoming = agenda.value.reservations
    .filter((r) => (r.state === "reserved" || r.state === "checked_in" || undecided(r)) && r.date >= dateIn(zoneOf(r)) && !going.value.includes(r.id))
  const days = [...new Set(upcoming.map((r) => r.date))]
  const open = upcoming.find((r) => r.id === place.value.id && !undecided(r))
  return (
    <main class="screen stack far">
      <Title>{t("title")}</Title>
      {notice.value && <Notice tone="bad">{notice.value}</Notice>}
      {days.length === 0 && <div class="stack"><p class="quiet">{t("none")}</p><a class="button do large wide" href={to("today")}>{t("totoday")}</a></div>}
      {days.map((date) => (
        <section key={date} class="stack near">
          <h2>{longDate(date)}</h2>
          <ul class="card list">
            {upcoming.filter((r) => r.date === date).map((r) => {
              const [from, until] = hoursOf(r, zoneOf(r))
              const where = places.get(r.location)
              return (
                <li key={r.id} class="row apart">
                  <div class="grow booked">
                    <a class="spot" href={to("s", r.spot)}>{r.name}</a>
                    {r.title && <p>{r.title}{r.title_shown && <span class="quiet"> · {t("titleshown")}</span>}</p>}
                    {r.by && <p class="quiet">{t("by", { name: r.by.name ?? t("somebody") })}</p>}
                    {r.prompted && <p>{t("prompt")}</p>}
                    {r.state === "asked" && <p>{t("forapproval", { when: momentIn(zoneOf(r), r.until!) })}</p>}
                    <p>{t("hours", { hours: range(from, until) })} <span class="quiet">· {[where?.floors.find((f) => f.id === r.floor)?.name, where?.name].filter(Boolean).join(", ")}</span></p>
                  </div>
                  {r.prompted && <Button look="do" aria-label={`${t("coming")}: ${r.name}`} onClick={() => void coming(r)}>{t("coming")}</Button>}
                  {r.state === "offered" && <Offer r={r} zone={zoneOf(r)} onDone={agenda.again} />}
                  {r.state === "checked_in" && <Pill tone="do" icon="check">{t("checkedin")}</Pill>}
                  <div class="row deeds">
                    {!undecided(r) && <Button aria-label={`${t("change")}: ${r.name}, ${longDate(r.date)}`} onClick={() => go(to("agenda", r.id))}>{t("change")}</Button>}
                    {(r.state === "reserved" || r.state === "asked") && <Button look="plain" aria-label={`${t("cancel")}: ${r.name}, ${longDate(r.date)}`} onClick={() => cancel(r)}>{t("cancel")}</Button>}
                    {!undecided(r) && <Button look="plain" aria-label={`${t("file")}: ${r.name}, ${longDate(r.date)}`} onClick={() => void file(r)}>{t("file")}</Button>}
                  </div>
                </li>
              )
            })}
          </ul>
        </section>
      ))}
      {!guest() && <ToDecide />}
      {!guest() && <Waiting places={places} />}
      {days.length > 0 && <div><Button look="plain" icon="agenda" onClick={() => { ranging.value = true }}>{t("range")}</Button></div>}
      {!guest() && <div><Button look="plain" onClick={() => { feeding.value = true }}>{t("feed")}</Button></div>}
      <Own onAway={agenda.again} />
      {open && <Change r={open} location={places.get(open.location)} onClose={() => replace(to("agenda"))} onDone={async () => { replace(to("agenda")); await agenda.again() }} />}
      {feeding.value && <Feed onClose={() => { feeding.value = false }} />}
      {ranging.value && <CancelRange upcoming={upcoming} onClose={() => { ranging.value = false }} onDone={async () => { ranging.value = false; await agenda.again() }} />}
    </main>
  )
}

function hoursOf(r: Reservation, zone: string): [string, string] {
  const end = clockIn(zone, r.ends_at)
  return [r.from ?? clockIn(zone, r.starts_at), r.to ?? (end === "00:00" ? "24:00" : end)]
}

function Change({ r, location, onClose, onDone }: { r: Reservation; location: Location | undefined; onClose: () => void; onDone: () => Promise<void> }) {
  const zone = location?.time_zone ?? "UTC"
  const [was, until] = hoursOf(r, zone)
  const from = useSignal(was)
  const end = useSignal(until)
  const title = useSignal(r.title ?? "")
  const titleShown = useSignal(r.title_shown ?? false)
  const busy = useSignal(false)
  const wrong = useSignal("")
  const inside = r.state === "checked_in"
  const quarters = every(location?.opens ?? was, location?.closes ?? until)
  const save = async (): Promise<void> => {
    busy.value = true
    try {
      const retitled = r.title && (title.value.trim() !== r.title || titleShown.value !== (r.title_shown ?? false))
      if (retitled) await ask("PUT /reservations/{reservation}/title", { reservation: r.id, ...(title.value.trim() && { title: title.value.trim(), title_shown: titleShown.value }) })
      if (from.value !== was || end.value !== until) await ask("PATCH /reservations/{reservation}", { reservation: r.id, ...(from.value !== was && { from: from.value }), ...(end.value !== until && { to: end.value }) })
      say(t("saved", { name: r.name, hours: range(from.value, end.value) }))
      await onDone()
    } catch (error) {
      wrong.value = sentence(error)
    }
    busy.value = false
  }
  return (
    <Sheet title={t("changetitle", { name: r.name })} onClose={onClose}>
      <p class="quiet">{longDate(r.date)}</p>
      {inside && <p>{t("begun")}</p>}
      <div class="pair">
        <Pick label={t("from")} value={from.value} options={inside ? [was] : quarters.filter((q) => minutes(q) < minutes(end.value))} onChange={(next) => { from.value = next }} />
        <Pick label={t("to")} value={end.value} options={quarters.filter((q) => minutes(q) > minutes(from.value))} onChange={(next) => { end.value = next }} />
      </div>
      {r.title && (
        <div class="stack near">
          <Field label={t("roomtitle")} value={title.value} maxLength={100} onInput={(event) => { title.value = event.currentTarget.value }} />
          <Tick checked={titleShown.value} onChange={(on) => { titleShown.value = on }}>{t("titletick")}</Tick>
        </div>
      )}
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      <Button look="do" large wide busy={busy.value} onClick={() => void save()}>{t("save")}</Button>
      {!inside && <a class="button plain wide" href={to("floor", r.floor, { date: r.date, from: from.value, to: end.value })}>{t("otherspot")}</a>}
    </Sheet>
  )
}

function every(from: string, until: string): string[] {
  const all: string[] = []
  for (let at = minutes(from); at <= minutes(until); at += 15) all.push(clockOf(at))
  return all
}

function Pick({ label, value, options, onChange }: { label: string; value: string; options: string[]; onChange: (value: string) => void }) {
  return (
    <div class="field">
      <label>{label}
        <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {(options.includes(value) ? options : [value, ...options]).map((o) => <option key={o} value={o}>{o}</option>)}
        </select>
      </label>
    </div>
  )
}

function CancelRange({ upcoming, onClose, onDone }: { upcoming: Reservation[]; onClose: () => void; onDone: () => Promise<void> }) {
  const from = useSignal(upcoming[0]?.date ?? "")
  const until = useSignal(upcoming.at(-1)?.date ?? "")
  const busy = useSignal(false)
  const wrong = useSignal("")
  const spot = useSignal("")
  const spots = [...new Map(upcoming.map((r) => [r.spot, r.name]))]
  const n = upcoming.filter((r) => r.state !== "checked_in" && r.date >= from.value && r.date <= until.value && (!spot.value || r.spot === spot.value)).length
  const backwards = until.value < from.value
  const run = async (): Promise<void> => {
    busy.value = true
    try {
      const done = await ask("DELETE /me/agenda", { from: from.value, to: until.value, spot: spot.value })
      say(t("rangedone", { n: done.cancelled }))
      await onDone()
    } catch (error) {
      wrong.value = sentence(error)
    }
    busy.value = false
  }
  return (
    <Sheet title={t("range")} onClose={onClose}>
      <p class="quiet">{t("rangeabout")}</p>
      <div class="pair">
        <Field label={t("first")} type="date" value={from.value} onInput={(event) => { from.value = event.currentTarget.value }} />
        <Field label={t("last")} type="date" value={until.value} wrong={backwards ? t("rangewrong") : undefined} onInput={(event) => { until.value = event.currentTarget.value }} />
      </div>
      {spots.length > 1 && (
        <div class="field">
          <label>{t("where")}
            <select value={spot.value} onChange={(event) => { spot.value = event.currentTarget.value }}>
              <option value="">{t("everywhere")}</option>
              {spots.map(([id, name]) => <option key={id} value={id}>{name}</option>)}
            </select>
          </label>
        </div>
      )}
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      {n === 0 ? <p>{t("rangenone")}</p> : <Button look="stop" large wide busy={busy.value} onClick={() => void run()}>{t("cancelrange", { n })}</Button>}
    </Sheet>
  )
}
