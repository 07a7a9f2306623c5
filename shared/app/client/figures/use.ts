// How a place was used, as the server tells it: sums of figures that were kept of single days, and nothing more.
import { ask, type Out } from "../api"
import { locale } from "../i18n"

export type Use = Out<"GET /locations/{location}/use">
export type HourUse = Use["hours"][number]
export type DayUse = Use["days"][number]
export type PlaceUse = Use["places"][number]

/** Which place and days: no floor is the whole location, no zone the whole floor. */
export interface Asked { location: string; floor?: string; zone?: string; from: string; to: string }

export const load = (asked: Asked, signal: AbortSignal): Promise<Use> => ask("GET /locations/{location}/use", { ...asked }, { signal })

/** One part as a file of CSV, which is declared as JSON like the rest. */
export const sheet = async (asked: Asked, csv: "hours" | "days" | "places"): Promise<Blob> =>
  await ask("GET /locations/{location}/use", { ...asked, csv }) as unknown as Blob

const formats = new Map<string, Intl.NumberFormat>()

/** A number as people write it, with so many digits behind the point. */
export function number(n: number, digits = 0): string {
  const key = locale() + digits
  const made = formats.get(key) ?? new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits })
  formats.set(key, made)
  return made.format(n)
}

/** How much of a colour: 1 for little to 5 for the most. */
export const level = (n: number, most: number): number => Math.min(5, Math.max(1, Math.ceil((n / most) * 5)))
