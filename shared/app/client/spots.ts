// What a spot is during a time, in words and as a kind: the plan and the list say the same.
import type { Out } from "./api"
import { minutes, range, short } from "./time"

export type Floor = Out<"GET /floors/{floor}">
export type Spot = Floor["spots"][number]
export type State = Out<"GET /floors/{floor}/state">
export type NotFree = State["spots"][number]
export interface Stretch { from: string; to: string }

export type Kind = "mine" | "free" | "part" | "taken"

export interface Seen {
  kind: Kind
  look: boolean // free to reserve, but somebody may sit there now
  word: "mine" | "free" | "until" | "from" | "taken" | "sits" | "unknown"
  values: Record<string, string>
  offer?: Stretch // what can be reserved of the time
}

/** What one sees of a spot: silent is that its sensors are, mine is what one has there on that day. */
export function see(asked: Stretch, at: NotFree | undefined, silent: boolean, mine: Stretch | undefined): Seen {
  if (mine) return { kind: "mine", look: false, word: "mine", values: { hours: range(mine.from, mine.to) } }
  if (!at || at.available) {
    const word = at?.now === "occupied" ? "sits" : silent && at?.now !== "reserved" ? "unknown" : "free"
    return { kind: "free", look: word === "sits", word, values: {}, offer: asked }
  }
  const offer = longest(at.free)
  if (!offer) return { kind: "taken", look: false, word: "taken", values: {} }
  return offer.from === asked.from
    ? { kind: "part", look: true, word: "until", values: { time: short(offer.to) }, offer }
    : { kind: "part", look: true, word: "from", values: { time: short(offer.from) }, offer }
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
