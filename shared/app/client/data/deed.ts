// What can be done about one value where it stands, beside what can be done about its kind.
import { ask } from "../api"
import { guest } from "../session"
import type { Value } from "./own"

export interface Deed {
  /** What is ended can be before the statement in force is agreed to. */
  called: "remove" | "end" | "wrong" | "laydown"
  do: () => Promise<unknown>
}

/** What a value of a kind leads to; each is an operation that the register names for that kind. */
export function deed(clause: string, value: Value): Deed | undefined {
  const v = value.value as Record<string, string>
  const one = `${clause} ${value.name}`
  switch (one) {
    case "4.c.1 favourite": return { called: "remove", do: () => ask("DELETE /me/favourites/spots/{spot}", { spot: v["spot"]! }) }
    case "4.d.4 presence": return !v["checked_in_at"] && !v["ended_at"] ? undefined : { called: "wrong", do: () => ask("DELETE /reservations/{reservation}/presence", { reservation: v["id"]! }) }
    case "4.f.4 title": return { called: "remove", do: () => ask("PUT /reservations/{reservation}/title", { reservation: v["id"]! }) }
  }
  if (guest()) return undefined
  switch (one) {
    case "4.d.1 officer_confirmed": return { called: "laydown", do: () => ask("DELETE /me/records/{record}", { record: "officer" }) }
    case "4.d.1 role": return value.value === "user" ? undefined : { called: "laydown", do: () => ask("DELETE /me/records/{record}", { record: "role" }) }
    case "4.f.1 delegate": return { called: "end", do: () => ask("DELETE /me/delegates/{colleague}", { colleague: v["colleague"]! }) }
    case "4.f.1 principal": return { called: "end", do: () => ask("DELETE /me/principals/{colleague}", { colleague: v["colleague"]! }) }
    case "4.f.1 assigned workplace": return { called: "end", do: () => ask("DELETE /me/workplaces/{workplace}", { workplace: v["spot"]! }) }
    case "4.f.1 group that one is in": return { called: "end", do: () => ask("DELETE /me/groups/{group}", { group: v["group"]! }) }
    case "4.f.1 reminders": return { called: "remove", do: () => ask("PATCH /me", { reminders: false }) }
    case "4.f.1 calendar_mails": return { called: "end", do: () => ask("PATCH /me", { calendar_mails: false }) }
    case "4.f.1 name_at_room": return { called: "end", do: () => ask("PATCH /me", { name_at_room: false }) }
    case "4.f.3 place in line": return { called: "end", do: () => ask("DELETE /me/waitlist/{place}", { place: v["place"]! }) }
    case "4.f.5 made_on": return { called: "end", do: () => ask("DELETE /me/calendar-feed", {}) }
    case "4.f.2 day away": return { called: "remove", do: () => ask("DELETE /me/away", span(value.value as string)) }
    case "4.f.2 day for which a workplace was given free": return { called: "remove", do: () => ask("DELETE /me/workplaces/{workplace}/released", { workplace: v["spot"]!, ...span(v["date"]!) }) }
  }
  return undefined
}

const span = (date: string) => ({ from: date, to: date })
