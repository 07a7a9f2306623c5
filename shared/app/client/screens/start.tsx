// Signing in by a code from the mail, or registering: the statement and an explicit consent come before anything is
// sent (2.consent).
import { signal, useSignal, type Signal } from "@preact/signals"
import { ask, Problem } from "../api"
import { system } from "../device"
import { language, speak, texts, type Language } from "../i18n"
import { sentence, Wrong } from "../problems"
import { place } from "../route"
import { ended, signIn } from "../session"
import { Kinds, kindsOf } from "../statement"
import { fullDate } from "../time"
import { Bones, Button, Field, Notice, Tick, Title, useLoaded } from "../ui"
import words from "./start.json"

const t = texts(words)

interface Opened { token: string; language?: Language } // who has just registered chose it
interface Sent { email: string; minutes: number; digits?: string; open: (code: string) => Promise<Opened> }

const sent = signal<Sent | null>(null)

/** Takes the code from the mail's link; the person then says whether to sign in. */
export function mailed(handle: string, digits: string): void {
  sent.value = { email: "", minutes: 10, digits, open: signInWith(handle) }
}

const signInWith = (handle: string) => (code: string): Promise<Opened> => ask("POST /sessions", { sign_in: handle, code, ...system() })

export function Start() {
  const step = useSignal<"address" | "register">("address")
  const email = useSignal("") // stays when one goes back and forth
  return (
    <main class="screen alone stack far">
      <div class="row apart">
        <strong class="brand">iotspot</strong>
        <Button look="plain" lang={language.value === "nl" ? "en" : "nl"} onClick={() => speak(language.value === "nl" ? "en" : "nl")}>{t("language")}</Button>
      </div>
      {sent.value ? <CodeStep sent={sent.value} onBack={() => { sent.value = null }} />
        : step.value === "register" ? <RegisterStep email={email} onSent={(next) => { sent.value = next }} onBack={() => { step.value = "address" }} />
          : <AddressStep email={email} onSent={(next) => { sent.value = next }} onNew={() => { step.value = "register" }} />}
    </main>
  )
}

type Text = Signal<string>

function AddressStep({ email, onSent, onNew }: { email: Text; onSent: (sent: Sent) => void; onNew: () => void }) {
  const busy = useSignal(false)
  const wrong = useSignal("")
  const send = async (event: Event): Promise<void> => {
    event.preventDefault()
    const address = email.value.trim()
    if (!address.includes("@")) { wrong.value = t("filladdress"); return }
    busy.value = true
    try {
      const answer = await ask("POST /sign-ins", { email: address })
      onSent({ email: address, minutes: answer.valid_minutes, open: signInWith(answer.sign_in) })
    } catch (error) {
      wrong.value = sentence(error)
    }
    busy.value = false
  }
  return (
    <>
      <div class="stack">
        <Title>{t("what")}</Title>
        {ended.value ? <Notice tone={ended.value === "over" ? undefined : "good"}>{t(`ended.${ended.value}`)}</Notice>
          : <p class="quiet">{t(place.value.screen === "s" ? "there" : "promise")}</p>}
      </div>
      <form class="stack" noValidate onSubmit={send}>
        <Field label={t("email")} type="email" inputMode="email" value={email.value} wrong={wrong.value} onInput={(event) => { email.value = event.currentTarget.value; wrong.value = "" }} />
        <Button type="submit" look="do" wide large busy={busy.value}>{t("mailcode")}</Button>
        <Button look="plain" wide onClick={onNew}>{t("new")}</Button>
      </form>
    </>
  )
}

function CodeStep({ sent, onBack }: { sent: Sent; onBack: () => void }) {
  const code = useSignal(grouped(sent.digits ?? ""))
  const keep = useSignal(false)
  const busy = useSignal(false)
  const wrong = useSignal("")
  const open = async (): Promise<void> => {
    const digits = code.value.replaceAll(" ", "")
    if (digits.length !== 8 && digits.length !== 12) { wrong.value = t("digits"); return }
    busy.value = true
    try {
      const opened = await sent.open(digits)
      onBack()
      signIn(opened.token, keep.value, opened.language)
    } catch (error) {
      wrong.value = error instanceof Problem && error.status === 401 ? t("wrongcode") : sentence(error)
    }
    busy.value = false
  }
  return (
    <>
      <div class="stack">
        <Title>{t(sent.digits ? "linktitle" : "codetitle")}</Title>
        <p class="quiet">{sent.digits ? t("linkfilled") : t("codesent", { email: sent.email, n: sent.minutes })}</p>
      </div>
      <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); void open() }}>
        <Field class="code" label={t("code")} inputMode="numeric" autocomplete="one-time-code" maxLength={40} value={code.value} wrong={wrong.value} onInput={(event) => {
          code.value = grouped(event.currentTarget.value)
          wrong.value = ""
        }} />
        <Tick checked={keep.value} onChange={(on) => { keep.value = on }}>{t("stay")}</Tick>
        <Button type="submit" look="do" wide large busy={busy.value}>{t("signin")}</Button>
        <Button look="plain" wide onClick={onBack}>{t("other")}</Button>
      </form>
    </>
  )
}

/** Digits, of whatever script, in groups of four as they are mailed; whatever else was pasted counts for nothing. */
function grouped(text: string): string {
  return (text.match(/\p{Nd}/gu) ?? []).slice(0, 12).join("").replace(/(\p{Nd}{4})(?=\p{Nd})/gu, "$1 ")
}

function RegisterStep({ email, onSent, onBack }: { email: Text; onSent: (sent: Sent) => void; onBack: () => void }) {
  const statement = useLoaded((signal) => ask("GET /statement/version", { language: language.value }, { signal }), [language.value])
  const agreed = useSignal(false)
  const name = useSignal("")
  const busy = useSignal(false)
  const wrong = useSignal<{ name?: string; email?: string; all?: string }>({})
  const version = statement.value?.version ?? ""
  const send = async (event: Event): Promise<void> => {
    event.preventDefault()
    const address = email.value.trim()
    wrong.value = { all: agreed.value ? undefined : t("first"), name: name.value.trim() ? undefined : t("fillname"), email: address.includes("@") ? undefined : t("filladdress") }
    if (wrong.value.all || wrong.value.name || wrong.value.email) return
    busy.value = true
    try {
      const answer = await ask("POST /registrations", { name: name.value.trim(), email: address, language: language.value, consent: { version, agreed: true } })
      onSent({ email: address, minutes: answer.valid_minutes, open: (code) => ask("POST /registrations/{registration}/confirmation", { registration: answer.registration, code, ...system() }) })
    } catch (error) {
      wrong.value = { all: sentence(error) }
    }
    busy.value = false
  }
  return (
    <>
      <div class="stack">
        <Title>{t("registertitle")}</Title>
        <p class="quiet">{t("read")}</p>
      </div>
      <Wrong error={statement.wrong} again={() => void statement.again()} />
      {!statement.value && !statement.wrong && <Bones n={1} />}
      {statement.value && (
        <form class="stack" noValidate onSubmit={send}>
          <Kinds of={statement.value} title={t("kinds", { n: kindsOf(statement.value).length })} whole={t("whole")} />
          <Tick checked={agreed.value} onChange={(on) => { agreed.value = on; wrong.value = {} }}>{t("consent", { day: fullDate(version) })}</Tick>
          <Field label={t("name")} hint={t("namehint")} maxLength={200} value={name.value} wrong={wrong.value.name} onInput={(event) => { name.value = event.currentTarget.value }} />
          <Field label={t("email")} type="email" inputMode="email" value={email.value} wrong={wrong.value.email} onInput={(event) => { email.value = event.currentTarget.value }} />
          {wrong.value.all && <Notice tone="bad">{wrong.value.all}</Notice>}
          <Button type="submit" look="do" wide large busy={busy.value}>{t("register")}</Button>
          <Button look="plain" wide onClick={onBack}>{t("back")}</Button>
        </form>
      )}
    </>
  )
}
