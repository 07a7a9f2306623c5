// One kind of data: what is kept, what it is for, when it will be gone, and what can be done about it.
import { ask } from "../api"
import { capital, language, texts } from "../i18n"
import { hideable, objections } from "../register"
import { to } from "../route"
import { guest } from "../session"
import { longDate, momentIn, now } from "../time"
import { Button } from "../ui"
import { fields } from "./change"
import { deed, type Deed } from "./deed"
import { agreed, patch, zone, type Act, type Kind, type Profile, type Value } from "./own"
import words from "./row.json"

const t = texts(words)

type Shieldable = Profile["shield"][number]
type Objectionable = Profile["objections"][number]

const shieldableByGuests = ["4.a.1", "4.d.4"]
const removable = {
  "4.d.5": "device", "4.e.2": "last-login", "4.e.1": "last-use", "5.transactions": "searches", "11.cookies": "searches",
  "s.code": "codes", "s.confirmation": "codes", "s.address": "new-address", "s.link": "links",
} as const
/** The screen on which a kind is changed, where that is not this one. */
const elsewhere: Record<string, string> = { "4.c.2": "people", "4.d.2": "agenda", "4.d.3": "guests" }
const forGuests = ["agenda"]

export const goneAt = (kind: Kind): number => Math.min(...kind.values.map((v) => (v.gone_at ? Date.parse(v.gone_at) : Infinity)))

/** When a value will be gone: a countdown where that is within two days. */
export function when(value: Value): string {
  if (!value.gone_at) return value.gone[language.value]
  const left = Math.max(0, Date.parse(value.gone_at) - now().getTime())
  const h = Math.floor(left / 3600_000), m = Math.floor(left / 60_000) % 60
  if (h >= 48) return momentIn(zone, value.gone_at)
  return t("in", { time: h > 0 ? m > 0 ? t("hm", { h, m }) : t("h", { h }) : t("min", { m }) })
}

const day = 86_400_000
const most = 8 // values that are told before the rest is folded

export function Row({ kind, mine, act, onChange }: { kind: Kind; mine: Profile; act: Act; onChange: () => void }) {
  const record = removable[kind.clause as keyof typeof removable]
  const next = kind.values.find((v) => v.gone_at && Date.parse(v.gone_at) === goneAt(kind)) ?? kind.values[0]
  const left = next?.gone_at ? (Date.parse(next.gone_at) - now().getTime()) / day : Infinity
  const name = capital(kind.what[language.value])
  const there = kind.values.length > 0
  const changes = !guest() && agreed(mine) && fields[kind.clause] !== undefined
  const page = [elsewhere[kind.clause]].find((name) => name && agreed(mine) && (!guest() || forGuests.includes(name)))
  const change = changes
    ? <Button aria-label={`${t(there ? "change" : "add")}: ${name}`} onClick={onChange}>{t(there ? "change" : "add")}</Button>
    : page && there && <a class="button" href={to(page)} aria-label={`${t("change")}: ${name}`}>{t("change")}</a>
  const all = lines(kind, agreed(mine))
  if (!there) return <li class="kept bare"><h3>{name}</h3>{change}</li>
  return (
    <li class="kept">
      <div class="kept-head">
        <h3>{name}</h3>
        {next && <span class={left < 2 ? "gone near" : "gone"}>{when(next)}</span>}
      </div>
      {left < 1 && <progress class="left" max={1} value={1 - left} aria-hidden="true" />}
      <div class="kept-body">
        <ul class="values">{all.slice(0, most).map((line) => <One key={line.text} line={line} act={act} />)}</ul>
        {change}
      </div>
      {all.length > most && (
        <details>
          <summary>{t("more", { n: all.length - most })}</summary>
          <ul class="values">{all.slice(most).map((line) => <One key={line.text} line={line} act={act} />)}</ul>
        </details>
      )}
      <p class="quiet small">{t("for", { purposes: kind.purposes.map((p) => p[language.value]).join("; "), kept: kind.kept[language.value] })}</p>
      <div class="acts">
        <Shield kind={kind} name={name} mine={mine} act={act} />
        <ObjectTo to={kind.clause} what={kind.what[language.value]} mine={mine} act={act} />
        {record && !guest() && agreed(mine) && <Button look="plain" aria-label={`${t("remove")}: ${name}`} onClick={() => void act(() => ask("DELETE /me/records/{record}", { record }), t("removed"))}>{t("remove")}</Button>}
      </div>
    </li>
  )
}

interface Line { label: string; text: string; times: number; deed?: Deed }

/** The values as lines; what reads alike is one line, with how often it is there. */
function lines(kind: Kind, agreed: boolean): Line[] {
  const all = new Map<string, Line>()
  for (const value of kind.values) {
    const label = kind.values.length > 1 ? value.label?.[language.value] ?? "" : "", read = value.read[language.value]
    const text = /^\d{4}-\d\d-\d\d$/.test(read) ? longDate(read) : read
    const done = deed(kind.clause, value)
    const same = all.get(`${label} ${text}`)
    if (same) same.times++
    else all.set(`${label} ${text}`, { label, text, times: 1, deed: agreed || done?.called === "end" ? done : undefined })
  }
  return [...all.values()]
}

function One({ line: { label, text, times, deed }, act }: { line: Line; act: Act }) {
  const run = (): void => {
    if (deed && (deed.called !== "laydown" || confirm(t("laydownsure")))) void act(deed.do, t("removed"))
  }
  return (
    <li>
      {label && <span class="quiet small">{label} </span>}
      {text}{times > 1 && <span class="quiet"> · {times}×</span>}
      {deed && <Button look="plain" aria-label={`${t(`do.${deed.called}`)}: ${text}`} onClick={run}>{t(`do.${deed.called}`)}</Button>}
    </li>
  )
}

function Shield({ kind, name, mine, act }: { kind: Kind; name: string; mine: Profile; act: Act }) {
  if (!agreed(mine) || !(guest() ? shieldableByGuests : hideable).includes(kind.clause) || kind.values.length === 0 && kind.clause !== "4.d.4") return null
  const clause = kind.clause as Shieldable
  const hidden = mine.shield.includes(clause)
  const next = hidden ? mine.shield.filter((c) => c !== clause) : [...mine.shield, clause]
  return (
    <span class="act">
      <span class="small">{t(hidden ? "hidden" : "shown")}</span>
      <Button look="plain" aria-label={`${t(hidden ? "show" : "hide")}: ${name}`} onClick={() => void act(() => patch({ shield: next }), t("saved"))}>{t(hidden ? "show" : "hide")}</Button>
    </span>
  )
}

/** What one can object to: what is recorded by itself, and could be done without. Of guests less is recorded. */
const objectionable = () => objections.filter((o) => o.guests || !guest())

/** The purposes that one can object to, whatever of it is kept (7.object). */
export function Purposes({ mine, act }: { mine: Profile; act: Act }) {
  const all = objectionable().filter((o) => !o.to.includes("."))
  if (all.length === 0) return null
  return (
    <section class="stack near">
      <h2>{t("purposes")}</h2>
      <ul class="card list">{all.map((o) => <li key={o.to} class="kept"><p>{capital(o.what[language.value])}</p><div class="acts"><ObjectTo to={o.to} what={o.what[language.value]} mine={mine} act={act} /></div></li>)}</ul>
    </section>
  )
}

export function ObjectTo({ to, what, mine, act }: { to: string; what: string; mine: Profile; act: Act }) {
  if (!objectionable().some((o) => o.to === to)) return null
  const clause = to as Objectionable
  const objects = mine.objections.includes(clause)
  const next = objects ? mine.objections.filter((c) => c !== clause) : [...mine.objections, clause]
  const name = t(objects ? "withdraw" : "object")
  return (
    <span class="act">
      {objects && <span class="small">{t("objected")}</span>}
      <Button look="plain" aria-label={`${name}: ${capital(what)}`} onClick={() => void act(() => patch({ objections: next }), t("saved"))}>{name}</Button>
    </span>
  )
}
