// One spot, from a link, a QR code or an NFC tag: one tap checks in, sits down or reserves.
import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import { ask, Problem, type Out } from "../api"
import { texts } from "../i18n"
import { Icon } from "../icons"
import { sentence, Wrong } from "../problems"
import { place, to } from "../route"
import { guest } from "../session"
import { soonest, undecided, type Stretch } from "../spots"
import { clockIn, clockOf, dateIn, learn, longDate, minutes, momentIn, range, short } from "../time"
import { Bones, Button, Card, Notice, Pill, say, Title, useLoaded, useWhileSeen } from "../ui"
import words from "./spot.json"
import { GiveFree } from "./workplace"

const t = texts(words)

type Day = Out<"GET /spots/{spot}/day">

export default function Spot() {
  const id = place.value.id
  const day = useLoaded(async (signal) => {
    const found = await ask("GET /spots/{spot}/day", { spot: id }, { signal })
    learn(found.at)
    return found
  }, [id])
  useWhileSeen(15, () => void day.again())
  const notice = useSignal("")
  const busy = useSignal("")
  const shown = day.value
  if (!shown) {
    const absent = day.wrong instanceof Problem && (day.wrong.kind === "not-found" || day.wrong.kind === "malformed")
    return (
      <main class="screen stack far">
        {(absent || day.wrong !== undefined) && <Title>{t(absent ? "absent" : "wrong")}</Title>}
        {absent ? <><p class="quiet">{t("unknown")}</p><a class="button do large wide" href={to("today")}>{t("totoday")}</a></>
          : day.wrong ? <Wrong error={day.wrong} again={() => void day.again()} /> : <Bones n={1} />}
      </main>
    )
  }
  const now = minutes(clockIn(shown.location.time_zone))
  const mine = shown.mine.find((r) => minutes(r.to!) > now)
  const run = (name: string, what: () => Promise<string>) => async (): Promise<void> => {
    busy.value = name
    notice.value = ""
    try {
      say(await what())
    } catch (error) {
      notice.value = sentence(error)
    }
    await day.again()
    busy.value = ""
  }
  return (
    <main class="screen stack far">
      <Title over={t("location", { floor: shown.floor_name, location: shown.location.name })}>{shown.name}</Title>
      {notice.value && <Notice>{notice.value}</Notice>}
      <Card>
        <div><Pill tone={toneOf(shown, mine)}>{stateOf(shown, mine, now)}</Pill></div>
        <Act day={shown} mine={mine} now={now} busy={busy.value} run={run} />
        {shown.free.length > 0 && !mine && (shown.approval || !freeNow(shown, now)) && (
          <p class="quiet">{t("freelater")}: {shown.free.map((s) => range(s.from, s.to)).join(", ")}</p>
        )}
        {shown.assigned === "yours" && <GiveFree spot={shown.spot} name={shown.name} date={shown.date} free={false} onDone={day.again} />}
        {shown.titles.map((r) => <p key={r.from}>{range(r.from, r.to)} <b>{r.title}</b></p>)}
        {shown.now && shown.now !== "free" && !mine && shown.assigned !== "theirs" && <p class="quiet small">{t("who")}</p>}
      </Card>
      <div class="pair">
        <Button icon="share" onClick={() => void share(shown)}>{t("share")}</Button>
        {!guest() && <Favourite spot={shown.spot} />}
      </div>
      <a class="button plain wide" href={to("floor", shown.floor, { spot: shown.spot })}><Icon name="floor" />{t("onplan")}</a>
    </main>
  )
}

type Mine = Day["mine"][number] | undefined
type Run = (name: string, what: () => Promise<string>) => () => Promise<void> // that says what it did

/** The stretch that is free from now on. */
const freeNow = (day: Day, now: number) => day.free.find((s) => minutes(s.from) <= now && minutes(s.to) > now && now >= minutes(day.location.opens))

function toneOf(day: Day, mine: Mine): "do" | "look" | undefined {
  if (mine ? undecided(mine) : day.approval && day.available) return "look"
  return mine || day.available ? (day.now === "occupied" && !mine ? "look" : "do") : day.free.length > 0 ? "look" : undefined
}

function stateOf(day: Day, mine: Mine, now: number): string {
  if (mine?.state === "checked_in") return t("in", { time: short(mine.to!) })
  if (mine) return t(undecided(mine) ? `mine.${mine.state}` : "mine", { hours: range(mine.from!, mine.to!) })
  if (now >= minutes(day.location.closes)) return t("closed", { hours: range(day.location.opens, day.location.closes) })
  if (day.now === "occupied") return t("sits")
  const free = freeNow(day, now)
  if (free) return t("free", { time: short(free.to) })
  if (day.assigned === "theirs") return t("assigned")
  if (day.opens) return t("opens", { day: longDate(day.opens.date), time: short(day.opens.time) })
  const next = day.free[0]
  return next ? t("later", { time: short(next.from) }) : t("taken")
}

/** The one thing that can be done here now. */
function Act({ day, mine, now, busy, run }: { day: Day; mine: Mine; now: number; busy: string; run: Run }) {
  if (mine?.state === "checked_in") {
    return <Button wide large busy={busy === "back"} onClick={run("back", () => ask("POST /reservations/{reservation}/release", { reservation: mine.id }).then(() => t("back", { name: day.name })))}>{t("giveback")}</Button>
  }
  if (mine?.state === "offered") return <a class="button wide" href={to("agenda")}>{t("offered")}<Icon name="next" /></a>
  if (mine?.state === "asked") {
    return (
      <>
        <p>{t("forapproval", { when: momentIn(day.location.time_zone, mine.until!) })}</p>
        <Button wide large busy={busy === "no"} onClick={run("no", () => ask("DELETE /reservations/{reservation}", { reservation: mine.id }).then(() => t("takenback", { name: day.name })))}>{t("takeback")}</Button>
      </>
    )
  }
  if (mine) {
    if (now < minutes(mine.from!) - 15) return <p class="quiet">{t("early", { time: short(clockOf(minutes(mine.from!) - 15)) })}</p>
    return <Button look="do" wide large busy={busy === "in"} onClick={run("in", () => ask("POST /reservations/{reservation}/check-in", { reservation: mine.id }).then(() => t("seated", { name: day.name, time: short(mine.to!) })))}>{t("checkin")}</Button>
  }
  if (day.approval) return <Ask day={day} busy={busy} run={run} />
  const free = freeNow(day, now)
  if (free) {
    return <Button look="do" wide large busy={busy === "sit"} onClick={run("sit", () => ask("POST /spots/{spot}/walk-up", { spot: day.spot, until: free.to }).then(() => t("seated", { name: day.name, time: short(free.to) })))}>{t("sit", { time: short(free.to) })}</Button>
  }
  const next = day.free[0]
  if (!next) return null
  return <Reserve day={day} hours={next} busy={busy} run={run}>{t("reserve", { hours: range(next.from, next.to) })}</Reserve>
}

/** What needs approval is asked for, as soon as those who decide have time to. */
function Ask({ day, busy, run }: { day: Day; busy: string; run: Run }) {
  if (guest()) return <p>{t("host")}</p>
  const soon = day.date === dateIn(day.location.time_zone) ? soonest(day.location.time_zone) : "00:00"
  const next = day.free.map((s) => ({ ...s, from: s.from < soon ? soon : s.from })).find((s) => s.from < s.to)
  return (
    <>
      <p>{t("approvalabout")}</p>
      {next && <Reserve day={day} hours={next} busy={busy} run={run}>{t("ask", { hours: range(next.from, next.to) })}</Reserve>}
    </>
  )
}

function Reserve({ day, hours: { from, to: until }, busy, run, children }: { day: Day; hours: Stretch; busy: string; run: Run; children: string }) {
  const reserve = async (): Promise<string> => {
    const { reservations: [made] } = await ask("POST /reservations", { spot: day.spot, date: day.date, from, to: until })
    return t(made?.state === "asked" ? "askedfor" : "done", { name: day.name, hours: range(from, until) })
  }
  return <Button look="do" wide large busy={busy === "reserve"} onClick={run("reserve", reserve)}>{children}</Button>
}

/** The link holds the spot's id and nothing else (10.share). */
async function share(day: Day): Promise<void> {
  const url = `${location.origin}/s/${day.spot}`
  try {
    if (navigator.share) await navigator.share({ title: "iotspot", url })
    else {
      await navigator.clipboard.writeText(url)
      say(t("copied"))
    }
  } catch { /* thought better of it */ }
}

/** A favourite is suggested first (4.c.1). */
function Favourite({ spot }: { spot: string }) {
  const on = useSignal<boolean | undefined>(undefined)
  useEffect(() => {
    ask("GET /me/favourites", {}).then((found) => { on.value = found.spots.some((s) => s.spot === spot) }).catch(() => undefined)
  }, [spot])
  if (on.value === undefined) return <span /> // its place beside the other button
  const flip = async (): Promise<void> => {
    const was = on.value
    on.value = !was
    await ask(was ? "DELETE /me/favourites/spots/{spot}" : "PUT /me/favourites/spots/{spot}", { spot }).catch(() => { on.value = was })
  }
  return <button type="button" class="button" aria-pressed={on.value} onClick={() => void flip()}><Icon name="star" filled={on.value} />{t("favourite")}</button>
}
