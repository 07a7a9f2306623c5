// What the staff's screens share: which kinds are asked for, the words to write down, and what is shown then.
import type { Signal } from "@preact/signals"
import type { ComponentChildren } from "preact"
import type { Out } from "../api"
import { capital, language, texts } from "../i18n"
import { momentIn } from "../time"
import { Field, Tick } from "../ui"
import words from "./parts.json"

const t = texts(words)

/** The zone of the device, in which moments are told that no location has. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

export interface Choice { clause: string; what: string }

/** The kinds that are asked for: no more than the reason needs. */
export function Kinds({ all, chosen }: { all: Choice[]; chosen: Signal<string[]> }) {
  const turn = (clause: string, on: boolean): void => {
    chosen.value = on ? [...chosen.value, clause] : chosen.value.filter((c) => c !== clause)
  }
  return (
    <fieldset class="stack near">
      <legend>{t("kinds", { n: chosen.value.length })}</legend>
      {all.map(({ clause, what }) => <Tick key={clause} checked={chosen.value.includes(clause)} onChange={(on) => turn(clause, on)}>{capital(what)}</Tick>)}
    </fieldset>
  )
}

interface LineProps { label: string; hint?: string; at?: string; of: Signal<string>; type?: "date"; most?: number }

export function Line({ label, hint, at, of, type, most = 500 }: LineProps) {
  return <Field label={label} hint={hint} wrong={at} type={type} maxLength={type ? undefined : most} value={of.value} onInput={(event) => { of.value = event.currentTarget.value }} />
}

/** What was done stays on the screen, below the button: nothing more is said of it. */
export const stays = (): void => undefined

/** Who is meant, by an address or by the ids of a registration. */
export function whom(typed: string): { email?: string; registration?: string } {
  const text = typed.trim()
  return /^[a-z2-7]{32}$/.test(text) ? { registration: text } : { email: text }
}

export type Section = Out<"GET /staff/me">["kinds"][number]

/** Kinds with what is kept of each, under headings of the level that the screen has come to. */
export function Sections({ of, heading: Heading = "h3" }: { of: Section[]; heading?: "h2" | "h3" }) {
  return (
    <ul class="card list asked">
      {of.map((kind) => (
        <li key={kind.clause} class="stack near">
          <Heading>{capital(kind.what[language.value])}</Heading>
          {kind.values.length === 0 && <p class="quiet">{t("empty")}</p>}
          <ul class="values">
            {kind.values.filter((value) => !value.silent).map((value, i) => (
              <li key={i} class="wrapped">
                {value.label?.[language.value] && <span class="quiet small">{capital(value.label[language.value])} </span>}
                {value.read[language.value]}
                {value.gone_at && <span class="quiet small"> · {t("until", { when: momentIn(zone, value.gone_at) })}</span>}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

/** What was shown, below what it was asked with. */
export function Shown({ title, at, children }: { title: string; at: string; children: ComponentChildren }) {
  return (
    <section class="stack" aria-label={title}>
      <h2>{title}</h2>
      <p class="quiet" role="status">{t("recorded", { when: momentIn(zone, at) })}</p>
      {children}
    </section>
  )
}
