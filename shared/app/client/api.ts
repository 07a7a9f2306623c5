// The one way to ask the server. Input is one object of path, query and body; types come from the server's own
// declarations (routes.d.ts).
import { language } from "./i18n"
import type { Routes } from "./routes"
import { guest, leave, over, token } from "./session"

export type Route = keyof Routes
export type In<R extends Route> = Routes[R]["in"]
export type Out<R extends Route> = Routes[R]["out"]

/** What went wrong, as RFC 9457 tells it, or that nothing could be reached. */
export class Problem extends Error {
  constructor(
    readonly kind: string, // "offline", or the last part of the problem's type
    readonly status: number,
    readonly detail: string,
    readonly body: Record<string, unknown> = {},
  ) {
    super(detail)
  }
}

interface Ask {
  key?: string // Idempotency-Key; one is made for each call
  signal?: AbortSignal
  file?: Blob // the body, where it is not JSON
  bearer?: string // the token, where it is not that of who is signed in
}

const attempts = 3
const problemBase = "/problems/"

// Keys of writes of which no answer came: the same asked again is the same write, and is made once.
const unsure = new Map<string, string>()

/** Asks, and where nothing answers or the server is busy asks the same again: every write is made once. */
export async function ask<R extends Route>(route: R, input: In<R>, how: Ask = {}): Promise<Out<R>> {
  const same = `${route} ${JSON.stringify(input)}`
  const key = how.key ?? unsure.get(same) ?? crypto.randomUUID()
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = (await once(route, input as Record<string, unknown>, { ...how, key })) as Out<R>
      unsure.delete(same)
      return answer
    } catch (error) {
      const unanswered = error instanceof Problem && (error.kind === "unavailable" || error.kind === "offline")
      if (unanswered && !route.startsWith("GET")) unsure.set(same, key)
      if (!unanswered || error.kind === "offline" && !navigator.onLine || attempt === attempts || how.signal?.aborted) throw error
      await new Promise((after) => setTimeout(after, 300 * attempt))
    }
  }
}

/** Ends this session at the server, or all that one has. A guest's pass is no session: it stays the guest's. */
export async function endSession(everywhere = false): Promise<void> {
  if (!guest()) await ask(everywhere ? "DELETE /sessions" : "DELETE /session", {})
}

const tags = new Map<string, { tag: string; answer: unknown }>()

/** Forgets what was asked and answered, when somebody else may sit here now. */
export function forget(): void {
  tags.clear()
  unsure.clear()
}

async function once(route: Route, input: Record<string, unknown>, how: Ask): Promise<unknown> {
  const [method, path] = route.split(" ") as [string, string]
  const rest = { ...input }
  const url = new URL(path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  }), location.origin)
  const headers: Record<string, string> = {}
  const reads = method === "GET" || method === "DELETE"
  for (const name of reads ? Object.keys(rest) : ["on_reservations"]) {
    const value = rest[name] // what to do about reservations is said in the query, of whatever is changed
    if (value != null && value !== "") url.searchParams.set(name, String(value))
    delete rest[name]
  }
  headers["Accept-Language"] = language.value // what is refused is told in it
  const used = how.bearer ?? token.value
  if (used) headers["Authorization"] = `Bearer ${used}`
  if (!reads) headers["Idempotency-Key"] = how.key ?? ""
  const known = method === "GET" ? tags.get(url.href) : undefined
  if (known) headers["If-None-Match"] = known.tag
  let body: BodyInit | undefined = how.file
  if (how.file) headers["Content-Type"] = how.file.type
  else if (!reads && Object.keys(rest).length > 0) {
    body = JSON.stringify(rest)
    headers["Content-Type"] = "application/json"
  }
  const leaving = method === "DELETE" // what is cancelled as somebody leaves is still sent
  const answer = await fetch(url, { method, headers, body, cache: "no-store", signal: how.signal, credentials: "omit", keepalive: leaving })
    .catch((error: Error) => {
      throw error.name === "AbortError" ? error : new Problem("offline", 0, "")
    })
  if (answer.status === 304 && known) return known.answer
  if (answer.status === 404 && used === token.value && !guest() && own.includes(route)) leave("gone")
  if (!answer.ok) throw await refused(answer, used)
  const value = await content(answer)
  const tag = answer.headers.get("ETag")
  if (tag && method === "GET") tags.set(url.href, { tag, answer: value })
  return value
}

async function content(answer: Response): Promise<unknown> {
  if (answer.status === 204) return undefined
  return answer.headers.get("Content-Type")?.includes("json") ? answer.json() : answer.blob()
}

// What a member always has, until the registration is erased: its sessions then end within the minute.
const own: Route[] = ["GET /me", "GET /me/today", "GET /me/access", "GET /me/overview"]

// What API Gateway says by itself has no problem in it.
const gateway: Record<number, string> = { 429: "too-many", 502: "unavailable", 503: "unavailable", 504: "unavailable" }

async function refused(answer: Response, used: string): Promise<Problem> {
  const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>
  const type = String(body["type"] ?? "")
  const kind = type.includes(problemBase) ? type.slice(type.lastIndexOf("/") + 1) : gateway[answer.status] ?? `http-${answer.status}`
  if (body["session"] === "over" && used === token.value) over() // a wrong code is a 401 too
  return new Problem(kind, answer.status, String(body["detail"] ?? ""), body)
}
