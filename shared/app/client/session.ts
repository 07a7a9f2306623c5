// Who is signed in. The token is in memory, and on the device only where the person chose so (9.cache); beside it is then
// their language, for the first thing that the app shows.
import { batch, effect, signal } from "@preact/signals"
import { language, speak, type Language } from "./i18n"

const place = "iotspot.session", tongue = "iotspot.language"

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

const spoken = kept.value && stored((store) => store.getItem(tongue), null)
if (spoken) speak(spoken as Language)
effect(() => {
  const chosen = language.value
  if (kept.value) stored((store) => store.setItem(tongue, chosen), undefined)
})

/** Nothing says the language of who came with a pass: the first answer does. */
export function signIn(opened: string, keep: boolean, known?: Language): void {
  ended.value = ""
  token.value = opened
  speak(known)
  keepOnDevice(keep)
}

export function keepOnDevice(keep: boolean): void {
  kept.value = stored((store) => {
    if (keep) store.setItem(place, token.value)
    else for (const name of [place, tongue]) store.removeItem(name)
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
