// The plan and the list of a floor are the same thing: side by side where there is room, a switch on a phone. What
// somebody else takes shows within fifteen seconds.
import { signal, useComputed, useSignal } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"
import { access as whereabouts, type Location } from "../access"
import { ask, Problem, type Out } from "../api"
import { texts } from "../i18n"
import { Icon } from "../icons"
import { Plan } from "../plan"
import { sentence, Wrong } from "../problems"
import { go, place, replace, to } from "../route"
import { guest } from "../session"
import { nearest, needsApproval, offers, outside, see, shutting, soonest, undecided, whose, within, type Floor, type Seen, type Spot, type State, type Stretch, type Wanted } from "../spots"
import { addDays, clockIn, clockOf, dateIn, longDate, minutes, quarterIn, range, short } from "../time"
import { Bones, Button, Field, Notice, Pill, say, Tick, Title, useLoaded, useWhileSeen } from "../ui"
import words from "./floor.json"
import { Groups } from "./groups"
import { Repeat } from "./repeat"
import { WaitFor } from "./wait"
import { GiveFree, Holder, workplaces } from "./workplace"

const t = texts(words)

type Mine = Out<"GET /me/agenda">["reservations"][number]

// Whether there is room for the list beside the plan. Where there is none it is drawn when somebody wants it: of a large
// floor it is most of the page.
const wide = matchMedia("(min-width: 60rem)")
const roomy = signal(wide.matches)
wide.addEventListener("change", () => { roomy.value = wide.matches })

export default function FloorScreen() {
  const access = useLoaded(whereabouts, [])
  const locations = access.value?.locations ?? []
  const chosen = place.value.id || locations.find((l) => l.floors.length > 0)?.floors[0]?.id || ""
  const location = locations.find((l) => l.floors.some((f) => f.id === chosen))
  if (!access.value) return <main class="screen wide">{access.wrong ? <Wrong error={access.wrong} again={() => void access.again()} /> : <Bones />}</main>
  if (!location) return <main class="screen"><Title>{t("plan")}</Title><Notice>{t("nofloors")}</Notice></main>
  const office = access.value.role === "manager" || access.value.role === "administrator"
  const principal = place.value.query.get("for") ?? "" // a colleague for whom one acts; what they have is not one's own
  return <OneFloor key={`${chosen}/${principal}`} principal={principal} id={chosen} location={location} locations={locations} office={office} admin={access.value.role === "administrator"} />
}

function OneFloor({ id, principal, location, locations, office, admin }: { id: string; principal: string; location: Location; locations: Location[]; office: boolean; admin: boolean }) {
  const zone = location.time_zone
  const date = place.value.query.get("date") ?? firstOpen(location)
  const asked = useSignal<Stretch>({ from: place.value.query.get("from") ?? opening(location, date), to: place.value.query.get("to") ?? location.closes })
  const picked = useSignal(place.value.query.get("spot") ?? "")
  const listed = useSignal(false)
  const acting = useLoaded(async (signal) => principal ? (await ask("GET /me/delegates", {}, { signal })).principals.find((p) => p.colleague === principal) : undefined, [principal])
  const wanted = useSignal<Wanted>({ features: [], people: 0 })
  const repeating = useSignal<{ hours: Stretch; called: Called } | undefined>(undefined)
  const notice = useSignal("")
  const plan = useLoaded((signal) => ask("GET /floors/{floor}", { floor: id }, { signal }), [id])
  const state = useLoaded((signal) => ask("GET /floors/{floor}/state", { floor: id, date, from: asked.value.from, to: asked.value.to, look: true }, { signal }), [id, date, asked.value.from, asked.value.to])
  // What is asked is what of it lies within the hours of that day, which can be others than the usual ones.
  const open = state.value?.date === date ? { opens: state.value.opens, closes: state.value.closes } : { opens: location.opens, closes: location.closes }
  const hours = within(asked.value, { from: open.opens, to: open.closes })
  const mine = useLoaded((signal) => principal ? ask("GET /colleagues/{principal}/reservations", { principal }, { signal }) : ask("GET /me/agenda", { from: date, to: date }, { signal }), [id, date, principal])
  const anyAssigned = plan.value?.spots.some((s) => s.assigned) ?? false
  const workplace = useLoaded(async (signal) => anyAssigned && !principal ? (await workplaces(signal)).workplaces.map((w) => w.spot) : [], [anyAssigned, principal])
  const refresh = async (): Promise<void> => {
    try {
      state.set(await ask("GET /floors/{floor}/state", { floor: id, date, from: asked.value.from, to: asked.value.to }))
    } catch { /* the next time tells */ }
  }
  useWhileSeen(12, () => void refresh())
  const version = useRef<number | undefined>(undefined)
  const changes = useSignal(0) // of the plan or its image, while one looks
  useEffect(() => {
    const now = state.value?.version
    if (now !== undefined && version.current !== undefined && now !== version.current) {
      changes.value++
      void plan.again()
    }
    version.current = now ?? version.current
  }, [state.value?.version])
  useEffect(() => { notice.value = "" }, [date, asked.value])

  const own = (mine.value?.reservations ?? []).filter((r) => r.floor === id && r.date === date && (r.state === "reserved" || r.state === "checked_in" || undecided(r)))
  const seen = seeing(state.value, hours, own, zone, workplace.value ?? [], principal !== "")
  const floor = plan.value
  if (!floor) return <main class="screen wide">{plan.wrong ? <Wrong error={plan.wrong} again={() => void plan.again()} /> : <Bones />}</main>
  const describe = (spot: Spot): string => `${spot.name}, ${called(seen(spot))}`
  const spots = floor.spots.filter((spot) => offers(spot, wanted.value))
  const free = spots.filter((spot) => seen(spot).kind === "free").length
  const spot = floor.spots.find((s) => s.id === picked.value)
  const inZone = floor.zones.find((z) => z.id === spot?.zone)
  const like = floor.spots.filter(spot ? (s) => s.type === spot.type : meant(floor, wanted.value)) // what one may wait for
  const waits = !principal && !guest() && state.value && state.value.hours.length > 0

  /** Reserves at once on the plan; it is given back when somebody was first. */
  const reserve = async (wanted: Spot, hours: Stretch, called: Called): Promise<void> => {
    notice.value = ""
    const before = mine.value ?? { reservations: [] }
    mine.set({ reservations: [...before.reservations, standIn(wanted, hours, date, seen(wanted).approval ? "asked" : "reserved")] })
    try {
      const { reservations: [made] } = principal
        ? await ask("POST /colleagues/{principal}/reservations", { principal, spot: wanted.id, date, from: hours.from, to: hours.to })
        : await ask("POST /reservations", { spot: wanted.id, date, from: hours.from, to: hours.to, ...called })
      say(t(made?.state === "asked" ? "askedfor" : principal ? "reservedfor" : "reserved", { name: wanted.name, hours: range(hours.from, hours.to) }), made && (() => void cancel(made.id, wanted.name)))
    } catch (error) {
      mine.set(before)
      await refresh()
      const lost = error instanceof Problem && error.body["rule"] === "taken"
      notice.value = lost ? t("lost", { name: wanted.name }) : sentence(error)
      return
    }
    await Promise.all([mine.again(), refresh()])
  }
  const cancel = async (reservation: string, name: string): Promise<void> => {
    const back = principal ? ask("DELETE /colleagues/{principal}/reservations/{held}", { principal, held: reservation }) : ask("DELETE /reservations/{reservation}", { reservation })
    await back.catch((error: unknown) => { notice.value = sentence(error) })
    say(t("cancelled", { name }))
    await Promise.all([mine.again(), refresh()])
  }

  return (
    <main class="screen wide floor">
      <header class="stack near">
        <div class="row apart foot">
          <Title over={`${location.name} · ${range(hours.from, hours.to)}`}>{floor.name}</Title>
          {state.value && <Pill tone="do">{t("freeof", { free, all: spots.length })}</Pill>}
        </div>
        <div class="finder">
          {locations.reduce((n, l) => n + l.floors.length, 0) > 1 && <Floors id={id} locations={locations} date={date} principal={principal} />}
          <When location={{ ...location, ...open }} date={date} asked={hours} presets={state.value?.presets ?? []} onTime={(next) => { asked.value = next }} onDate={(next) => {
            replace(to("floor", id, { date: next, for: principal }))
            asked.value = { from: opening(location, next), to: location.closes }
          }} />
        </div>
        <Wants floor={floor} wanted={wanted.value} onChange={(next) => { wanted.value = next }} />
        {Intl.DateTimeFormat().resolvedOptions().timeZone !== zone && clockIn(zone) !== clockIn(Intl.DateTimeFormat().resolvedOptions().timeZone) && (
          <p class="quiet small">{t("clock", { place: location.name, time: short(clockIn(zone)) })}</p>
        )}
      </header>
      {principal && <Notice action={t("foroneself")} onAction={() => go(to("floor", id, { date }))}>{t("acting", { name: acting.value?.name ?? t("somebody") })}</Notice>}
      {notice.value && <Notice>{notice.value}</Notice>}
      {state.value && state.value.hours.length === 0 && <Notice>{state.value.closed ? t("closedfor", { why: state.value.closed }) : t("closedday")}</Notice>}
      {waits && !spot && <WaitFor floor={id} spots={like} see={seen} date={date} hours={asked.value} />}
      <Wrong error={state.wrong} again={() => void state.again()} />
      {floor.spots.length === 0 ? <Notice action={office ? t("draw") : undefined} onAction={() => go(to("editor", id))}>{t("empty")}</Notice> : (
        <>
          <div class="switch" role="group" aria-label={t("view")}>
            <Button aria-pressed={!listed.value} onClick={() => { listed.value = false }}>{t("plan")}</Button>
            <Button aria-pressed={listed.value} onClick={() => { listed.value = true }}>{t("list")}</Button>
          </div>
          <div class={`floor-body ${listed.value ? "listed" : "planned"}`}>
            <div class="floor-plan">
              <Plan floor={id} image={floor.plan} changes={changes.value} shape={floor.plan_ratio} spots={spots} picked={picked.value} see={seen} say={describe} pick={(next) => { picked.value = next === picked.value ? "" : next }}
                words={{ about: t("planof"), larger: t("larger"), smaller: t("smaller"), fit: t("fit") }} />
              <p class="quiet small">{t("key")}{state.value?.approvals && ` · ${t("keyapproval")}`}</p>
            </div>
            <div class="floor-side stack">
              {spot && workplace.value?.includes(spot.id) && state.value && <GiveFree spot={spot.id} name={spot.name} date={date} free={state.value.released.includes(spot.assigned ?? "")} onDone={refresh} />}
              {spot && <Picked key={spot.id} spot={spot} floor={floor} date={date} hours={hours} seen={seen(spot)} own={own.find((r) => r.spot === spot.id)} acting={principal !== ""} near={nearest(spot, spots, (s) => seen(s).kind === "free", 3)} reserve={reserve} repeat={(hours, called) => { repeating.value = { hours, called } }} pick={(next) => { picked.value = next }} />}
              {waits && spot && <WaitFor floor={id} spots={like} see={seen} date={date} hours={asked.value} zone={inZone && like.some((s) => seen(s).kind === "free") ? inZone : undefined} />}
              {admin && spot?.category === "workplace" && <Holder key={`holder ${spot.id}`} spot={spot.id} name={spot.name} assigned={!!spot.assigned} onDone={async () => { await Promise.all([plan.again(), workplace.again()]) }} />}
              {(listed.value || roomy.value) && <List floor={floor} spots={spots} see={seen} picked={picked.value} pick={(next) => { picked.value = next }} />}
            </div>
          </div>
          {admin && <Groups floor={floor} onDone={refresh} />}
          {office && (
            <div>
              <a class="button plain" href={to("editor", id)}>{t("draw")}<Icon name="next" /></a>
              <a class="button plain" href={to("codes", id)}>{t("codes")}<Icon name="next" /></a>
              {admin && <a class="button plain" href={to("displays", id)}>{t("displays")}<Icon name="next" /></a>}
            </div>
          )}
        </>
      )}
      {spot && repeating.value && <Repeat spot={spot} approval={seen(spot).approval ?? false} date={date} {...repeating.value} last={addDays(dateIn(zone), location.horizon_days)} onClose={() => { repeating.value = undefined }} onDone={async () => { await Promise.all([mine.again(), refresh()]) }} />}
    </main>
  )
}

/** Of which spots it is told that none is free, while none was picked: workplaces, unless it is room for people that is looked for. */
function meant(floor: Floor, wanted: Wanted): (spot: Spot) => boolean {
  const room = wanted.people > 0 || !floor.spots.some((s) => s.category === "workplace")
  return (spot) => spot.category === (room ? "room" : "workplace") && offers(spot, wanted)
}

/** The day that one looks at first: today while the location is open, else tomorrow. */
function firstOpen(location: Location): string {
  const today = dateIn(location.time_zone)
  return minutes(clockIn(location.time_zone)) >= minutes(location.closes) ? addDays(today, 1) : today
}

/** From when a day can be reserved. */
function opening(location: Location, date: string): string {
  const now = quarterIn(location.time_zone)
  return date === dateIn(location.time_zone) && minutes(now) > minutes(location.opens) ? now : location.opens
}

function seeing(state: State | undefined, asked: Stretch, own: Mine[], zone: string, workplace: string[], acting: boolean): (spot: Spot) => Seen {
  const at = new Map(state?.spots.map((s) => [s.spot, s]))
  const mine = new Map(own.map((r) => [r.spot, { state: r.state, ...(r.from ? { from: r.from, to: r.to! } : { from: clockIn(zone, r.starts_at), to: clockIn(zone, r.ends_at) }) }]))
  const closed = state ? outside(asked, state.hours, state.closed) : []
  const heard = state?.heard && new Set(state.heard)
  return (spot) => {
    const approval = needsApproval(spot, state?.approvals, workplace, acting)
    const soon = approval && state?.date === dateIn(zone) ? [{ from: "00:00", to: soonest(zone) }] : []
    const seen = see(asked, at.get(spot.id), [...shutting(spot, state?.shut ?? []), ...closed, ...soon], !!heard && spot.sensed && !heard.has(spot.id), mine.get(spot.id), whose(spot, state?.released ?? [], workplace, acting))
    if (acting && seen.word === "mine") return { ...seen, word: "theirs" }
    if (!approval || !seen.offer) return seen
    return guest() ? { kind: "taken", look: false, word: "host", values: {} } : { ...seen, look: true, approval }
  }
}

/** What a spot is during the time, in words. */
const called = (seen: Seen): string => t(`s.${seen.word}`, seen.values) + (seen.approval ? `, ${t("withapproval")}` : "")

function standIn(spot: Spot, hours: Stretch, date: string, state: Mine["state"]): Mine {
  return { id: "pending", location: spot.location, floor: spot.floor, spot: spot.id, name: spot.name, date, from: hours.from, to: hours.to, starts_at: "", ends_at: "", state }
}

function Floors({ id, locations, date, principal }: { id: string; locations: Location[]; date: string; principal: string }) {
  return (
    <div class="field">
      <label class="unseen" for="floor">{t("choosefloor")}</label>
      <select id="floor" value={id} onChange={(event) => go(to("floor", event.currentTarget.value, { date, for: principal }))}>
        {locations.map((l) => <optgroup key={l.id} label={l.name}>{l.floors.map((f) => <option key={f.id} value={f.id}>{f.name}</option>)}</optgroup>)}
      </select>
    </div>
  )
}

/** The day, and the part of it: the location's presets first, then any quarter. */
function When({ location, date, asked, presets: given, onDate, onTime }: { location: Location; date: string; asked: Stretch; presets: NonNullable<State["presets"]>; onDate: (date: string) => void; onTime: (asked: Stretch) => void }) {
  const other = useSignal(false)
  const today = dateIn(location.time_zone)
  const start = opening(location, date)
  const noon = "13:00"
  const usual: NonNullable<State["presets"]> = [
    { kind: "day", from: location.opens, to: location.closes },
    { kind: "morning", from: location.opens, to: noon }, { kind: "afternoon", from: noon, to: location.closes },
  ]
  // Of what has begun the rest is offered, and what runs to the end of the day already is the rest of it.
  const open = (given.length > 0 ? given : usual).map((p) => ({ ...p, from: minutes(p.from) < minutes(start) ? start : p.from }))
    .filter((p, i, all) => minutes(p.to) > minutes(p.from) && all.findIndex((o) => o.from === p.from && o.to === p.to) === i)
  const called = (p: (typeof open)[number]): string =>
    p.kind === "own" ? p.name ?? "" : t(`preset.${p.kind === "day" && p.from !== location.opens && given.length === 0 ? "rest" : p.kind}`)
  const last = addDays(today, location.horizon_days)
  return (
    <>
      <div class="row">
        <button type="button" class="button square" aria-label={t("before")} disabled={date <= today} onClick={() => onDate(addDays(date, -1))}><Icon name="back" /></button>
        <label class="date"><span class="unseen">{t("day")}</span><input type="date" value={date} min={today} max={last} onChange={(event) => { if (event.currentTarget.value) onDate(event.currentTarget.value) }} /><span aria-hidden="true">{longDate(date)}</span></label>
        <button type="button" class="button square" aria-label={t("after")} disabled={date >= last} onClick={() => onDate(addDays(date, 1))}><Icon name="next" /></button>
      </div>
      <div class="chips" role="group" aria-label={t("when")}>
        {open.map((p) => (
          <button key={p.from + p.to} type="button" class="chip" aria-pressed={!other.value && p.from === asked.from && p.to === asked.to} onClick={() => { other.value = false; onTime({ from: p.from, to: p.to }) }}>{called(p)}</button>
        ))}
        <button type="button" class="chip" aria-pressed={other.value} onClick={() => { other.value = true }}>{t("other")}</button>
      </div>
      {other.value && (
        <div class="pair slides">
          <Slide label={t("from")} value={asked.from} least={minutes(start)} most={minutes(asked.to) - 15} onChange={(from) => onTime({ ...asked, from })} />
          <Slide label={t("to")} value={asked.to} least={minutes(asked.from) + 15} most={minutes(location.closes)} onChange={(until) => onTime({ ...asked, to: until })} />
        </div>
      )}
    </>
  )
}

/** What a spot must have. It stays on this screen: no request has it, since it can tell of somebody's health. */
function Wants({ floor, wanted, onChange }: { floor: Floor; wanted: Wanted; onChange: (wanted: Wanted) => void }) {
  const features = (floor.features ?? []).filter((f) => floor.spots.some((s) => s.features?.includes(f.id)))
  const most = Math.max(0, ...floor.spots.map((s) => s.capacity ?? 0))
  if (features.length === 0 && most === 0) return null
  const toggled = (id: number): number[] => wanted.features.includes(id) ? wanted.features.filter((f) => f !== id) : [...wanted.features, id]
  return (
    <div class="chips" role="group" aria-label={t("wants")}>
      {features.map((f) => <button key={f.id} type="button" class="chip" aria-pressed={wanted.features.includes(f.id)} onClick={() => onChange({ ...wanted, features: toggled(f.id) })}>{f.name}</button>)}
      {most > 0 && (
        <label class="row"><span class="small">{t("forpeople")}</span>
          <input type="number" inputMode="numeric" min={1} max={most} value={wanted.people || ""} onInput={(event) => onChange({ ...wanted, people: Number(event.currentTarget.value) || 0 })} /></label>
      )}
    </div>
  )
}

function Slide({ label, value, least, most, onChange }: { label: string; value: string; least: number; most: number; onChange: (time: string) => void }) {
  const shown = useSignal(value)
  useEffect(() => { shown.value = value }, [value])
  return (
    <label class="slide">
      <span class="row apart"><span>{label}</span><b>{short(shown.value)}</b></span>
      <input type="range" min={least} max={most} step={15} value={minutes(value)} aria-valuetext={shown.value}
        onInput={(event) => { shown.value = clockOf(Number(event.currentTarget.value)) }}
        onChange={(event) => onChange(clockOf(Number(event.currentTarget.value)))} />
    </label>
  )
}

/** What a room's reservation is called: its organiser sees that, and who stands before the room where they say so. */
export interface Called { title?: string; title_shown?: boolean }

interface PickedProps {
  spot: Spot
  floor: Floor
  date: string
  hours: Stretch // that are asked for
  seen: Seen
  own: Mine | undefined
  acting: boolean // for a colleague, whose own a room's title is
  near: Spot[]
  reserve: (spot: Spot, hours: Stretch, called: Called) => Promise<void>
  repeat: (hours: Stretch, called: Called) => void
  pick: (spot: string) => void
}

/** The spot that was tapped: what it is, until when, and what is free beside it. */
function Picked({ spot, floor, date, hours, seen, own, acting, near, reserve, repeat, pick }: PickedProps) {
  const busy = useSignal(false)
  const title = useSignal("")
  const shown = useSignal(false)
  const titled: Called = title.value.trim() ? { title: title.value.trim(), title_shown: shown.value } : {}
  const zoneName = floor.zones.find((z) => z.id === spot.zone)?.name
  const features = floor.features?.filter((f) => spot.features?.includes(f.id)).map((f) => f.name) ?? []
  const offer = seen.offer
  return (
    <section class="card picked" aria-live="polite">
      <div class="row apart">
        <h2 class="spot">{spot.name}</h2>
        <Pill tone={seen.kind === "free" || seen.kind === "mine" ? (seen.look ? "look" : "do") : seen.kind === "part" ? "look" : undefined}>{called(seen)}</Pill>
      </div>
      <p class="quiet">{[zoneName, t(`type.${spot.type}`), spot.capacity && t("people", { n: spot.capacity }), ...features].filter(Boolean).join(" · ")}</p>
      {seen.word === "taken" && <Until spot={spot.id} date={date} asked={hours} />}
      {offer && !acting && spot.category === "room" && (
        <>
          <Field label={t("title")} hint={t("titleabout")} maxLength={100} value={title.value} onInput={(event) => { title.value = event.currentTarget.value }} />
          {titled.title && <Tick checked={shown.value} onChange={(on) => { shown.value = on }}>{t("titleshown")}</Tick>}
        </>
      )}
      {seen.approval && <p>{t("approvalabout")}</p>}
      {offer && <Button look="do" wide large busy={busy.value} onClick={async () => { busy.value = true; await reserve(spot, offer, titled); busy.value = false }}>{t(seen.approval ? "ask" : "reserve", { hours: range(offer.from, offer.to) })}</Button>}
      {offer && !acting && <Button look="plain" icon="agenda" onClick={() => repeat(offer, titled)}>{t(seen.approval ? "askrepeat" : "repeat")}</Button>}
      {own && !acting && own.id !== "pending" && <a class="button wide" href={to("agenda", own.id)}>{t("open")}</a>}
      {(seen.kind === "taken" || seen.kind === "part") && near.length > 0 && (
        <div class="stack near">
          <p class="quiet small">{t("beside")}</p>
          <div class="row">{near.map((s) => <Button key={s.id} onClick={() => pick(s.id)}>{s.name}</Button>)}</div>
        </div>
      )}
      <a class="button plain" href={to("s", spot.id)}>{t("spotpage")}<Icon name="next" /></a>
    </section>
  )
}

/** Until when a taken spot is taken: the floor's state tells of the time that was asked for alone. */
function Until({ spot, date, asked }: { spot: string; date: string; asked: Stretch }) {
  const day = useLoaded((signal) => ask("GET /spots/{spot}/day", { spot, date }, { signal }), [spot, date])
  const next = day.value?.free.find((s) => s.from >= asked.to)
  return <p>{next ? t("takenuntil", { time: short(next.from), end: short(next.to) }) : t("takenall")}</p>
}

const order = { mine: 0, free: 1, part: 2, taken: 3 }

function List({ floor, spots, see, picked, pick }: { floor: Floor; spots: Spot[]; see: (spot: Spot) => Seen; picked: string; pick: (spot: string) => void }) {
  const query = useSignal("")
  const zones = useComputed(() => new Map(floor.zones.map((z) => [z.id, z.name])))
  const wanted = query.value.trim().toLowerCase()
  const shown = spots
    .filter((s) => !wanted || s.name.toLowerCase().includes(wanted) || (zones.value.get(s.zone ?? "") ?? "").toLowerCase().includes(wanted))
    .map((spot) => ({ spot, seen: see(spot) }))
    .sort((a, b) => order[a.seen.kind] - order[b.seen.kind])
  return (
    <div class="stack near spots">
      <div class="field"><label class="unseen" for="find">{t("find")}</label><input id="find" type="search" placeholder={t("find")} value={query.value} onInput={(event) => { query.value = event.currentTarget.value }} /></div>
      {shown.length === 0 && <p class="quiet">{t("nofind")}</p>}
      <ul class="card list">
        {shown.map(({ spot, seen }) => (
          <li key={spot.id}>
            <button type="button" class={`spot-row ${seen.kind}`} aria-pressed={spot.id === picked} onClick={() => pick(spot.id)}>
              <i class={`seat ${seen.kind}${seen.approval || seen.word === "asked" ? " look" : ""}`} aria-hidden="true" />
              <span class="grow"><b>{spot.name}</b> <span class="quiet small">{zones.value.get(spot.zone ?? "")}</span></span>
              <span class="small">{called(seen)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
