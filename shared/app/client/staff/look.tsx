// A look at a person or at a customer, for a reason that they read (6.confidential).
import { useSignal } from "@preact/signals"
import { ask, type In, type Out } from "../api"
import { useAct } from "../act"
import { capital, language, texts } from "../i18n"
import { Wrong } from "../problems"
import { customers } from "../register"
import { kindsOf } from "../statement"
import { Bones, Button, Notice, useLoaded } from "../ui"
import { call } from "./desk"
import words from "./look.json"
import { Kinds, Line, Sections, Shown, stays, whom, type Choice } from "./parts"

const t = texts(words)

/** The kinds of data of people, in their words. */
export function useKinds(): { all?: Choice[]; wrong: unknown; again: () => void } {
  const statement = useLoaded((signal) => ask("GET /statement/version", { language: language.value }, { signal }), [language.value])
  return { all: statement.value && kindsOf(statement.value), wrong: statement.wrong, again: () => void statement.again() }
}

export function AtPerson() {
  const kinds = useKinds()
  const who = useSignal("")
  const reason = useSignal("")
  const chosen = useSignal<string[]>([])
  const found = useSignal<Out<"POST /staff/looks"> | undefined>(undefined)
  const { busy, wrong, at, act } = useAct(["/email", "/registration", "/reason"], stays)
  const look = async (event: Event): Promise<void> => {
    event.preventDefault()
    found.value = undefined
    await act(async () => {
      found.value = await call("POST /staff/looks", { ...whom(who.value), kinds: chosen.value as In<"POST /staff/looks">["kinds"], reason: reason.value.trim() })
    }, "")
  }
  if (!kinds.all) return kinds.wrong ? <Wrong error={kinds.wrong} again={kinds.again} /> : <Bones />
  return (
    <>
      <Notice>{t("seenbyperson")}</Notice>
      <form class="stack" noValidate onSubmit={look}>
        <Line label={t("person")} hint={t("personhint")} at={at("/email") ?? at("/registration")} of={who} most={300} />
        <Line label={t("reason")} hint={t("reasonhint")} at={at("/reason")} of={reason} />
        <Kinds all={kinds.all} chosen={chosen} />
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        <Button type="submit" look="do" wide large busy={busy} disabled={chosen.value.length === 0}>{t("look")}</Button>
      </form>
      {found.value && <Shown title={t("found")} at={found.value.looked_at}><Sections of={found.value.kinds} /></Shown>}
    </>
  )
}

const ofCustomers: () => Choice[] = () => Object.entries(customers).filter(([clause]) => clause.startsWith("3")).map(([clause, what]) => ({ clause, what: what[language.value] }))

export function AtAccount() {
  const which = useSignal("")
  const reason = useSignal("")
  const chosen = useSignal<string[]>([])
  const found = useSignal<Out<"POST /staff/account-looks"> | undefined>(undefined)
  const { busy, wrong, at, act } = useAct(["/account", "/domain", "/reason"], stays)
  const look = async (event: Event): Promise<void> => {
    event.preventDefault()
    found.value = undefined
    const text = which.value.trim()
    await act(async () => {
      found.value = await call("POST /staff/account-looks", { ...(text.includes(".") ? { domain: text } : { account: text }), kinds: chosen.value as In<"POST /staff/account-looks">["kinds"], reason: reason.value.trim() })
    }, "")
  }
  return (
    <>
      <Notice>{t("seenbyaccount")}</Notice>
      <form class="stack" noValidate onSubmit={look}>
        <Line label={t("account")} hint={t("accounthint")} at={at("/account") ?? at("/domain")} of={which} most={253} />
        <Line label={t("reason")} hint={t("reasonhint")} at={at("/reason")} of={reason} />
        <Kinds all={ofCustomers()} chosen={chosen} />
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        <Button type="submit" look="do" wide large busy={busy} disabled={chosen.value.length === 0}>{t("look")}</Button>
      </form>
      {found.value && (
        <Shown title={t("found")} at={found.value.looked_at}>
          <ul class="card list asked">
            {found.value.kinds.map((kind) => (
              <li key={kind.clause} class="stack near">
                <h3>{capital(kind.what[language.value])}</h3>
                <ul class="values">{kind.values.map((value, i) => <li key={i} class="wrapped">{written(value)}</li>)}</ul>
              </li>
            ))}
          </ul>
        </Shown>
      )}
    </>
  )
}

/** A value of a customer's as text, whatever its shape. */
function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join(", ")
  if (value && typeof value === "object") return Object.entries(value).filter(([, of]) => of !== "").map(([name, of]) => `${name}: ${written(of)}`).join("; ")
  return String(value)
}
