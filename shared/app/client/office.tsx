// The office's own parts, for who manages it.
import { texts } from "./i18n"
import { to } from "./route"
import words from "./office.json"

const t = texts(words)

const parts = ["admin", "plans", "figures"] as const // a screen each, in the order in which they are shown
export type Part = (typeof parts)[number]

/** The way between the parts, once there are more than one. */
export function Office({ here }: { here: Part }) {
  return (
    <nav class="chips" aria-label={t("office")}>
      <a class="chip" href={to("floor")}>{t("floor")}</a>
      {parts.map((part) => <a key={part} class="chip" href={to(part)} aria-current={part === here ? "page" : undefined}>{t(`part.${part}`)}</a>)}
    </nav>
  )
}
