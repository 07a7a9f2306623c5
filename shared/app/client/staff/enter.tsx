// Staff sign in with a code by mail and a passkey; the first passkey is made with a secret that the operator hands over.
import { useSignal } from "@preact/signals"
import { Problem, type Out } from "../api"
import { language, speak, texts } from "../i18n"
import { sentence } from "../problems"
import { Button, Field, Notice, Tick, Title } from "../ui"
import { call, email, ended, enter } from "./desk"
import words from "./enter.json"
import { make, sign } from "./passkey"

const t = texts(words)

type Asked = Out<"POST /staff/sign-ins">

export function Enter() {
  const asked = useSignal<Asked | undefined>(undefined)
  return (
    <main class="screen alone stack far">
      <div class="row apart">
        <strong class="brand">iotspot</strong>
        <Button look="plain" lang={language.value === "nl" ? "en" : "nl"} onClick={() => speak(language.value === "nl" ? "en" : "nl")}>{t("language")}</Button>
      </div>
      {asked.value ? <Prove asked={asked.value} onBack={() => { asked.value = undefined }} /> : <Address onAsked={(next) => { asked.value = next }} />}
    </main>
  )
}

function Address({ onAsked }: { onAsked: (asked: Asked) => void }) {
  const busy = useSignal(false)
  const wrong = useSignal("")
  const send = async (event: Event): Promise<void> => {
    event.preventDefault()
    busy.value = true
    try {
      onAsked(await call("POST /staff/sign-ins", { email: email.value.trim() }))
    } catch (error) {
      wrong.value = sentence(error)
    }
    busy.value = false
  }
  return (
    <form class="stack" noValidate onSubmit={send}>
      <Title>{t("title")}</Title>
      {ended.value ? <Notice tone={ended.value === "out" ? "good" : undefined}>{t(`ended.${ended.value}`)}</Notice> : <p class="quiet">{t("about")}</p>}
      <Field label={t("email")} type="email" inputMode="email" value={email.value} wrong={wrong.value} onInput={(event) => { email.value = event.currentTarget.value; wrong.value = "" }} />
      <Button type="submit" look="do" wide large busy={busy.value}>{t("mailcode")}</Button>
    </form>
  )
}

function Prove({ asked, onBack }: { asked: Asked; onBack: () => void }) {
  const code = useSignal("")
  const first = useSignal(false)
  const secret = useSignal("")
  const busy = useSignal(false)
  const wrong = useSignal("")
  const open = async (): Promise<void> => {
    const given = { sign_in: asked.sign_in, code: code.value }
    const opened = first.value
      ? await call("POST /staff/enrolments", { ...given, enrolment: secret.value.toLowerCase().replace(/[^a-z2-7]/g, ""), passkey: await make(asked, email.value) })
      : await call("POST /staff/sessions", { ...given, passkey: await sign(asked) })
    enter(opened.token)
  }
  const send = async (event: Event): Promise<void> => {
    event.preventDefault()
    wrong.value = ""
    busy.value = true
    try {
      await open()
    } catch (error) {
      wrong.value = error instanceof DOMException ? t("cancelled") : error instanceof Problem && error.status === 401 ? t("refused") : sentence(error)
    }
    busy.value = false
  }
  return (
    <form class="stack" noValidate onSubmit={send}>
      <Title>{t("codetitle")}</Title>
      <p class="quiet">{t("sent", { email: email.value, n: asked.valid_minutes })}</p>
      <Field class="code" label={t("code")} inputMode="numeric" autocomplete="one-time-code" maxLength={40} value={code.value} onInput={(event) => { code.value = event.currentTarget.value }} />
      <Tick checked={first.value} onChange={(on) => { first.value = on }}>{t("first")}</Tick>
      {first.value && <Field label={t("secret")} hint={t("secrethint")} maxLength={40} value={secret.value} onInput={(event) => { secret.value = event.currentTarget.value }} />}
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      <Button type="submit" look="do" wide large busy={busy.value}>{t(first.value ? "make" : "signin")}</Button>
      <Button look="plain" wide onClick={onBack}>{t("back")}</Button>
    </form>
  )
}
