// What a location's rules come to. All that is said of a spot holds together, so that the strictest wins: what is in force for
// a type of spots is told here, from the location's own settings and what is said for all, a category and a type.
import type { Out } from "../api"

export type Rules = Out<"GET /locations/{location}/rules">
export type Place = Out<"GET /locations/{location}">
export type Limits = NonNullable<Rules["limits"]>[number]
export type Kind = NonNullable<Limits["for"]>
export type Day = keyof NonNullable<Rules["week"]>
export type Stretch = NonNullable<NonNullable<Rules["week"]>[Day]>[number]

export const types = ["desk", "seat", "meeting_room", "classroom", "treatment_room"] as const
export const kinds: Kind[] = ["workplace", "room", ...types]
export const days: Day[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

/** The limits that are numbers, and whether the smaller or the larger one is the stricter. */
export const numbers = {
  horizon_days: "least", per_day: "least", per_week: "least", at_once: "least", longest_minutes: "least",
  shortest_minutes: "most", before_minutes: "most", after_minutes: "most",
} as const
export type Numbered = keyof typeof numbers
export const numbered = Object.keys(numbers) as Numbered[]

export const categoryOf = (type: (typeof types)[number]): Kind => (type === "desk" || type === "seat" ? "workplace" : "room")

/** What holds for spots of a type. */
export function inForce(place: Pick<Place, "horizon_days" | "daily_quota">, rules: Rules, type: (typeof types)[number]): Partial<Record<Numbered, number>> {
  const own: Limits = { horizon_days: place.horizon_days, per_day: place.daily_quota }
  const all = [own, ...(rules.limits ?? []).filter((l) => !l.for || l.for === type || l.for === categoryOf(type))]
  const found: Partial<Record<Numbered, number>> = {}
  for (const name of numbered) {
    const said = all.map((l) => l[name]).filter((n): n is number => n !== undefined)
    if (said.length > 0) found[name] = numbers[name] === "least" ? Math.min(...said) : Math.max(...said)
  }
  return found
}

/** Hours as one types them, "9:00-12:00, 13-17": undefined where nothing is typed, null where it can't be read. */
export function hoursIn(text: string): Stretch[] | undefined | null {
  if (text.trim() === "") return undefined
  const parts = text.split(",").map((part) => /^\s*(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?\s*$/.exec(part))
  if (parts.some((part) => !part)) return null
  return parts.map((part) => ({ from: clock(part![1]!, part![2]), to: clock(part![3]!, part![4]) }))
}

const clock = (hour: string, minute = "00"): string => `${hour.padStart(2, "0")}:${minute}`

export const hoursOf = (hours: Stretch[]): string => hours.map((h) => `${h.from}-${h.to}`).join(", ")
