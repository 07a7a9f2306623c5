// Who is signed in. The token is in memory, and on the device only where the person chose so (9.cache).
import { batch, signal } from "@preact/signals"

const place = "iotspot.session"

/** The device's storage, or nothing where it is blocked: the app then works until it is closed. */
function stored<T>(use: (store: Storage) => T, otherwise: T): T {
  try {
    return use(localStorage)
  } catch {
    return otherwise
  }
}

export const token = signal(stored((store) => store.getItem(place), null) ?? "")

/** Why the person is not signed in any more, to be said at the start. */
export const ended = signal<"" | "over" | "erased" | "gone" | "out">("")

/** Whether the token is kept on this device. */
export const kept = signal(token.value !== "")

export function signIn(opened: string, keep: boolean): void {
  ended.value = ""
  token.value = opened
  keepOnDevice(keep)
}

export function keepOnDevice(keep: boolean): void {
  kept.value = stored((store) => {
    if (keep) store.setItem(place, token.value)
    else store.removeItem(place)
    return keep
  }, false)
}

/** Ends it here; the server has been told, or told us. */
export function leave(why: "over" | "erased" | "gone" | "out"): void {
  batch(() => {
    token.value = ""
    keepOnDevice(false)
    ended.value = why
  })
}

/** Whether somebody came with a guest's pass, which is a letter longer than a session's token. */
export const guest = (): boolean => token.value.length === 65

/** The registration or guest whose token it is: whoever signs in again is the same person, or another. */
export const holder = (of: string): string => (of.length === 65 ? of.slice(1, 33) : of.slice(0, 32))

export function over(): void {
  if (token.value) leave("over")
}
