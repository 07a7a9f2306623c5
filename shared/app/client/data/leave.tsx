// Taking everything with one, and the way out.
import { useSignal } from "@preact/signals"
import { ask, Problem } from "../api"
import { save } from "../file"
import { language, texts } from "../i18n"
import { sentence } from "../problems"
import { guest, leave } from "../session"
import { Button, Notice, Sheet } from "../ui"
import type { Act, Overview } from "./own"
import words from "./leave.json"

declare const LICENCES: string // the file with the terms of what the app is made of

const t = texts(words)

export function Take({ overview, act }: { overview: Overview; act: Act }) {
  const soonAgain = useSignal(false)
  const mail = (): Promise<boolean> => act(async () => {
    try {
      await ask("POST /me/overview", {})
    } catch (error) {
      soonAgain.value = error instanceof Problem && error.status === 429
      if (!soonAgain.value) throw error
    }
  }, t("mailed"))
  const download = (): void => save(new Blob([JSON.stringify(overview, null, 2)], { type: "application/json" }), "iotspot.json")
  return (
    <section class="stack near">
      <h2>{t("take")}</h2>
      {soonAgain.value && <Notice>{t("mailsoon")}</Notice>}
      {!guest() && <Button look="do" wide large icon="mail" onClick={() => void mail()}>{t("mail")}</Button>}
      <Button wide onClick={download}>{t("download")}</Button>
      <a class="button plain wide" href={`/statement?language=${language.value}`} target="_blank" rel="noreferrer noopener">{t("statement")}</a>
      <a class="button plain wide" href={LICENCES} target="_blank" rel="noreferrer noopener">{t("licences")}</a>
    </section>
  )
}

/** Withdrawing the consent ends the registration: it is one and the same (2.consent, 7.erase). */
export function Erase() {
  const asking = useSignal(false)
  const busy = useSignal(false)
  const wrong = useSignal("")
  const erase = async (): Promise<void> => {
    busy.value = true
    try {
      await ask("POST /me/erasure", { confirm: true })
      leave("erased")
    } catch (error) {
      wrong.value = sentence(error)
      busy.value = false
    }
  }
  return (
    <section class="stack near">
      <h2>{t("leave")}</h2>
      <p class="quiet">{t("leaveabout")}</p>
      <Button look="stop" wide onClick={() => { asking.value = true }}>{t("erase")}</Button>
      {asking.value && (
        <Sheet title={t("erasetitle")} onClose={() => { asking.value = false }}>
          <ul class="stack near plainly">{(guest() ? ["two", "three", "five"] as const : ["one", "two", "three", "stays", "four", "five"] as const).map((n) => <li key={n}>{t(`e.${n}`)}</li>)}</ul>
          {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
          <Button look="stop" wide large busy={busy.value} onClick={() => void erase()}>{t("eraseyes")}</Button>
          <Button look="plain" wide onClick={() => { asking.value = false }}>{t("eraseno")}</Button>
        </Sheet>
      )}
    </section>
  )
}
