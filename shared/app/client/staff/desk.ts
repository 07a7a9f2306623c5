// The operator's staff, apart from everybody else. Their session lasts an hour and is in memory alone.
import { signal } from "@preact/signals"
import { ask, Problem, type In, type Out, type Route } from "../api"

export const token = signal("")
/** Who signed in, for the name of a passkey. */
export const email = signal("")
/** Why one is not signed in any more. */
export const ended = signal<"" | "over" | "out">("")

export function enter(opened: string): void {
  ended.value = ""
  token.value = opened
}

export function leave(why: "over" | "out"): void {
  token.value = ""
  ended.value = why
}

/** Asks as staff, or as nobody before one has signed in. */
export async function call<R extends Route>(route: R, input: In<R>, signal?: AbortSignal): Promise<Out<R>> {
  const used = token.value
  try {
    return await ask(route, input, { bearer: used, signal })
  } catch (error) {
    if (used && used === token.value && error instanceof Problem && error.body["session"] === "over") leave("over")
    throw error
  }
}
