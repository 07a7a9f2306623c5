// A floor while it is drawn, as states that never change: what can be done makes another one of it, and undo goes back to
// the one before. Nothing here knows the browser or the server.
import { series } from "./names"

export interface Spot {
  id: string // the server's, or of a new one a key that it makes an id of
  name: string
  category: "workplace" | "room"
  type: Type
  zone?: string
  x: number // 0 is the plan's left edge, 1 its right
  y: number
  capacity?: number
  features?: number[]
  sensors?: string[]
  assigned?: string
}
export type Type = "desk" | "seat" | "meeting_room" | "classroom" | "treatment_room"
export interface Zone { id: string; name: string; sector?: string }
export interface Drawn { revision: number; zones: Zone[]; spots: Spot[] }

export interface Editing {
  base: Drawn // as it was read or saved
  now: Drawn
  past: Drawn[]
  future: Drawn[]
  picked: ReadonlySet<string>
  last: string // what was done last, so that a row of nudges is one step back
}

export const types: Type[] = ["desk", "seat", "meeting_room", "classroom", "treatment_room"]
export const categoryOf = (type: Type): Spot["category"] => (type === "desk" || type === "seat" ? "workplace" : "room")

const mostSteps = 100 // back

export const begun = (floor: Drawn): Editing => ({ base: floor, now: floor, past: [], future: [], picked: new Set(), last: "" })

/** What was done, as a step that can be undone. The same thing again, as a nudge is, is no step of its own. */
export function done(e: Editing, now: Drawn, what = ""): Editing {
  if (now === e.now) return e
  const past = what !== "" && what === e.last ? e.past : [...e.past.slice(1 - mostSteps), e.now]
  return { ...e, now, past, future: [], last: what }
}

export const undo = (e: Editing): Editing =>
  e.past.length === 0 ? e : left({ ...e, now: e.past.at(-1)!, past: e.past.slice(0, -1), future: [e.now, ...e.future], last: "" })

export const redo = (e: Editing): Editing =>
  e.future.length === 0 ? e : left({ ...e, now: e.future[0]!, past: [...e.past, e.now], future: e.future.slice(1), last: "" })

export const pick = (e: Editing, ids: Iterable<string>): Editing => ({ ...e, picked: new Set(ids), last: "" })

/** What is picked is what of it is there. */
const left = (e: Editing): Editing => pick(e, e.now.spots.filter((s) => e.picked.has(s.id)).map((s) => s.id))

export const picked = (e: Editing): Spot[] => e.now.spots.filter((s) => e.picked.has(s.id))

const each = (d: Drawn, ids: ReadonlySet<string>, change: (spot: Spot) => Spot): Drawn =>
  ids.size === 0 ? d : { ...d, spots: d.spots.map((s) => (ids.has(s.id) ? change(s) : s)) }

export const add = (d: Drawn, spots: Spot[]): Drawn => ({ ...d, spots: [...d.spots, ...spots] })

export const remove = (d: Drawn, ids: ReadonlySet<string>): Drawn =>
  ({ ...d, spots: d.spots.filter((s) => !ids.has(s.id) || s.assigned) }) // somebody's own workplace stays until that is ended

export const patch = (d: Drawn, ids: ReadonlySet<string>, of: Partial<Spot>): Drawn => each(d, ids, (s) => ({ ...s, ...of }))

/** Another type is another category where it must be; a room's capacity is no workplace's. */
export const retype = (d: Drawn, ids: ReadonlySet<string>, type: Type): Drawn => each(d, ids, (s) => {
  const category = categoryOf(type)
  return s.assigned && category === "room" ? s : { ...s, type, category, capacity: category === "room" ? s.capacity : undefined }
})

/** A move as far as all of them stay on the plan. */
export function move(d: Drawn, ids: ReadonlySet<string>, dx: number, dy: number): Drawn {
  const some = d.spots.filter((s) => ids.has(s.id))
  if (some.length === 0) return d
  const within = (by: number, at: number[]): number => Math.min(Math.max(by, -Math.min(...at)), 1 - Math.max(...at))
  const x = within(dx, some.map((s) => s.x)), y = within(dy, some.map((s) => s.y))
  return x === 0 && y === 0 ? d : each(d, ids, (s) => ({ ...s, x: round(s.x + x), y: round(s.y + y) }))
}

/** The server keeps places to a ten-thousandth. */
export const round = (at: number): number => Math.round(at * 10_000) / 10_000

export type Line = "column" | "row"

/** All in one column, at the middle of those that are outermost, or in one row. */
export function align(d: Drawn, ids: ReadonlySet<string>, line: Line): Drawn {
  const axis = line === "column" ? "x" : "y", at = d.spots.filter((s) => ids.has(s.id)).map((s) => s[axis])
  return each(d, ids, (s) => ({ ...s, [axis]: round((Math.min(...at) + Math.max(...at)) / 2) }))
}

/** The same distance between each two, from the first to the last. */
export function distribute(d: Drawn, ids: ReadonlySet<string>, line: Line): Drawn {
  const axis = line === "column" ? "y" : "x"
  const order = d.spots.filter((s) => ids.has(s.id)).sort((a, b) => a[axis] - b[axis])
  const first = order[0]?.[axis] ?? 0, step = ((order.at(-1)?.[axis] ?? 0) - first) / Math.max(1, order.length - 1)
  const at = new Map(order.map((s, i) => [s.id, round(first + i * step)]))
  return each(d, ids, (s) => ({ ...s, [axis]: at.get(s.id)! }))
}

/** Further apart or closer together along a row or a column, about their middle and as far as all stay on the plan. */
export function stretch(d: Drawn, ids: ReadonlySet<string>, line: Line, by: number): Drawn {
  const axis = line === "row" ? "x" : "y", at = d.spots.filter((s) => ids.has(s.id)).map((s) => s[axis])
  const centre = (Math.min(...at) + Math.max(...at)) / 2, half = (Math.max(...at) - Math.min(...at)) / 2
  const most = half > 0 ? Math.min(by, Math.min(centre, 1 - centre) / half) : 1
  return each(d, ids, (s) => ({ ...s, [axis]: round(centre + (s[axis] - centre) * most) }))
}

/** Names in sequence from the first, in the order in which one reads the plan. */
export function rename(d: Drawn, ids: ReadonlySet<string>, first: string): Drawn {
  const order = reading(d.spots.filter((s) => ids.has(s.id)))
  const names = series(first, order.length, new Set(d.spots.filter((s) => !ids.has(s.id)).map((s) => s.name.toLowerCase())))
  const of = new Map(order.map((s, i) => [s.id, names[i]!]))
  return each(d, ids, (s) => ({ ...s, name: of.get(s.id)! }))
}

/** Row by row from the top, each from the left. What is nearly as high is in the row. */
export function reading(spots: Spot[]): Spot[] {
  const down = [...spots].sort((a, b) => a.y - b.y || a.x - b.x)
  const rows: Spot[][] = []
  for (const spot of down) {
    const row = rows.at(-1)
    if (row && spot.y - row[0]!.y < 0.012) row.push(spot)
    else rows.push([spot])
  }
  return rows.flatMap((row) => row.sort((a, b) => a.x - b.x))
}

/** Copies beside those that are picked, with the names that follow; nothing of what is one's alone is copied. */
export function copies(d: Drawn, ids: ReadonlySet<string>, dx: number, dy: number, key: () => string): Spot[] {
  const order = reading(d.spots.filter((s) => ids.has(s.id)))
  if (order.length === 0) return []
  const names = series(order.at(-1)!.name, order.length, namesIn(d))
  const fresh = order.map((s, i): Spot => ({ ...s, id: key(), name: names[i]!, sensors: undefined, assigned: undefined }))
  return move({ ...d, spots: fresh }, new Set(fresh.map((s) => s.id)), dx, dy).spots
}

export const namesIn = (d: Drawn): Set<string> => new Set(d.spots.map((s) => s.name.toLowerCase()))

export interface Box { left: number; top: number; right: number; bottom: number }

/** So many spots in so many rows, spread over a box; the last row may be shorter. */
export function block(n: number, rows: number, box: Box, like: { type: Type; zone?: string }, names: string[], key: () => string): Spot[] {
  const inRow = Math.ceil(n / rows)
  const at = (from: number, to: number, i: number, of: number): number => round(of > 1 ? from + ((to - from) * i) / (of - 1) : (from + to) / 2)
  return Array.from({ length: n }, (_, i): Spot => ({
    id: key(), name: names[i]!, category: categoryOf(like.type), type: like.type, zone: like.zone,
    x: at(box.left, box.right, i % inRow, inRow), y: at(box.top, box.bottom, Math.floor(i / inRow), Math.ceil(n / inRow)),
  }))
}

/** A block with a step between its spots, in the middle of what is in sight. */
export function blockIn(n: number, rows: number, sight: Box, apart: Point): Box {
  const inRow = Math.ceil(n / rows), x = (sight.left + sight.right) / 2, y = (sight.top + sight.bottom) / 2
  const wide = Math.min(apart.x * (inRow - 1), (sight.right - sight.left) * 0.9) / 2
  const high = Math.min(apart.y * (Math.ceil(n / inRow) - 1), (sight.bottom - sight.top) * 0.9) / 2
  return { left: x - wide, right: x + wide, top: y - high, bottom: y + high }
}

/** Those whose name another one has too. */
export function clashing(d: Drawn): Spot[] {
  const n = new Map<string, number>()
  for (const s of d.spots) n.set(s.name.trim().toLowerCase(), (n.get(s.name.trim().toLowerCase()) ?? 0) + 1)
  return d.spots.filter((s) => n.get(s.name.trim().toLowerCase())! > 1 || s.name.trim() === "")
}

export const zoned = (d: Drawn, zone: Zone): Drawn =>
  ({ ...d, zones: d.zones.some((z) => z.id === zone.id) ? d.zones.map((z) => (z.id === zone.id ? zone : z)) : [...d.zones, zone] })

export const unzoned = (d: Drawn, id: string): Drawn =>
  ({ ...d, zones: d.zones.filter((z) => z.id !== id), spots: d.spots.map((s) => (s.zone === id ? { ...s, zone: undefined } : s)) })

export interface Point { x: number; y: number }

/** Those within an outline, by the crossings of a line to the right of each. */
export function inside(spots: Spot[], outline: Point[]): string[] {
  return spots.filter(({ x, y }) => outline.reduce((within, a, i) => {
    const b = outline[(i + 1) % outline.length]!
    return a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x ? !within : within
  }, false)).map((s) => s.id)
}

/** A move that ends in line with another spot, where one is nearly so, and where those lines are. */
export function snap(d: Drawn, ids: ReadonlySet<string>, lead: Point, dx: number, dy: number, near: { x: number; y: number }) {
  let x: number | undefined, y: number | undefined
  for (const s of d.spots) {
    if (ids.has(s.id)) continue
    const offX = s.x - lead.x - dx, offY = s.y - lead.y - dy
    if (Math.abs(offX) < near.x && (x === undefined || Math.abs(offX) < Math.abs(x))) x = offX
    if (Math.abs(offY) < near.y && (y === undefined || Math.abs(offY) < Math.abs(y))) y = offY
  }
  return {
    dx: dx + (x ?? 0), dy: dy + (y ?? 0),
    column: x === undefined ? undefined : lead.x + dx + x, row: y === undefined ? undefined : lead.y + dy + y,
  }
}

/** Whether there is something to save. */
export const changed = (e: Editing): boolean => e.now.spots !== e.base.spots || e.now.zones !== e.base.zones
