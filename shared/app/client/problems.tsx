// What went wrong, in one sentence that also says what can be done. Nothing that was typed is lost meanwhile.
import { signal } from "@preact/signals"
import { Problem } from "./api"
import { capital, texts } from "./i18n"
import words from "./problems.json"
import { Notice } from "./ui"

const t = texts(words)

/** The version of the statement that has to be agreed to before anything but one's own data opens. */
export const consentNeeded = signal("")

/** The sentence of an error. Where the server knows more than the kind, its words are in the person's language. */
export function sentence(error: unknown): string {
  if (!(error instanceof Problem)) return t("unknown")
  if (error.kind === "consent") consentNeeded.value = String(error.body["version"] ?? "new")
  const key = `p.${error.kind}`
  const ours = key in words ? t(`p.${error.kind}` as keyof typeof words) : error.status === 429 ? t("p.too-many") : t("unknown")
  const theirs = ["conflict", "unprocessable", "malformed", "too-many"].includes(error.kind) ? error.detail : ""
  return theirs ? capital(theirs) + "." : ours
}

/** What is wrong with one field, or one line of a file. */
export interface Fault { pointer: string; detail: string; accepted?: string }

export const faults = (error: unknown): Fault[] => error instanceof Problem ? (error.body["fields"] as Fault[] | undefined) ?? [] : []

/** What is wrong with it, and what would be right. */
export const told = ({ detail, accepted }: Fault): string => `${capital(detail)}.${accepted ? ` ${t("accepted", { what: accepted })}` : ""}`

/** What was refused, by the first part of what was sent that is wrong, where one is named. */
export function reason(error: unknown): string {
  const [fault] = faults(error)
  return fault ? told(fault) : sentence(error)
}

/** The notice of an error, with the button that tries again. */
export function Wrong({ error, again }: { error: unknown; again?: () => void }) {
  return error === undefined ? null : <Notice tone="bad" action={again && t("again")} onAction={again}>{sentence(error)}</Notice>
}
