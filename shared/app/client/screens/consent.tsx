// A statement that changed: nothing but one's own data opens until it is agreed to (2.consent, 13.versions).
import { useSignal } from "@preact/signals"
import { ask } from "../api"
import { own } from "../data/own"
import { language, texts } from "../i18n"
import { consentNeeded, sentence, Wrong } from "../problems"
import { to } from "../route"
import { guest } from "../session"
import { Kinds, kindsOf } from "../statement"
import { fullDate } from "../time"
import { Bones, Button, Notice, Tick, Title, useLoaded } from "../ui"
import words from "./consent.json"

const t = texts(words)

export default function Consent() {
  const statement = useLoaded(async (signal) => {
    await own(signal) // whose language is that of the statement
    return ask("GET /statement/version", { language: language.peek() }, { signal })
  }, [])
  const agreed = useSignal(false)
  const busy = useSignal(false)
  const wrong = useSignal("")
  const shown = statement.value
  const agree = async (): Promise<void> => {
    if (!shown) return
    if (!agreed.value) { wrong.value = t("first"); return }
    busy.value = true
    try {
      await ask("POST /me/consents", { version: shown.version, agreed: true, language: language.value })
      consentNeeded.value = ""
    } catch (error) {
      wrong.value = sentence(error)
    }
    busy.value = false
  }
  return (
    <main class="screen stack far">
      <div class="stack">
        <Title>{t(guest() ? "guest" : "title")}</Title>
        <p class="quiet">{t(guest() ? "guestabout" : "about")}</p>
      </div>
      <Wrong error={statement.wrong} again={() => void statement.again()} />
      {!shown && !statement.wrong && <Bones n={1} />}
      {shown && (
        <div class="stack">
          <Kinds of={shown} title={t("kinds", { n: kindsOf(shown).length })} whole={t("whole", { day: fullDate(shown.version) })} />
          <Tick checked={agreed.value} onChange={(on) => { agreed.value = on; wrong.value = "" }}>{t("agreetext", { day: fullDate(shown.version) })}</Tick>
          {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
          <Button look="do" wide large busy={busy.value} onClick={() => void agree()}>{t("agree")}</Button>
          <a class="button plain wide" href={to("data")}>{t("data")}</a>
        </div>
      )}
    </main>
  )
}
