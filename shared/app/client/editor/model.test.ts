import assert from "node:assert/strict"
import { test } from "node:test"
import * as m from "./model"
import { idsOf, merge, saved } from "./merge"
import { sensorIn } from "./code"
import { next, series } from "./names"

const desk = (id: string, x: number, y: number, more: Partial<m.Spot> = {}): m.Spot =>
  ({ id, name: id, category: "workplace", type: "desk", x, y, ...more })
const floor = (...spots: m.Spot[]): m.Drawn => ({ revision: 1, zones: [], spots })
const all = (d: m.Drawn): Set<string> => new Set(d.spots.map((s) => s.id))
const of = (d: m.Drawn): string[] => d.spots.map((s) => `${s.name} ${s.x} ${s.y}`)
let keys = 0
const key = (): string => `key-${keys++}`

test("names go on from the last number in them, as wide as it was, past what is taken", () => {
  assert.deepEqual(["3.09", "A9", "A-99", "Quiet", "007", "Desk 1 left"].map(next), ["3.10", "A10", "A-100", "Quiet 2", "008", "Desk 2 left"])
  assert.deepEqual(series("3.08", 3, new Set(["3.09"])), ["3.08", "3.10", "3.11"])
})

test("every step goes back and forth, and a row of nudges is one step", () => {
  let e = m.pick(m.begun(floor(desk("a", 0.1, 0.1))), ["a"])
  const begin = e.now
  for (let i = 0; i < 3; i++) e = m.done(e, m.move(e.now, e.picked, 0.01, 0), "nudge a")
  e = m.done(e, m.add(e.now, [desk("b", 0.5, 0.5)]))
  e = m.undo(e)
  assert.deepEqual(of(e.now), ["a 0.13 0.1"])
  assert.deepEqual(m.undo(e).now, begin)
  assert.equal(m.changed(m.undo(e)), false)
  assert.deepEqual(of(m.redo(m.redo(m.undo(e))).now), ["a 0.13 0.1", "b 0.5 0.5"])
  assert.deepEqual(m.redo(m.done(e, m.remove(e.now, new Set(["a"])))).now.spots, [], "what is done after an undo ends the way forth")
  assert.deepEqual([...m.undo(m.pick(m.done(e, m.add(e.now, [desk("c", 0, 0)])), ["a", "c"])).picked], ["a"])
})

test("what moves stays on the plan and keeps its shape", () => {
  const d = floor(desk("a", 0.1, 0.2), desk("b", 0.3, 0.2))
  assert.deepEqual(of(m.move(d, all(d), -0.5, 0.9)), ["a 0 1", "b 0.2 1"])
  assert.equal(m.move(d, new Set(), 0.1, 0.1), d)
})

test("twelve desks in two rows are two rows of six over their box", () => {
  const made = m.block(12, 2, { left: 0.1, top: 0.2, right: 0.6, bottom: 0.4 }, { type: "desk" }, series("3.01", 12, new Set()), key)
  assert.deepEqual(of(floor(...made)).filter((_, i) => [0, 5, 6, 11].includes(i)), ["3.01 0.1 0.2", "3.06 0.6 0.2", "3.07 0.1 0.4", "3.12 0.6 0.4"])
  assert.equal(m.block(7, 2, { left: 0, top: 0, right: 1, bottom: 1 }, { type: "seat" }, series("1", 7, new Set()), key).at(-1)!.y, 1)
  const one = m.block(1, 1, { left: 0.2, top: 0.2, right: 0.4, bottom: 0.4 }, { type: "seat" }, ["1"], key)[0]!
  assert.deepEqual([one.x, one.y], [0.3, 0.3])
})

test("several are aligned, spread, and named as one reads the plan", () => {
  const d = floor(desk("c", 0.5, 0.301), desk("a", 0.1, 0.3), desk("b", 0.2, 0.305), desk("d", 0.1, 0.6))
  assert.deepEqual(of(m.rename(d, all(d), "3.09")).sort(), ["3.09 0.1 0.3", "3.10 0.2 0.305", "3.11 0.5 0.301", "3.12 0.1 0.6"])
  const three = new Set(["a", "b", "c"])
  assert.deepEqual(new Set(m.align(d, three, "row").spots.filter((s) => three.has(s.id)).map((s) => s.y)), new Set([0.3025]))
  assert.deepEqual(m.distribute(d, three, "row").spots.map((s) => s.x), [0.5, 0.1, 0.3, 0.1])
})

test("copies have names of their own, and neither sensors nor whose they are", () => {
  const d = floor(desk("3.01", 0.1, 0.1, { sensors: ["x"], assigned: "mark" }), desk("3.02", 0.2, 0.1))
  const made = m.copies(d, all(d), 0.05, 0.05, key)
  assert.deepEqual(made.map((s) => [s.name, s.x, s.sensors, s.assigned]), [["3.03", 0.15, undefined, undefined], ["3.04", 0.25, undefined, undefined]])
})

test("somebody's own workplace isn't removed and becomes no room", () => {
  const d = floor(desk("a", 0, 0, { assigned: "mark" }), desk("b", 0, 0))
  assert.deepEqual(m.remove(d, all(d)).spots.map((s) => s.id), ["a"])
  assert.deepEqual(m.retype(d, all(d), "meeting_room").spots.map((s) => s.type), ["desk", "meeting_room"])
})

test("a zone is what lies within an outline, and its spots stay when it goes", () => {
  let d = floor(desk("in", 0.2, 0.2), desk("out", 0.8, 0.8), desk("notch", 0.5, 0.45))
  const outline = [[0, 0], [1, 0], [0.5, 0.4], [0, 0.9]].map(([x, y]) => ({ x: x!, y: y! }))
  assert.deepEqual(m.inside(d.spots, outline), ["in"])
  d = m.patch(m.zoned(d, { id: "z", name: "Quiet" }), new Set(["in"]), { zone: "z" })
  assert.deepEqual(m.unzoned(d, "z").spots.map((s) => s.zone), [undefined, undefined, undefined])
})

test("a drag ends in line with what is nearly in line", () => {
  const d = floor(desk("a", 0.1, 0.1), desk("b", 0.5, 0.3))
  const near = { x: 0.01, y: 0.01 }
  assert.deepEqual(m.snap(d, new Set(["a"]), { x: 0.1, y: 0.1 }, 0.395, 0.05, near), { dx: 0.4, dy: 0.05, column: 0.5, row: undefined })
})

test("what two people did comes together, and where both changed the same, mine stands and is told", () => {
  const base = floor(desk("a", 0.1, 0.1), desk("b", 0.2, 0.2), desk("c", 0.3, 0.3))
  const mine = m.move(m.add(base, [desk("mine", 0.9, 0.9)]), new Set(["a"]), 0.1, 0)
  let theirs: m.Drawn = { ...m.move(m.move(base, new Set(["a"]), 0, 0.1), new Set(["b"]), 0.1, 0), revision: 4 }
  theirs = m.remove(theirs, new Set(["c"]))
  const merged = merge(base, mine, theirs)
  assert.deepEqual(of(merged.floor).sort(), ["a 0.2 0.1", "b 0.3 0.2", "mine 0.9 0.9"])
  assert.deepEqual(merged.theirs.map((d) => `${d.name} ${d.what}`).sort(), ["b moved", "c removed"])
  assert.deepEqual(merged.both.map((d) => `${d.name} ${d.what}`), ["a moved"])
  assert.equal(merged.floor.revision, 4)
})

test("a save that came half-way is nobody else's change", () => {
  const base = floor(desk("a", 0.1, 0.1))
  const mine: m.Drawn = { ...m.add(base, [desk("key-1", 0.9, 0.9, { name: "new", zone: "key-z" })]), zones: [{ id: "key-z", name: "Quiet" }] }
  const halfway: m.Drawn = { revision: 3, zones: [{ id: "z", name: "Quiet" }], spots: [...base.spots, desk("id-1", 0.9, 0.9, { name: "new", zone: "z" })] }
  const merged = merge(base, mine, halfway)
  assert.deepEqual([merged.theirs, merged.both], [[], []])
  assert.deepEqual(merged.floor.spots.map((s) => [s.id, s.zone]), [["a", undefined], ["id-1", "z"]])
  assert.deepEqual([...idsOf(mine, halfway)].filter(([k, id]) => k !== id), [["key-1", "id-1"], ["key-z", "z"]])
})

test("a block lies in the middle of what is in sight, and is made wider and lower as a whole", () => {
  const box = m.blockIn(12, 2, { left: 0.2, top: 0, right: 0.8, bottom: 1 }, { x: 0.05, y: 0.1 })
  assert.deepEqual([box.left, box.top, box.right, box.bottom].map(m.round), [0.375, 0.45, 0.625, 0.55])
  const d = floor(desk("a", 0.4, 0.5), desk("b", 0.6, 0.5))
  assert.deepEqual(m.stretch(d, all(d), "row", 2).spots.map((s) => s.x), [0.3, 0.7])
  assert.deepEqual(m.stretch(d, all(d), "row", 99).spots.map((s) => s.x), [0, 1])
  assert.deepEqual(m.stretch(d, all(d), "column", 2).spots.map((s) => s.y), [0.5, 0.5])
})

test("names that clash are found before a save", () => {
  assert.deepEqual(m.clashing(floor(desk("A", 0, 0), desk("a", 0, 0), desk("b", 0, 0), desk("c", 0, 0, { name: " " }))).map((s) => s.id), ["A", "a", "c"])
})

test("a save leaves the steps back, in the ids that the server gave", () => {
  let e = m.begun(floor(desk("a", 0.1, 0.1)))
  e = m.done(e, m.add(e.now, [desk("key-1", 0.9, 0.9, { name: "new" })]))
  e = m.pick(m.done(e, m.move(e.now, new Set(["key-1"]), -0.1, 0)), ["key-1"])
  e = saved(e, { revision: 2, zones: [], spots: [desk("a", 0.1, 0.1), desk("id-1", 0.8, 0.9, { name: "new" })] })
  assert.equal(m.changed(e), false)
  assert.deepEqual([...e.picked], ["id-1"])
  assert.deepEqual(m.undo(e).now.spots.map((s) => [s.id, s.x]), [["a", 0.1], ["id-1", 0.9]])
})

test("the id of a sensor is found in what is printed on it", () => {
  for (const [code, id] of [
    ["LW:D0:1122334455667788:24E124535B316056:AABB1122", "24e124535b316056"], ["24-E1-24-53-5B-31-60-56", "24e124535b316056"],
    ["https://maker.example/d?eui=24E124535B316056&sn=9", "24e124535b316056"], [" desk-sensor-3 ", "desk-sensor-3"], ["no code!", ""],
  ]) assert.equal(sensorIn(code!), id)
})

test("a thousand spots are moved, undone and compared within a frame", () => {
  const d = floor(...Array.from({ length: 1000 }, (_, i) => desk(`s${i}`, (i % 40) / 40, Math.floor(i / 40) / 25)))
  let e = m.pick(m.begun(d), d.spots.slice(0, 100).map((s) => s.id))
  const began = performance.now()
  for (let i = 0; i < 100; i++) e = m.undo(m.done(e, m.move(e.now, e.picked, 0.001, 0)))
  assert.ok((performance.now() - began) / 100 < 16)
})
