// What one is and where one may go, in one answer, which also tells the right time and one's language.
import { ask, type Out } from "./api"
import { speak } from "./i18n"
import { learn } from "./time"

export type Access = Out<"GET /me/access">
export type Location = Access["locations"][number]

export async function access(signal: AbortSignal): Promise<Access> {
  const found = await ask("GET /me/access", {}, { signal })
  learn(found.now)
  speak(found.language) // a guest's Today tells it
  return found
}
