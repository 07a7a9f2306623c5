// A room's door: what it is now in one word, until when, what can be done, and what comes.
import { useSignal } from "@preact/signals"
import { texts } from "../i18n"
import { sentence } from "../problems"
import { clockIn, minutes, range, short } from "../time"
import { Button } from "../ui"
import { call, look, moment, silent, type Spot, type View } from "./known"
import words from "./door.json"

const t = texts(words)

export function Door({ view }: { view: View }) {
  const spot = view.spot!
  const clock = minutes(clockIn(view.time_zone, moment.value))
  const now = silent() ? guess(view, clock) : spot
  const free = now.now === "free" || now.now === "unknown"
  const current = spot.coming.find((c) => minutes(c.from) <= clock && clock < minutes(c.to))
  const later = spot.coming.filter((c) => minutes(c.from) > clock)
  return (
    <main class={`door ${tone(view, now)}`}>
      <section class="door-now" aria-labelledby="room">
        <h1 id="room">{view.name}{spot.capacity ? <small>{t("for", { n: spot.capacity })}</small> : null}</h1>
        <div class="door-state" role="status">
          <p class="door-word">{state(view, now)}</p>
          {now.until && <p class="door-until">{t("until", { time: short(now.until) })}</p>}
          {spot.reason && <p class="door-until">{spot.reason}</p>}
          {!free && current && <p class="door-who">{[current.title, current.name].filter(Boolean).join(" · ")}</p>}
        </div>
        {!silent() && <Acts spot={spot} />}
      </section>
      <section class="door-later" aria-labelledby="later">
        <h2 id="later">{t("later")}</h2>
        {later.length === 0 ? <p class="quiet">{t("nothing")}</p> : (
          <ul>
            {later.slice(0, 6).map((c) => (
              <li key={c.from}><b>{range(c.from, c.to)}</b> <span>{[c.title, c.name].filter(Boolean).join(" · ") || t("reserved")}</span></li>
            ))}
          </ul>
        )}
      </section>
    </main>
  )
}

type Now = Pick<Spot, "now" | "until">

/** What the day's reservations say of this moment, where nothing newer is heard. */
export function guess(view: View, clock: number): Now {
  const taken = view.spot!.coming.find((c) => minutes(c.from) <= clock && clock < minutes(c.to))
  if (taken) return { now: "reserved", until: taken.to }
  const next = view.spot!.coming.find((c) => minutes(c.from) > clock)
  const hours = view.hours.find((h) => minutes(h.from) <= clock && clock < minutes(h.to))
  return { now: "free", until: hours && (next?.from ?? hours.to) }
}

const open = (view: View, now: Now): boolean => view.open || now.now !== "free"

function tone(view: View, now: Now): string {
  if (!open(view, now)) return "shut"
  return now.now === "free" || now.now === "unknown" ? "is-free" : "is-taken"
}

function state(view: View, now: Now): string {
  if (!open(view, now)) return view.closed ?? t("closed")
  return t(now.now === "free" || now.now === "unknown" ? "free" : now.now === "out_of_service" ? "out" : now.now === "occupied" ? "occupied" : "taken")
}

/** What whoever stands here can do: check in, take the room now, give it back. */
function Acts({ spot }: { spot: Spot }) {
  const busy = useSignal("")
  const wrong = useSignal("")
  const run = (what: string, method: string, path: string, body?: unknown) => async (): Promise<void> => {
    busy.value = what
    wrong.value = ""
    try {
      await call(method, path, body)
    } catch (error) {
      wrong.value = sentence(error)
    }
    await look()
    busy.value = ""
  }
  return (
    <div class="door-acts">
      {spot.check_in && <Button look="do" large wide busy={busy.value === "in"} onClick={run("in", "POST", "/display/check-in")}>{t("checkin")}</Button>}
      {spot.booked && <Button large wide busy={busy.value === "end"} onClick={run("end", "DELETE", "/display/booking")}>{t("end")}</Button>}
      {spot.offers.length > 0 && (
        <div role="group" aria-label={t("book")}>
          <p>{t("book")}</p>
          <div class="door-offers">
            {spot.offers.map((o) => (
              <Button key={o.minutes} look="do" large busy={busy.value === String(o.minutes)} onClick={run(String(o.minutes), "POST", "/display/booking", { minutes: o.minutes })}>
                {t("minutes", { n: o.minutes, time: short(o.to) })}
              </Button>
            ))}
          </div>
        </div>
      )}
      {wrong.value && <p role="alert" class="door-wrong">{wrong.value}</p>}
    </div>
  )
}
