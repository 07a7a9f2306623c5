// What the parts of My data share: the registration, or what is kept of a guest, and how either is changed.
import { ask, type In, type Out } from "../api"
import { speak, type Language } from "../i18n"
import { guest } from "../session"

export type Overview = Out<"GET /me/overview">
export type Kind = Overview["kinds"][number]
export type Value = Kind["values"][number]
export type Profile = Pick<Out<"GET /me">, "shield" | "objections"> & Partial<Out<"GET /me"> & Pick<Out<"GET /me/pass">, "current_version">>

/** Does something, says that it is done, and shows everything anew; false when it was refused. */
export type Act = (what: () => Promise<unknown>, done: string) => Promise<boolean>

export async function own(signal: AbortSignal): Promise<Profile> {
  const found = guest() ? await ask("GET /me/pass", {}, { signal }) : await ask("GET /me", {}, { signal })
  speak(found.language)
  return found as Profile
}

/** Whether the statement in force was agreed to. Until then one objects, ends and erases, and nothing else is changed. */
export const agreed = (mine: Profile): boolean =>
  mine.consent !== undefined && mine.consent.version === (mine.consent.current_version ?? mine.current_version)

interface Patch { shield?: Profile["shield"]; objections?: Profile["objections"]; language?: Language }

export const patch = (change: Patch): Promise<unknown> =>
  guest() ? ask("PATCH /me/pass", change as In<"PATCH /me/pass">) : ask("PATCH /me", change)

/** The zone of the device, in which moments are told that no location has. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
