// What a display knows: its token, which is kept on the device since nobody's hands are near when the power comes back,
// and what it shows, which is in memory alone. It is for one place, and is nobody's.
import { signal } from "@preact/signals"
import { Problem, type Out } from "../api"
import { language } from "../i18n"
import { learn, now } from "../time"

export type View = Out<"GET /display">
export type Spot = NonNullable<View["spot"]>

const place = "iotspot.display"

function stored<T>(use: (store: Storage) => T, otherwise: T): T {
  try {
    return use(localStorage)
  } catch {
    return otherwise // blocked: it is paired until it is closed
  }
}

export const token = signal(stored((store) => store.getItem(place), null) ?? "")
export const view = signal<View | undefined>(undefined)
/** When the server was last heard, and whether its last answer was that the place is not there any more. */
export const heard = signal<Date | undefined>(undefined)
export const gone = signal(false)

export function paired(opened: string): void {
  token.value = opened
  stored((store) => store.setItem(place, opened), undefined)
}

function revoked(): void {
  token.value = ""
  view.value = heard.value = undefined
  gone.value = false
  stored((store) => store.removeItem(place), undefined)
}

/** Asks the server as this display, once. */
export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { "Accept-Language": language.value }
  if (token.value) headers["Authorization"] = `Bearer ${token.value}`
  if (method === "POST") headers["Idempotency-Key"] = crypto.randomUUID()
  if (body) headers["Content-Type"] = "application/json"
  const answer = await fetch(path, { method, headers, body: body ? JSON.stringify(body) : undefined, cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(10_000) })
    .catch(() => { throw new Problem("offline", 0, "") })
  if (answer.ok) return (answer.status === 204 ? undefined : answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : await answer.blob()) as T
  const told = (await answer.json().catch(() => ({}))) as Record<string, unknown>
  if (told["session"] === "over" && token.value) revoked()
  throw new Problem(String(told["type"] ?? "").split("/problems/")[1] ?? "unavailable", answer.status, String(told["detail"] ?? ""), told)
}

/** Looks what is to be shown. Where nothing answers, what is shown stays as long as it may: see forget. */
export async function look(): Promise<void> {
  try {
    const found = await call<View>("GET", "/display")
    learn(found.at)
    gone.value = false
    heard.value = now()
    view.value = found
  } catch (error) {
    gone.value = error instanceof Problem && error.kind === "not-found"
    if (gone.value) view.value = undefined
  }
}

/** What names and titles may be shown for without contact, in milliseconds. */
const unheard = 60_000

/** The moment that the screen shows. What is drawn of it is drawn anew each second, also where nothing is heard. */
export const moment = signal(now())

export function moveOn(): void {
  moment.value = now()
  forget()
}

/** Drops names and titles after 60 s without contact, and the rest when the day ends. */
function forget(): void {
  const shown = view.value
  if (!shown || !heard.value) return
  const at = moment.value
  if (at >= new Date(shown.day_ends)) view.value = undefined
  else if (at.getTime() - heard.value.getTime() >= unheard && shown.spot?.coming.some((c) => c.name || c.title)) {
    view.value = { ...shown, spot: { ...shown.spot, coming: shown.spot.coming.map(({ from, to }) => ({ from, to })) } }
  }
}

/** Whether nothing has been heard for so long that what is shown is a guess. */
export const silent = (): boolean => !heard.value || moment.value.getTime() - heard.value.getTime() >= unheard
