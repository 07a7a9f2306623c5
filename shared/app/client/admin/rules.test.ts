import assert from "node:assert/strict"
import { test } from "node:test"
import { hoursIn, hoursOf, inForce } from "./rules"

const place = { horizon_days: 60, daily_quota: 4 }

test("of what is said for all, a category and a type the strictest is in force, with the location's own", () => {
  const limits = [{ horizon_days: 90, shortest_minutes: 30 }, { for: "room", horizon_days: 30, shortest_minutes: 15, after_minutes: 15 }, { for: "meeting_room", per_day: 2, after_minutes: 30 }] as const
  const rules = { limits: limits.map((l) => ({ ...l })) }
  assert.deepEqual(inForce(place, rules, "desk"), { horizon_days: 60, per_day: 4, shortest_minutes: 30 })
  assert.deepEqual(inForce(place, rules, "classroom"), { horizon_days: 30, per_day: 4, shortest_minutes: 30, after_minutes: 15 })
  assert.deepEqual(inForce(place, rules, "meeting_room"), { horizon_days: 30, per_day: 2, shortest_minutes: 30, after_minutes: 30 })
})

test("hours are read as people type them, and what can't be read is told from what is left open", () => {
  assert.deepEqual(hoursIn("9-12:30, 13.30 – 17"), [{ from: "09:00", to: "12:30" }, { from: "13:30", to: "17:00" }])
  assert.equal(hoursIn("  "), undefined)
  for (const text of ["nine to five", "9-", "9:0-10", "9-12 13-17"]) assert.equal(hoursIn(text), null, text)
  assert.deepEqual(hoursIn(hoursOf([{ from: "22:00", to: "06:00" }])), [{ from: "22:00", to: "06:00" }])
})
