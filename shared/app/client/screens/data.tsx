// Everything that is kept of the person, each with what it is for and when it will be gone, and beside it what can be
// done about it: change, hide, object, remove (art. 7). All of it comes from the register by way of the overview.
import { useSignal } from "@preact/signals"
import { ask, Problem, type In, type Out } from "../api"
import { language, speak, texts, type Language } from "../i18n"
import { sentence, Wrong } from "../problems"
import { guest, keepOnDevice, kept, leave } from "../session"
import { longDate, momentIn, now } from "../time"
import { Bones, Button, Field, Notice, say, Sheet, Tick, Title, useLoaded } from "../ui"
import words from "./data.json"

const t = texts(words)

type Overview = Out<"GET /me/overview">
type Kind = Overview["kinds"][number]
type Value = Kind["values"][number]
type Profile = Pick<Out<"GET /me">, "shield" | "objections"> & Partial<Out<"GET /me">>
type Shieldable = Profile["shield"][number]
type Objectionable = Profile["objections"][number]

/** The registration, or what is kept of a guest, of which more can't be changed. */
const own = (signal: AbortSignal): Promise<Profile> => (guest() ? ask("GET /me/pass", {}, { signal }) as Promise<Profile> : ask("GET /me", {}, { signal }))

interface Patch { shield?: Profile["shield"]; objections?: Profile["objections"]; language?: Language }
const patch = (change: Patch): Promise<unknown> =>
  guest() ? ask("PATCH /me/pass", change as In<"PATCH /me/pass">) : ask("PATCH /me", change)

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
const who = ["4.a", "4.b"] // what the person gave
const soon = 8 * 24 * 3600_000 // ms within which something goes soon

/** The member of PATCH /me by which a clause is changed, and how it is filled in. */
const fields: Record<string, { name: "name" | "phone" | "job_title" | "linkedin" | "emergency_officer" | "department"; type?: "tel"; must?: boolean }> = {
  "4.a.1": { name: "name", must: true }, "4.b.1": { name: "phone", type: "tel" }, "4.b.2": { name: "job_title" },
  "4.b.3": { name: "linkedin" }, "4.b.4": { name: "emergency_officer" }, "4.b.5": { name: "department" },
}
const shieldableByGuests = ["4.a.1", "4.d.4"]
const shieldable = ["4.a.1", "4.a.2", "4.b.1", "4.b.2", "4.b.3", "4.b.4", "4.b.5", "4.b.6", "4.d.1", "4.d.4"]
const objectionable = ["4.d.4", "4.d.5", "4.e.1", "4.e.2", "5.transactions", "11.cookies"]
const removable = { "4.d.5": "device", "4.e.2": "last-login", "4.e.1": "last-use", "5.transactions": "searches" } as const

export default function Data() {
  const overview = useLoaded((signal) => ask("GET /me/overview", {}, { signal }), [])
  const profile = useLoaded(own, [])
  const open = useSignal("")
  const notice = useSignal("")
  const wrong = overview.wrong ?? profile.wrong
  const again = async (): Promise<void> => { await Promise.all([overview.again(), profile.again()]) }
  if (!overview.value || !profile.value) return <main class="screen stack far"><Title>{t("title")}</Title>{wrong ? <Wrong error={wrong} again={() => void again()} /> : <Bones />}</main>

  const kinds = overview.value.kinds, mine = profile.value
  const there = kinds.filter((k) => k.values.length > 0)
  const isWho = (k: Kind): boolean => who.some((part) => k.clause.startsWith(part))
  const isLook = (k: Kind): boolean => k.clause.startsWith("6.")
  const leaving = there.filter((k) => goneAt(k) < now().getTime() + soon && !isLook(k)).sort((a, b) => goneAt(a) - goneAt(b))
  const first = leaving[0]
  const act = async (what: () => Promise<unknown>, done: string): Promise<boolean> => {
    notice.value = ""
    try {
      await what()
      say(done)
      await again()
      return true
    } catch (error) {
      notice.value = sentence(error)
      return false
    }
  }
  const row = (k: Kind) => <Row key={k.clause} kind={k} mine={mine} act={act} onChange={() => { open.value = k.clause }} />
  const looks = there.filter(isLook)
  return (
    <main class="screen stack far data">
      <div class="stack near">
        <Title>{t("title")}</Title>
        <p class="quiet">{t("kept", { n: there.length })} {first && t("next", { what: first.what[language.value], when: when(first.values.find((v) => v.gone_at)!) })}</p>
      </div>
      {notice.value && <Notice tone="bad">{notice.value}</Notice>}
      {leaving.length > 0 && <section class="stack near"><h2>{t("soon")}</h2><ul class="card list">{leaving.map(row)}</ul></section>}
      <section class="stack near"><h2>{t("you")}</h2><ul class="card list">{kinds.filter((k) => isWho(k) && (!guest() || k.values.length > 0)).map(row)}</ul></section>
      <section class="stack near"><h2>{t("rest")}</h2><ul class="card list">{there.filter((k) => !isWho(k) && !leaving.includes(k) && !isLook(k)).map(row)}</ul></section>
      <section class="stack near"><h2>{t("looked")}</h2>{looks.length > 0 ? <ul class="card list">{looks.map(row)}</ul> : <p>{t("nobody")}</p>}</section>
      <details class="card"><summary>{t("nothing")}</summary><ul class="stack near">{kinds.filter((k) => k.values.length === 0 && !isWho(k)).map((k) => <li key={k.clause}>{k.what[language.value]}<ObjectTo kind={k} mine={mine} act={act} /></li>)}</ul></details>
      <Device mine={mine} act={act} />
      <Take overview={overview.value} act={act} />
      <Erase />
      {open.value && <Change clause={open.value} mine={mine} act={act} onClose={() => { open.value = "" }} />}
    </main>
  )
}

type Act = (what: () => Promise<unknown>, done: string) => Promise<boolean>

const goneAt = (kind: Kind): number => Math.min(...kind.values.map((v) => (v.gone_at ? Date.parse(v.gone_at) : Infinity)))

/** When a value will be gone: a countdown where that is within two days. */
function when(value: Value): string {
  if (!value.gone_at) return value.gone[language.value]
  const left = Math.max(0, Date.parse(value.gone_at) - now().getTime())
  const h = Math.floor(left / 3600_000), m = Math.floor(left / 60_000) % 60
  if (h >= 48) return momentIn(zone, value.gone_at)
  return t("in", { time: h > 0 ? t("hm", { h, m }) : t("min", { m }) })
}

const opaque = /^([0-9]{8}-)?[a-z2-7]{16}(-?[a-z2-7]{16})*$/ // an id, which says nothing to people

/** A value as people read it. Of codes, sessions and links only the existence is told. */
function told(value: unknown): string {
  if (value === undefined || value === null) return t("exists")
  if (typeof value === "boolean") return t(value ? "yes" : "no")
  if (Array.isArray(value)) return value.map(told).join(", ")
  if (typeof value === "object") {
    return Object.entries(value).filter(([, inner]) => !opaque.test(String(inner)))
      .map(([name, inner]) => (typeof inner === "number" || typeof inner === "object" ? `${name.replace(/_/g, " ")} ${told(inner)}` : told(inner))).join(", ")
  }
  const text = String(value)
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return momentIn(zone, text)
  return /^\d{4}-\d\d-\d\d$/.test(text) ? longDate(text) : text
}

function Row({ kind, mine, act, onChange }: { kind: Kind; mine: Profile; act: Act; onChange: () => void }) {
  const field = fields[kind.clause]
  const record = removable[kind.clause as keyof typeof removable]
  const gone = kind.values.find((v) => v.gone_at) ?? kind.values[0]
  const left = gone?.gone_at ? (Date.parse(gone.gone_at) - now().getTime()) / 86_400_000 : Infinity
  return (
    <li class="stack near kept">
      <div class="row apart">
        <h3 class="grow">{capital(kind.what[language.value])}</h3>
        <span class="quiet small">{gone ? when(gone) : ""}</span>
      </div>
      {kind.values.length > 0 && (
        <ul class="values">{kind.values.slice(0, 12).map((v, i) => <li key={i}>{kind.values.length > 1 && <span class="quiet small">{v.name.replace(/_/g, " ")} </span>}{told(v.value)}</li>)}</ul>
      )}
      {left < 1 && <progress class="left" max={1} value={1 - left} aria-hidden="true" />}
      <p class="quiet small">{t("for", { purposes: kind.purposes.map((p) => p[language.value]).join("; ") })} {capital(kind.kept[language.value])}.</p>
      <div class="row">
        {field && !guest() && <Button onClick={onChange}>{t(kind.values.length > 0 ? "change" : "add")}</Button>}
        <Shield kind={kind} mine={mine} act={act} />
        <ObjectTo kind={kind} mine={mine} act={act} />
        {record && !guest() && kind.values.length > 0 && <Button look="plain" onClick={() => void act(() => ask("DELETE /me/records/{record}", { record }), t("removed"))}>{t("remove")}</Button>}
      </div>
    </li>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function Shield({ kind, mine, act }: { kind: Kind; mine: Profile; act: Act }) {
  if (!(guest() ? shieldableByGuests : shieldable).includes(kind.clause) || kind.values.length === 0 && kind.clause !== "4.d.4") return null
  const clause = kind.clause as Shieldable
  const hidden = mine.shield.includes(clause)
  const next = hidden ? mine.shield.filter((c) => c !== clause) : [...mine.shield, clause]
  return (
    <>
      <span class="small quiet">{t(hidden ? "hidden" : "shown")}</span>
      <Button look="plain" aria-label={`${t(hidden ? "show" : "hide")}: ${kind.what[language.value]}`} onClick={() => void act(() => patch({ shield: next }), t("saved"))}>{t(hidden ? "show" : "hide")}</Button>
    </>
  )
}

function ObjectTo({ kind, mine, act }: { kind: Kind; mine: Profile; act: Act }) {
  if (!objectionable.includes(kind.clause)) return null
  const clause = kind.clause as Objectionable
  const objects = mine.objections.includes(clause)
  const next = objects ? mine.objections.filter((c) => c !== clause) : [...mine.objections, clause]
  const name = t(objects ? "withdraw" : "object")
  return (
    <>
      {objects && <span class="small quiet">{t("objected")}</span>}
      <Button look="plain" aria-label={`${name}: ${kind.what[language.value]}`} onClick={() => void act(() => patch({ objections: next }), t("saved"))}>{name}</Button>
    </>
  )
}

function Change({ clause, mine, act, onClose }: { clause: string; mine: Profile; act: Act; onClose: () => void }) {
  const field = fields[clause]!
  const was = mine[field.name]
  const value = useSignal(was === undefined ? "" : String(was))
  const busy = useSignal(false)
  const officer = field.name === "emergency_officer"
  const save = async (next: string | boolean | null): Promise<void> => {
    busy.value = true
    if (await act(() => ask("PATCH /me", { [field.name]: next }), t("saved"))) onClose()
    busy.value = false
  }
  const name = t(`item.${clause}` as "item.4.a.1")
  return (
    <Sheet title={name} onClose={onClose}>
      {officer
        ? <Tick checked={value.value === "true"} onChange={(on) => { value.value = String(on) }}>{name}</Tick>
        : <Field label={name} type={field.type ?? "text"} value={value.value} maxLength={200} onInput={(event) => { value.value = event.currentTarget.value }} />}
      <Button look="do" wide large busy={busy.value} onClick={() => void save(officer ? value.value === "true" : value.value.trim() || null)}>{t("save")}</Button>
      {!field.must && was !== undefined && <Button look="plain" wide onClick={() => void save(null)}>{t("clear")}</Button>}
    </Sheet>
  )
}

/** What this device keeps, the other sessions, and the way out. */
function Device({ mine, act }: { mine: Profile; act: Act }) {
  const wrong = useSignal("")
  const out = async (everywhere: boolean): Promise<void> => {
    try {
      if (!guest()) await ask(everywhere ? "DELETE /sessions" : "DELETE /session", {}) // a pass is no session
      leave("out")
    } catch (error) {
      wrong.value = sentence(error)
    }
  }
  return (
    <section class="stack near">
      <h2>{t("device")}</h2>
      <div class="card">
        <p>{t(kept.value ? "staykept" : "staynot")}</p>
        <Tick checked={kept.value} onChange={keepOnDevice}>{t("staycan")}</Tick>
        <div class="field"><label>{t("language")}
          <select value={language.value} onChange={(event) => {
            const chosen = event.currentTarget.value as Language
            speak(chosen)
            void act(() => patch({ language: chosen }), t("saved"))
          }}><option value="nl">Nederlands</option><option value="en">English</option></select>
        </label></div>
        <ul class="stack near">
          {mine.sessions?.map((s, i) => <li key={i} class="small">{t("session", { until: momentIn(zone, s.until) })}{s.used && <span class="quiet"> · {t("used", { date: longDate(s.used) })}</span>}{s.this && <b> · {t("this")}</b>}</li>)}
        </ul>
        {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
        <div class="pair">
          <Button onClick={() => void out(false)}>{t("signout")}</Button>
          {!guest() && <Button onClick={() => void out(true)}>{t("everywhere")}</Button>}
        </div>
      </div>
    </section>
  )
}

function Take({ overview, act }: { overview: Overview; act: Act }) {
  const soonAgain = useSignal(false)
  const mail = (): Promise<boolean> => act(async () => {
    try {
      await ask("POST /me/overview", {})
    } catch (error) {
      soonAgain.value = error instanceof Problem && error.status === 429
      throw error
    }
  }, t("mailed"))
  const save = (): void => {
    const url = URL.createObjectURL(new Blob([JSON.stringify(overview, null, 2)], { type: "application/json" }))
    const link = document.createElement("a")
    link.href = url
    link.download = "iotspot.json"
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <section class="stack near">
      <h2>{t("take")}</h2>
      {soonAgain.value && <Notice>{t("mailsoon")}</Notice>}
      {!guest() && <Button look="do" wide large icon="mail" onClick={() => void mail()}>{t("mail")}</Button>}
      <Button wide onClick={save}>{t("download")}</Button>
      <a class="button plain wide" href={`/statement?language=${language.value}`} target="_blank" rel="noreferrer noopener">{t("statement")}</a>
    </section>
  )
}

function Erase() {
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
    <>
      <Button look="stop" wide onClick={() => { asking.value = true }}>{t("erase")}</Button>
      {asking.value && (
        <Sheet title={t("erasetitle")} onClose={() => { asking.value = false }}>
          <ul class="stack near plainly">{(["one", "two", "three", "four", "five"] as const).map((n) => <li key={n}>{t(`e.${n}`)}</li>)}</ul>
          {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
          <Button look="stop" wide large busy={busy.value} onClick={() => void erase()}>{t("eraseyes")}</Button>
        </Sheet>
      )}
    </>
  )
}
