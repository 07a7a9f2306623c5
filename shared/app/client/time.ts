// Days and hours are a location's: civil dates as 2026-11-27 and clock times as 09:15, which the server reckons.
import { signal } from "@preact/signals"
import { locale } from "./i18n"

/** The server's clock less the phone's, in ms. The phone's may be wrong. */
export const skew = signal(0)

export const now = (): Date => new Date(Date.now() + skew.value)

/** Learns the right time from an answer. */
export function learn(instant: string): void {
  const found = Date.parse(instant) - Date.now()
  if (Math.abs(found - skew.value) > 5000) skew.value = Math.abs(found) < 5000 ? 0 : found
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Each is made once: that takes a phone longer than using it a hundred times. */
function format(options: Intl.DateTimeFormatOptions, of = locale()): Intl.DateTimeFormat {
  const key = of + JSON.stringify(options)
  const made = formats.get(key) ?? new Intl.DateTimeFormat(of, options)
  formats.set(key, made)
  return made
}

const numbers = "sv-SE" // where days and times are written as the server does

/** The civil date at an instant in a zone. */
export function dateIn(zone: string, at = now()): string {
  return format({ timeZone: zone, dateStyle: "short" }, numbers).format(at)
}

/** The clock time at an instant in a zone, as 09:07. */
export function clockIn(zone: string, at: Date | string = now()): string {
  return format({ timeZone: zone, timeStyle: "short" }, numbers).format(typeof at === "string" ? new Date(at) : at)
}

const noon = (date: string): Date => new Date(`${date}T12:00:00Z`)
const civil = (options: Intl.DateTimeFormatOptions) => (date: string): string => format({ ...options, timeZone: "UTC" }).format(noon(date))

export const longDate = civil({ weekday: "long", day: "numeric", month: "long" })
export const fullDate = civil({ day: "numeric", month: "long", year: "numeric" })
export const monthOf = civil({ month: "long", year: "numeric" })
export const shortDate = civil({ weekday: "short", day: "numeric", month: "short" })
export const dayAndMonth = civil({ day: "numeric", month: "short" })
export const weekday = civil({ weekday: "long" })
export const shortDay = civil({ weekday: "short" })
export const dayOfMonth = civil({ day: "numeric" })

/** The day of the week, 0 for Monday. */
export const sinceMonday = (date: string): number => (noon(date).getUTCDay() + 6) % 7

export function momentIn(zone: string, instant: string): string {
  return format({ timeZone: zone, weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }).format(new Date(instant))
}

export function addDays(date: string, days: number): string {
  const at = noon(date)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** A range of clock times as people write it, which no line parts: 9:00–17:00. */
export const range = (from: string, to: string): string => `${short(from)}–\u2060${short(to)}`
export const short = (time: string): string => time.replace(/^0/, "")

/** A clock time as minutes since midnight, and back. */
export const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`

/** The quarter of an hour that runs now. */
export const quarterIn = (zone: string): string => clockOf(Math.floor(minutes(clockIn(zone)) / 15) * 15)
