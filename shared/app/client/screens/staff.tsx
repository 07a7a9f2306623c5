// The operator's own staff: their door, and what they may do behind it. They are outside of every customer.
import type { ComponentType } from "preact"
import { language, speak, texts } from "../i18n"
import { sentence, Wrong } from "../problems"
import { place, to } from "../route"
import { call, leave, token } from "../staff/desk"
import { Disclose } from "../staff/disclose"
import { Enter } from "../staff/enter"
import { Keys } from "../staff/keys"
import { AtAccount, AtPerson } from "../staff/look"
import { Sections } from "../staff/parts"
import { Bones, Button, say, Title, useLoaded } from "../ui"
import words from "./staff.json"

const t = texts(words)

type Part = "person" | "account" | "disclose" | "keys" | "me"
const parts: Record<Part, ComponentType> = { person: AtPerson, account: AtAccount, disclose: Disclose, keys: Keys, me: Me }

export default function Staff() {
  return token.value ? <Desk /> : <Enter />
}

function Desk() {
  const part: Part = Object.hasOwn(parts, place.value.id) ? (place.value.id as Part) : "person"
  const Shown = parts[part]
  const out = async (): Promise<void> => {
    try {
      await call("DELETE /staff/session", {})
      leave("out")
    } catch (error) {
      if (token.peek()) say(sentence(error))
    }
  }
  return (
    <main class="screen stack far">
      <div class="row apart">
        <strong class="brand">iotspot</strong>
        <span class="row">
          <Button look="plain" lang={language.value === "nl" ? "en" : "nl"} onClick={() => speak(language.value === "nl" ? "en" : "nl")}>{t("language")}</Button>
          <Button look="plain" onClick={() => void out()}>{t("signout")}</Button>
        </span>
      </div>
      <nav class="parts" aria-label={t("menu")}>
        {(Object.keys(parts) as Part[]).map((name) => <a key={name} class="button" href={to("staff", name)} aria-current={name === part ? "page" : undefined}>{t(`part.${name}`)}</a>)}
      </nav>
      <Title key={part}>{t(`title.${part}`)}</Title>
      <Shown key={part} />
    </main>
  )
}

function Me() {
  const own = useLoaded((signal) => call("GET /staff/me", {}, signal), [])
  if (!own.value) return own.wrong ? <Wrong error={own.wrong} again={() => void own.again()} /> : <Bones />
  return (
    <>
      <p class="quiet">{t("aboutme")}</p>
      <Sections of={own.value.kinds} heading="h2" />
    </>
  )
}
