// What is mine now, one suggestion with one button, and the next days, each one tap. One request paints it, and one
// makes the reservation.
import { useSignal } from "@preact/signals"
import { ask, Problem, type Out } from "../api"
import { capital, speak, texts } from "../i18n"
import { Icon } from "../icons"
import { Liked } from "../liked"
import { sentence, Wrong } from "../problems"
import { to } from "../route"
import { undecided } from "../spots"
import { addDays, clockIn, clockOf, dateIn, dayOfMonth, learn, longDate, minutes, momentIn, now, quarterIn, range, short, shortDay, weekday } from "../time"
import { Bones, Button, Card, Notice, Pill, say, Title, useLoaded, useWhileSeen } from "../ui"
import words from "./today.json"

const t = texts(words)

type Day = Out<"GET /me/today">
type Placed = Day["reservations"][number]
type Suggestion = NonNullable<Day["suggestion"]>

const pending = "pending"

export function Today() {
  const day = useLoaded(async (signal) => {
    const found = await ask("GET /me/today", {}, { signal })
    learn(found.now)
    speak(found.language)
    return found
  }, [])
  useWhileSeen(60, () => void day.again())
  const notice = useSignal("")
  const shown = day.value
  if (!shown) return <main class="screen">{day.wrong ? <Wrong error={day.wrong} again={() => void day.again()} /> : <Bones />}</main>

  const zone = shown.location?.time_zone ?? "UTC"
  const today = shown.date ?? dateIn(zone)

  /** Reserves at once, and takes it back when it is refused: the next suggestion then stands in its place. */
  const reserve = async (wanted: Suggestion): Promise<void> => {
    notice.value = ""
    const before = shown
    day.set({ ...shown, reservations: [...shown.reservations, asPlaced(wanted, shown)], suggestion: undefined })
    try {
      const { reservations: [made] } = await ask("POST /reservations", { spot: wanted.spot, date: wanted.date, from: wanted.from, to: wanted.to })
      say(t(made?.state === "asked" ? "askedfor" : "reserved", { name: wanted.name, day: nameOf(wanted.date, today), hours: range(wanted.from, wanted.to) }), made && (() => void undo(made.id, wanted.name)))
      await day.again()
    } catch (error) {
      day.set(before)
      if (!(error instanceof Problem) || error.kind !== "conflict") { notice.value = sentence(error); return }
      const next = await ask("GET /me/today", { date: wanted.date }).catch(() => before)
      day.set(next)
      const other = next.suggestion && next.suggestion.spot !== wanted.spot
      notice.value = t(other ? "taken" : "takennone", { name: wanted.name })
    }
  }
  const undo = async (id: string, name: string): Promise<void> => {
    await ask("DELETE /reservations/{reservation}", { reservation: id }).catch((error: unknown) => { notice.value = sentence(error) })
    say(t("cancelled", { name }))
    await day.again()
  }
  /** Any other thing that is done to a reservation of now. */
  const act = async (what: () => Promise<unknown>, done: string): Promise<void> => {
    notice.value = ""
    try {
      await what()
      if (done) say(done)
    } catch (error) {
      notice.value = sentence(error)
    }
    await day.again()
  }
  const onDay = async (date: string): Promise<void> => {
    const found = await ask("GET /me/today", { date }).catch((error: unknown) => { notice.value = sentence(error) })
    if (found?.suggestion) await reserve(found.suggestion)
    else if (found) notice.value = t("nothing")
  }

  const ofToday = shown.reservations.filter((r) => r.date === today)
  return (
    <main class="screen stack far today">
      <Title over={longDate(today)}>{greeting(shown, zone)}</Title>
      {notice.value && <Notice>{notice.value}</Notice>}
      {!shown.location && <Notice>{t("none")}</Notice>}
      {shown.to_decide > 0 && <a class="button wide" href={to("agenda", "decide")}>{t("todecide", { n: shown.to_decide })}<Icon name="next" /></a>}
      {ofToday.length > 0 && (
        <section class="stack near">
          <h2>{t("today")}</h2>
          {ofToday.map((r) => <Mine key={r.id} r={r} act={act} />)}
        </section>
      )}
      {shown.suggestion
        ? <Suggested of={shown.suggestion} today={today} location={shown.location!.name} reserve={reserve} />
        : shown.location && !shown.reservations.some((r) => r.id === pending) && <Notice>{t("nothing")}</Notice>}
      {shown.location && <Week day={shown} today={today} onDay={onDay} />}
      <Liked of={shown.favourites} home={shown.location?.id ?? ""} />
      {(shown.role === "manager" || shown.role === "administrator") && <div><a class="button plain" href={to("admin")}>{t("admin")}<Icon name="next" /></a></div>}
    </main>
  )
}

function greeting(day: Day, zone: string): string {
  const hour = Number(clockIn(zone).slice(0, 2))
  const name = day.name?.split(" ")[0] ?? ""
  if (!name) return t("welcome")
  return t(hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening", { name })
}

function nameOf(date: string, today: string): string {
  return date === today ? t("today").toLowerCase() : date === addDays(today, 1) ? t("tomorrow").toLowerCase() : weekday(date)
}

function asPlaced(s: Suggestion, day: Day): Placed {
  const place = day.location!
  return { id: pending, location: place.id, floor: s.floor, spot: s.spot, name: s.name, date: s.date, from: s.from, to: s.to, starts_at: "", ends_at: "", state: "reserved", location_name: place.name, floor_name: s.floor_name, time_zone: place.time_zone, workplace: true }
}

type Act = (what: () => Promise<unknown>, done: string) => Promise<void>

/** A reservation of today with what can be done about it at this moment. */
function Mine({ r, act }: { r: Placed; act: Act }) {
  const busy = useSignal("")
  const from = r.from ?? "", until = r.to ?? ""
  const here = minutes(clockIn(r.time_zone))
  const begun = here >= minutes(from), near = here >= minutes(from) - 15, past = here >= minutes(until)
  const run = (name: string, what: () => Promise<unknown>, done = "") => async () => {
    busy.value = name
    await act(what, done)
    busy.value = ""
  }
  const reservation = { reservation: r.id }
  const later = clockOf(Math.min(minutes(quarterIn(r.time_zone)) + 30, minutes(until) - 15))
  const tone = r.state === "checked_in" ? "do" : r.state === "reserved" && begun ? "look" : undefined
  return (
    <Card>
      <div class="row apart">
        <p class="grow"><a class="spot" href={to("s", r.spot)}>{r.workplace ? t("desk", { name: r.name }) : r.name}</a></p>
        <Pill tone={tone} icon={r.state === "checked_in" ? "check" : undefined}>{t(`state.${r.state}`)}</Pill>
      </div>
      <p class="quiet">{t("where", { floor: r.floor_name, location: r.location_name })} · {r.state === "checked_in" ? t("until", { time: short(until) }) : range(from, until)}</p>
      {r.state === "asked" && (
        <>
          <p>{t("forapproval", { when: momentIn(r.time_zone, r.until!) })}</p>
          <Button wide busy={busy.value === "no"} onClick={run("no", () => ask("DELETE /reservations/{reservation}", reservation), t("takenback", { name: r.name }))}>{t("takeback")}</Button>
        </>
      )}
      {r.state === "offered" && <a class="button wide" href={to("agenda")}>{t("offered")}<Icon name="next" /></a>}
      {r.state === "reserved" && r.id !== pending && !past && (
        <>
          {r.prompted && <Notice action={t("coming")} onAction={() => void run("coming", () => ask("POST /reservations/{reservation}/coming", reservation), t("comingdone", { name: r.name }))()}>{t("prompt")}</Notice>}
          {near && <Button look="do" wide large busy={busy.value === "in"} onClick={run("in", () => ask("POST /reservations/{reservation}/check-in", reservation))}>{t("checkin")}</Button>}
          <div class="pair">
            {near && minutes(later) > minutes(from) && <Button busy={busy.value === "late"} onClick={run("late", () => ask("PATCH /reservations/{reservation}", { ...reservation, from: later }), t("latedone", { name: r.name, time: short(later) }))}>{t("late")}</Button>}
            <Button busy={busy.value === "no"} onClick={run("no", () => ask("DELETE /reservations/{reservation}", reservation), t("cancelled", { name: r.name }))}>{t("cancel")}</Button>
          </div>
        </>
      )}
      {r.state === "no_show" && !past && <Button look="do" wide large busy={busy.value === "in"} onClick={run("in", () => ask("POST /reservations/{reservation}/check-in", reservation))}>{t("checkin")}</Button>}
      {r.state === "checked_in" && !past && (
        <div class="pair">
          <Button busy={busy.value === "back"} onClick={run("back", () => ask("POST /reservations/{reservation}/release", reservation), t("back", { name: r.name }))}>{t("giveback")}</Button>
          <a class="button" href={to("agenda", r.id)}>{t("change")}</a>
        </div>
      )}
    </Card>
  )
}

function Suggested({ of: s, today, location, reserve }: { of: Suggestion; today: string; location: string; reserve: (s: Suggestion) => Promise<void> }) {
  const name = nameOf(s.date, today)
  const hours = range(s.from, s.to)
  return (
    <section class="stack near">
      <h2>{capital(name)}</h2>
      <Card>
        <div class="row apart">
          <p class="spot grow">{t("desk", { name: s.name })}</p>
          <Pill tone="do">{t(`why.${s.why}`)}</Pill>
        </div>
        <p class="quiet">{[s.zone_name, t("where", { floor: s.floor_name, location })].filter(Boolean).join(" · ")}</p>
        <Button look="do" wide large onClick={() => void reserve(s)}>{s.date === today ? t("reservetoday", { hours }) : t("reserve", { day: name, hours })}</Button>
        <a class="button plain" href={to("floor", s.floor, { date: s.date })}>{t("choose")}<Icon name="next" /></a>
      </Card>
    </section>
  )
}

/** The next seven days: what one has on each, or one tap to have something. */
function Week({ day, today, onDay }: { day: Day; today: string; onDay: (date: string) => Promise<void> }) {
  const busy = useSignal("")
  const zone = day.location!.time_zone
  const first = minutes(clockIn(zone, now())) >= minutes(day.location!.closes) ? 1 : 0
  return (
    <section class="stack near">
      <h2>{t("week")}</h2>
      <ul class="week">
        {Array.from({ length: 7 }, (_, n) => addDays(today, n + first)).map((date) => {
          const own = day.reservations.filter((r) => r.date === date && (r.state === "reserved" || r.state === "checked_in" || undecided(r)))
          const mine = own.find((r) => r.workplace) ?? own[0]
          const waits = mine && undecided(mine)
          const shut = !mine && day.closed.includes(date)
          const about = `${longDate(date)}: ${mine ? t(waits ? `week.${mine.state}` : "yours", { name: mine.name }) : t(shut ? "closed" : "free")}`
          const inside = <><span>{shortDay(date)}</span><b>{dayOfMonth(date)}</b><span>{busy.value === date ? "…" : mine ? mine.name + (waits ? "?" : "") : t(shut ? "closed" : "tap")}</span><span class="unseen">{about}</span></>
          return (
            <li key={date}>
              {mine
                ? <a class={`day mine${waits ? " waits" : ""}`} href={to("agenda", mine.id)}>{inside}</a>
                : shut ? <div class="day shut">{inside}</div> : <button type="button" class="day" aria-busy={busy.value === date} onClick={async () => {
                  if (busy.value) return
                  busy.value = date
                  await onDay(date)
                  busy.value = ""
                }}>{inside}</button>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
