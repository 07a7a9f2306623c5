// What a spot is during a time, in words and as a kind: the plan and the list say the same.
import type { Out } from "./api"
import { clockOf, minutes, quarterIn, range, short, shortDate } from "./time"

export type Floor = Out<"GET /floors/{floor}">
export type Spot = Floor["spots"][number]
export type State = Out<"GET /floors/{floor}/state">
export type NotFree = State["spots"][number]
export type Shut = State["shut"][number]
export interface Stretch { from: string; to: string }
export type Closed = Stretch & Pick<Shut, "name" | "opens">

export type Kind = "mine" | "free" | "part" | "taken"

export interface Seen {
  kind: Kind
  look: boolean // free to reserve, but somebody may sit there now
  word: "mine" | "asked" | "offered" | "theirs" | "host" | "free" | "until" | "from" | "taken" | "sits" | "unknown" | "shut" | "why" | "assigned" | "own" | "somebodys" | "opens"
  values: Record<string, string>
  offer?: Stretch // what can be reserved of the time
  approval?: boolean // that others approve makes it one's own: it is asked for
}

/** What one has at a spot on that day, and whether it is still to be decided that it is one's own. */
export type Had = Stretch & { state: string }

/** Whether it is still to be decided that a reservation's spot is the person's. */
export const undecided = <R extends { state: string }>(r: R): r is R & { state: "offered" | "asked" } => r.state === "offered" || r.state === "asked"

/** What somebody looks for: features by their numbers, and room for so many people; 0 is any. */
export interface Wanted { features: number[]; people: number }

export const offers = (spot: Spot, wanted: Wanted): boolean =>
  wanted.features.every((f) => spot.features?.includes(f)) && (spot.capacity ?? 0) >= wanted.people

/** Of all spots: when the location itself is closed during some of the time, by the hours of that day. */
export const outside = (asked: Stretch, hours: Stretch[], name: string | undefined): Closed[] =>
  hours.reduce((left, open) => left.flatMap((part) => without(part, open)), [asked]).map((part) => ({ ...part, name }))

/** The part of a stretch that lies within another; all of it where none does. */
export const within = (asked: Stretch, open: Stretch): Stretch => clipped(asked, open)[0] ?? asked

function clipped(part: Stretch, open: Stretch): Stretch[] {
  const found = { from: part.from > open.from ? part.from : open.from, to: part.to < open.to ? part.to : open.to }
  return found.from < found.to ? [found] : []
}

/** Whether a rule is about a spot: rules are of a spot, a zone, a kind of spots, or all. */
const about = (spot: Spot) => (rule: Pick<Shut, "spot" | "zone" | "for">): boolean =>
  (!rule.spot || rule.spot === spot.id) && (!rule.zone || rule.zone === spot.zone) && (!rule.for || rule.for === spot.type || rule.for === spot.category)

/** What shuts a spot on that day. */
export const shutting = (spot: Spot, all: Shut[]): Shut[] => all.filter(about(spot))

/**
 * Whether others must approve before a spot is one's own: the first that is about it says so. Who acts for another isn't
 * told what that one needs, and so is told that it may be needed.
 */
export const needsApproval = (spot: Spot, approvals: State["approvals"], own: string[], acting: boolean): boolean => {
  const first = approvals?.find(about(spot))
  return !!first && (acting || !first.yours && !own.includes(spot.id))
}

/** From when on something can be asked for now: those who decide must have time to. */
export const soonest = (zone: string): string => clockOf(minutes(quarterIn(zone)) + 30)

/**
 * Whose an assigned spot is on that day: one's own, a colleague's who keeps it, or nobody's for a day. Who acts for
 * another isn't told whether it is theirs: they try.
 */
export type Whose = "own" | "kept" | "somebodys" | undefined

export const whose = (spot: Spot, released: State["released"], own: string[], acting: boolean): Whose =>
  !spot.assigned || released.includes(spot.assigned) ? undefined : acting ? "somebodys" : own.includes(spot.id) ? "own" : "kept"

/** What one sees of a spot: silent is that its sensors are, mine is what one has there on that day. */
export function see(asked: Stretch, at: NotFree | undefined, shut: Closed[], silent: boolean, mine: Had | undefined, assigned?: Whose): Seen {
  if (mine) return { kind: "mine", look: mine.state === "asked", word: mine.state === "asked" || mine.state === "offered" ? mine.state : "mine", values: { hours: range(mine.from, mine.to) } }
  const opens = assigned === "own" || assigned === "somebodys" ? undefined : shut.find((s) => s.opens)?.opens
  shut = shut.filter((s) => !s.opens)
  if (opens) return { kind: "taken", look: false, word: "opens", values: { day: shortDate(opens.date), time: short(opens.time) } }
  if (assigned === "kept") return { kind: "taken", look: false, word: "assigned", values: {} }
  const free = at && !at.available ? at.free.flatMap((part) => clipped(part, asked)) : [asked]
  const offer = longest(shut.reduce((left, s) => left.flatMap((part) => without(part, s)), free))
  if (!offer) {
    const why = shut.find((s) => s.name)?.name
    return { kind: "taken", look: false, word: free.length === 0 ? "taken" : why ? "why" : "shut", values: { why: why ?? "" } }
  }
  if (assigned === "somebodys") return { kind: "part", look: true, word: "somebodys", values: {}, offer }
  if (offer.from !== asked.from) return { kind: "part", look: true, word: "from", values: { time: short(offer.from) }, offer }
  if (offer.to !== asked.to) return { kind: "part", look: true, word: "until", values: { time: short(offer.to) }, offer }
  const word = at?.now === "occupied" ? "sits" : silent && at?.now !== "reserved" ? "unknown" : assigned ?? "free"
  return { kind: "free", look: word === "sits", word, values: {}, offer: asked }
}

/** What is left of a stretch beside another. */
function without(part: Stretch, { from, to }: Stretch): Stretch[] {
  const before = { from: part.from, to: from < part.to ? from : part.to }, after = { from: to > part.from ? to : part.from, to: part.to }
  return [before, after].filter((s) => s.from < s.to)
}

function longest(free: Stretch[]): Stretch | undefined {
  const length = (s: Stretch): number => minutes(s.to) - minutes(s.from)
  return [...free].sort((a, b) => length(b) - length(a))[0]
}

/** The spots that are free for all of the time, the nearest first. */
export function nearest(of: Spot, spots: Spot[], free: (spot: Spot) => boolean, most: number): Spot[] {
  const far = (s: Spot): number => Math.hypot(s.x - of.x, s.y - of.y)
  return spots.filter((s) => s.id !== of.id && s.type === of.type && free(s)).sort((a, b) => far(a) - far(b)).slice(0, most)
}
