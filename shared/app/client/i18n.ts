// Texts in two languages, which lie beside the code that shows them: today.json beside screens/today.tsx.
import { signal } from "@preact/signals"

export type Language = "nl" | "en"
type Words = Record<string, { nl: string; en: string }>
type Values = Record<string, string | number>

/** The person's language as soon as that is known; until then what their browser says. */
export const language = signal<Language>(navigator.language.startsWith("nl") ? "nl" : "en")

/** Speaks it from now on, where an answer tells one: that of a server from before a deployment doesn't. */
export function speak(chosen: Language | undefined): void {
  if (!chosen) return
  language.value = chosen
  document.documentElement.lang = chosen
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** How numbers and dates are written: as in the person's language, by its country's habit. */
export const locale = (): string => (language.value === "nl" ? "nl-NL" : "en-GB")

/** The texts of one file. "one|many" is chosen by {n}; other {names} are filled in. */
export function texts<W extends Words>(words: W): (name: keyof W, values?: Values) => string {
  return (name, values = {}) => {
    const [one, many] = words[name]![language.value].split("|") as [string, string?]
    const text = many !== undefined && values["n"] !== 1 ? many : one
    return text.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ""))
  }
}
