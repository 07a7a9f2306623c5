// Where one is: #/floor/abc?date=2026-11-27. All of it stands behind the #, so that no id reaches the server's log.
import { signal } from "@preact/signals"

export interface Place {
  screen: string
  id: string
  query: URLSearchParams
}

/** An id as it was before it was put into an address; what no address can hold is nobody's id. */
function idOf(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function read(): Place {
  const [path = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?")
  const [screen = "", id = ""] = path.split("/")
  return { screen: screen || "today", id: idOf(id), query: new URLSearchParams(query) }
}

export const place = signal(read())

/** The address of a screen, for a link. */
export function to(screen: string, id = "", query: Record<string, string | undefined> = {}): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]))
  const text = new URLSearchParams(given).toString()
  return `#/${screen === "today" ? "" : screen}${id ? `/${encodeURIComponent(id)}` : ""}${text ? `?${text}` : ""}`
}

export function go(address: string): void {
  location.hash = address
}

/** Puts another address in place of this one, without a step back to it. */
export function replace(address: string): void {
  history.replaceState(null, "", address)
  place.value = read()
}

addEventListener("hashchange", () => {
  place.value = read()
})
