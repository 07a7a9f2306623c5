// Waiting for a spot where none is free: one tap on a floor, and in the agenda what one waits for and what is offered.
import { useSignal } from "@preact/signals"
import type { Location } from "../access"
import { ask, type Out } from "../api"
import { texts } from "../i18n"
import { sentence } from "../problems"
import type { Seen, Spot, Stretch } from "../spots"
import { clockIn, longDate, range, short } from "../time"
import { Button, Notice, say, useLoaded, useWhileSeen } from "../ui"
import words from "./wait.json"

const t = texts(words)

type Reservation = Out<"GET /me/agenda">["reservations"][number]

/** The types of spots of which others have all, each with one tap to wait for one; of a zone where it is asked for. */
export function WaitFor({ floor, spots, see, date, hours, zone }: { floor: string; spots: Spot[]; see: (spot: Spot) => Seen; date: string; hours: Stretch; zone?: { id: string; name: string } | undefined }) {
  const waiting = useSignal<string[]>([])
  const wrong = useSignal("")
  const among = spots.filter((s) => !zone || s.zone === zone.id)
  const types = [...new Set(among.map((s) => s.type))].filter((type) => {
    const all = among.filter((s) => s.type === type).map(see)
    return all.some((s) => s.word === "taken" || s.kind === "part") && !all.some((s) => s.kind === "free" || s.kind === "mine")
  })
  const wait = async (type: Spot["type"]): Promise<void> => {
    wrong.value = ""
    try {
      await ask("POST /me/waitlist", { floor, type, date, ...hours, ...(zone && { zone: zone.id }) })
      waiting.value = [...waiting.value, `${type} ${date} ${hours.from}`]
      say(t("waits"))
    } catch (error) {
      wrong.value = sentence(error)
    }
  }
  return (
    <>
      {types.map((type) => waiting.value.includes(`${type} ${date} ${hours.from}`)
        ? <Notice key={type}>{t("inline")}</Notice>
        : <Notice key={type} action={t("wait")} onAction={() => void wait(type)}>{zone ? t("nonein", { zone: zone.name }) : t(`none.${type}`)}</Notice>)}
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
    </>
  )
}

/** What one waits for. */
export function Waiting({ places }: { places: Map<string, Location> }) {
  const line = useLoaded((signal) => ask("GET /me/waitlist", {}, { signal }), [])
  useWhileSeen(60, () => void line.again())
  const wrong = useSignal("")
  const stop = async (place: string): Promise<void> => {
    wrong.value = ""
    await ask("DELETE /me/waitlist/{place}", { place }).then(() => say(t("stopped")), (error: unknown) => { wrong.value = sentence(error) })
    await line.again()
  }
  const waiting = line.value?.waiting ?? []
  if (waiting.length === 0) return null
  return (
    <section class="stack near">
      <h2>{t("waitlist")}</h2>
      <p class="quiet">{t("about")}</p>
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      <ul class="card list">
        {waiting.map((w) => {
          const where = places.get(w.location)
          return (
            <li key={w.id} class="row apart">
              <div class="grow">
                <p>{t(`a.${w.type ?? "spot"}`)}, {longDate(w.date)}</p>
                <p>{range(w.from, w.to)} <span class="quiet">· {[where?.floors.find((f) => f.id === w.floor)?.name, where?.name].filter(Boolean).join(", ")}</span></p>
              </div>
              <Button look="plain" aria-label={`${t("stop")}: ${longDate(w.date)}, ${range(w.from, w.to)}`} onClick={() => void stop(w.id)}>{t("stop")}</Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** What can be done with a reservation that is offered. */
export function Offer({ r, zone, onDone }: { r: Reservation; zone: string; onDone: () => Promise<void> }) {
  const busy = useSignal("")
  const wrong = useSignal("")
  const decide = (name: string, what: () => Promise<unknown>, done: string) => async (): Promise<void> => {
    busy.value = name
    await what().then(() => say(done), (error: unknown) => { wrong.value = sentence(error) })
    await onDone()
    busy.value = ""
  }
  const reservation = { reservation: r.id }
  return (
    <div class="stack near">
      <p>{t("offered", { time: short(clockIn(zone, r.until)) })}</p>
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      <div class="row">
        <Button look="do" busy={busy.value === "take"} aria-label={`${t("take")}: ${r.name}, ${longDate(r.date)}`} onClick={() => void decide("take", () => ask("POST /reservations/{reservation}/take", reservation), t("taken", { name: r.name }))()}>{t("take")}</Button>
        <Button look="plain" busy={busy.value === "refuse"} aria-label={`${t("refuse")}: ${r.name}, ${longDate(r.date)}`} onClick={() => void decide("refuse", () => ask("DELETE /reservations/{reservation}", reservation), t("refused"))()}>{t("refuse")}</Button>
      </div>
    </div>
  )
}
