// What two people changed of the same floor, and what both of their changes make of it together.
import type { Drawn, Editing, Spot, Zone } from "./model"

export interface Difference { kind: "spot" | "zone"; id: string; name: string; what: "added" | "removed" | "moved" | "changed" }
export interface Merged {
  floor: Drawn // theirs with mine over it
  theirs: Difference[] // what they did that I didn't
  both: Difference[] // what both changed, each in another way: mine stands
}

const drawn = (s: Spot): unknown => [s.name, s.type, s.zone ?? "", s.x, s.y, s.capacity ?? 0, s.features ?? []]
const place = (s: Spot): Spot => ({ ...s, x: 0, y: 0 })
const sameSpot = (a: Spot, b: Spot): boolean => JSON.stringify(drawn(a)) === JSON.stringify(drawn(b))
const sameZone = (a: Zone, b: Zone): boolean => a.name === b.name && (a.sector ?? "") === (b.sector ?? "")

const byID = <T extends { id: string }>(all: T[]): Map<string, T> => new Map(all.map((one) => [one.id, one]))

/**
 * Mine over theirs, both made of base. What of theirs is as I have it, as where a save of mine came half-way, is no change
 * of somebody else: what is new to both and has one name is one.
 */
export function merge(base: Drawn, mine: Drawn, theirs: Drawn): Merged {
  const known = adopt(base, mine, theirs)
  const spots = both(base.spots, known.spots, theirs.spots, sameSpot, (a, b) => ({ ...a, sensors: b.sensors, assigned: b.assigned }))
  const zones = both(base.zones, known.zones, theirs.zones, sameZone, (a) => a)
  const there = new Set(zones.all.map((z) => z.id))
  const of = (kind: "spot" | "zone") => (c: Change<Spot | Zone>): Difference => ({ kind, id: c.id, name: (c.now ?? c.was)!.name, what: verb(c) })
  return {
    floor: { revision: theirs.revision, zones: zones.all, spots: spots.all.map((s) => (s.zone && !there.has(s.zone) ? { ...s, zone: undefined } : s)) },
    theirs: [...spots.theirs.map(of("spot")), ...zones.theirs.map(of("zone"))],
    both: [...spots.both.map(of("spot")), ...zones.both.map(of("zone"))],
  }
}

/** Mine, with the ids that the server made of my keys where it saved them already. */
function adopt(base: Drawn, mine: Drawn, theirs: Drawn): Drawn {
  const ids = new Map([...renamed(base.spots, mine.spots, theirs.spots), ...renamed(base.zones, mine.zones, theirs.zones)])
  return withIDs(mine, ids)
}

function renamed<T extends { id: string; name: string }>(base: T[], mine: T[], theirs: T[]): [string, string][] {
  const was = byID(base), fresh = new Map(theirs.filter((t) => !was.has(t.id)).map((t) => [t.name.toLowerCase(), t.id]))
  return mine.filter((m) => !was.has(m.id) && fresh.has(m.name.toLowerCase())).map((m) => [m.id, fresh.get(m.name.toLowerCase())!])
}

/** Spots that somebody else has otherwise than one has them oneself. */
export const otherwise = (mine: Drawn, theirs: Drawn): Spot[] => {
  const own = byID(mine.spots)
  return theirs.spots.filter((s) => !own.has(s.id) || !sameSpot(own.get(s.id)!, s))
}

/** A floor in which keys are ids. */
export const withIDs = (d: Drawn, ids: Map<string, string>): Drawn => ({
  ...d, zones: d.zones.map((z) => ({ ...z, id: ids.get(z.id) ?? z.id })),
  spots: d.spots.map((s) => ({ ...s, id: ids.get(s.id) ?? s.id, zone: s.zone && (ids.get(s.zone) ?? s.zone) })),
})

/** What the server made of the keys in a floor that it saved. */
export const idsOf = (mine: Drawn, saved: Drawn): Map<string, string> => {
  const none: Drawn = { revision: 0, zones: [], spots: [] }
  return new Map([...renamed(none.spots, mine.spots, saved.spots), ...renamed(none.zones, mine.zones, saved.zones)])
}

/** What is saved is what there is; the steps back stay, in the ids that the server gave. */
export function saved(e: Editing, floor: Drawn): Editing {
  const ids = idsOf(e.now, floor), known = (d: Drawn): Drawn => withIDs(d, ids)
  return { base: floor, now: floor, past: e.past.map(known), future: e.future.map(known), picked: new Set([...e.picked].map((id) => ids.get(id) ?? id)), last: "" }
}

/** Goes on upon what somebody else made of the floor: their work isn't undone step by step. */
export const upon = (e: Editing, theirs: Drawn, now: Drawn): Editing =>
  ({ base: theirs, now, past: [], future: [], picked: new Set(now.spots.filter((s) => e.picked.has(s.id)).map((s) => s.id)), last: "" })

interface Change<T> { id: string; was?: T; now?: T }

const verb = ({ was, now }: Change<Spot | Zone>): Difference["what"] => {
  if (!was) return "added"
  if (!now) return "removed"
  return "x" in was && "x" in now && sameSpot(place(was), place(now)) ? "moved" : "changed"
}

function both<T extends { id: string }>(base: T[], mine: T[], theirs: T[], same: (a: T, b: T) => boolean, lay: (mine: T, theirs: T) => T) {
  const was = byID(base), m = byID(mine), t = byID(theirs)
  const differ = (a?: T, b?: T): boolean => (a && b ? !same(a, b) : a !== b)
  const all: T[] = [], of: Change<T>[] = [], clash: Change<T>[] = []
  for (const id of new Set([...t.keys(), ...m.keys(), ...was.keys()])) {
    const old = was.get(id), my = m.get(id), their = t.get(id)
    const theyDid = differ(old, their) && differ(my, their), iDid = differ(old, my)
    if (theyDid) (iDid ? clash : of).push({ id, was: old, now: their })
    const kept = iDid ? my : their
    if (kept) all.push(kept === my && their ? lay(kept, their) : kept)
  }
  return { all, theirs: of, both: clash }
}
