// What a location says of its reservations beside its settings: the hours of weekdays, closures, limits with what is in force
// for each type of spots, times that are offered, what needs approval, and what happens by itself. Each is changed apart.
import { useSignal } from "@preact/signals"
import type { ComponentChildren } from "preact"
import { useAct, type Acting } from "../act"
import { ask, Problem, type In } from "../api"
import { texts } from "../i18n"
import { Wrong } from "../problems"
import { dateIn, dayOfMonth, monthOf } from "../time"
import { Bones, Button, Card, Field, Notice, Sheet, Tick, useLoaded } from "../ui"
import { Fact } from "./fact"
import { days, hoursIn, hoursOf, inForce, kinds, numbered, types, type Kind, type Limits, type Place, type Rules } from "./rules"
import words from "./rules-of.json"

const t = texts(words)

type Choice = In<"PUT /locations/{location}/rules">["on_reservations"]
type Closure = NonNullable<Rules["closures"]>[number]
type Preset = NonNullable<Rules["presets"]>[number]
type Habit = NonNullable<Rules["off"]>[number]

/** Puts a part in place of what was there. */
type Put = (part: Partial<Rules>, choice?: Choice) => Promise<void>

export function RulesOf({ place }: { place: Place }) {
  const rules = useLoaded((signal) => ask("GET /locations/{location}/rules", { location: place.id }, { signal }), [place.id])
  const open = useSignal<"" | "week" | "closures" | "limits" | "presets" | "approvals" | "off">("")
  const of = rules.value
  if (!of) return rules.wrong ? <Wrong error={rules.wrong} again={() => void rules.again()} /> : <Bones n={2} />
  const close = (): void => { open.value = "" }
  const put: Put = async (part, choice) => {
    rules.set(await ask("PUT /locations/{location}/rules", { ...of, ...part, location: place.id, on_reservations: choice }))
    close()
  }
  const section = (name: Exclude<typeof open.value, "">, shown: ComponentChildren) => (
    <Card label={t(name)}>
      <h3>{t(name)}</h3>
      {shown}
      <div><Button aria-label={`${t("change")}: ${t(name)}`} onClick={() => { open.value = name }}>{t("change")}</Button></div>
    </Card>
  )
  const given = { rules: of, put, onClose: close }
  return (
    <>
      <h2>{t("rules")}</h2>
      {section("week", <dl class="kinds">{days.filter((d) => of.week?.[d]).map((d) => <Fact key={d} what={t(`day.${d}`)}>{[of.week![d]!.length > 0 ? hoursOf(of.week![d]!) : t("closed")]}</Fact>)}<Fact what={t(of.week ? "otherdays" : "alldays")}>{[`${place.opens}–${place.closes}`]}</Fact></dl>)}
      {section("closures", <List of={(of.closures ?? []).map((c) => [c.name, closed(c)])} none={t("noclosures")} />)}
      {section("limits", (
        <>
          <p class="quiet small">{t("strictest")}</p>
          <dl class="kinds">{types.map((type) => <Fact key={type} what={t(`kind.${type}`)}>{[limitsIn(inForce(place, of, type))]}</Fact>)}</dl>
        </>
      ))}
      {section("presets", <List of={(of.presets ?? []).map((p) => [presetName(p), hoursOf([p])])} none={t("nopresets")} />)}
      {section("approvals", <List of={(of.approvals ?? []).map((a) => [a.for ? t(`kind.${a.for}`) : t("everyspot"), where(a, place)])} none={t("noapprovals")} />)}
      {section("off", <List of={habits.map((h) => [t(`habit.${h}`), t(of.off?.includes(h) ? "doesnot" : "does")])} none="" />)}
      {open.value === "week" && <Week {...given} />}
      {open.value === "closures" && <Closures {...given} place={place} />}
      {open.value === "limits" && <LimitsFor {...given} />}
      {open.value === "presets" && <Presets {...given} />}
      {open.value === "approvals" && <Approvals {...given} place={place} />}
      {open.value === "off" && <Habits {...given} place={place} />}
    </>
  )
}

interface Given { rules: Rules; put: Put; onClose: () => void }

function List({ of, none }: { of: [string, string][]; none: string }) {
  if (of.length === 0) return <p class="quiet">{none}</p>
  return <dl class="kinds">{of.map(([what, about], n) => <Fact key={n} what={what}>{[about]}</Fact>)}</dl>
}

const day = (date: string): string => `${dayOfMonth(date)} ${monthOf(date)}`
const closed = (c: Closure): string => [c.from === c.until ? day(c.from) : t("period", { from: day(c.from), until: day(c.until) }), c.part && hoursOf([c.part]), c.for && t(`kind.${c.for}`)].filter(Boolean).join(" · ")
const presetName = (p: Preset): string => p.name ?? t(`preset.${p.kind}`)
const limitsIn = (l: Limits): string => numbered.filter((name) => l[name]).map((name) => t(`in.${name}`, { n: l[name]! })).join(", ")
const where = (a: { floor?: string; zone?: string; spot?: string }, place: Place): string => a.floor ? `${place.floors.find((f) => f.id === a.floor)?.name ?? t("gone")}${a.zone || a.spot ? ` (${t("apart")})` : ""}` : t("whole")

/** A form of one part, with what is refused of it, and the question about reservations where that is what stands in the way. */
function Form({ title, acting: { busy, wrong }, onClose, onSave, children }: { title: string; acting: Acting; onClose: () => void; onSave: () => unknown; children: ComponentChildren }) {
  return (
    <Sheet title={title} onClose={onClose}>
      <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); void onSave() }}>
        {children}
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        <Button type="submit" look="do" wide large busy={busy}>{t("save")}</Button>
      </form>
    </Sheet>
  )
}

function Week({ rules, put, onClose }: Given) {
  const draft = useSignal(Object.fromEntries(days.map((d) => [d, rules.week?.[d] ? hoursOf(rules.week[d]!) || t("closed") : ""])) as Record<(typeof days)[number], string>)
  const unread = useSignal("")
  const acting = useAct(days.map((d) => `/week/${d}`))
  const save = (): unknown => {
    const week: NonNullable<Rules["week"]> = {}
    unread.value = ""
    for (const d of days) {
      const typed = draft.value[d].trim()
      const hours = typed.toLowerCase() === t("closed").toLowerCase() ? [] : hoursIn(typed)
      if (hours === null) { unread.value = d; return }
      if (hours) week[d] = hours
    }
    return acting.act(() => put({ week: Object.keys(week).length > 0 ? week : undefined }), t("saved"))
  }
  return (
    <Form title={t("week")} acting={acting} onClose={onClose} onSave={save}>
      <p class="quiet small">{t("weekabout", { closed: t("closed") })}</p>
      {days.map((d) => <Field key={d} label={t(`day.${d}`)} wrong={unread.value === d ? t("unread") : acting.at(`/week/${d}`)} value={draft.value[d]} maxLength={80} onInput={(event) => { draft.value = { ...draft.value, [d]: event.currentTarget.value } }} />)}
    </Form>
  )
}

const countries = ["nl", "be", "de", "fr", "gb", "ie", "lu", "at", "ch", "cz", "dk", "es", "fi", "it", "no", "pl", "pt", "se", "us"] as const

function Closures({ rules, put, onClose, place }: Given & { place: Place }) {
  const today = dateIn(place.time_zone)
  const all = useSignal<Closure[]>(rules.closures ?? [])
  const name = useSignal(""), from = useSignal(today), until = useSignal(today), kind = useSignal("")
  const country = useSignal<(typeof countries)[number]>("nl"), year = useSignal(today.slice(0, 4))
  const choice = useSignal<Choice>("refuse"), asks = useSignal(false)
  const acting = useAct(["/closures"]), adding = useAct()
  const add = (more: Closure[]): void => { all.value = [...all.value, ...more.filter((c) => !all.value.some((had) => had.from === c.from && had.name === c.name))].sort((a, b) => a.from.localeCompare(b.from)) }
  const save = (): unknown => acting.act(async () => {
    try {
      await put({ closures: all.value }, choice.value)
    } catch (error) {
      asks.value = error instanceof Problem && error.kind === "conflict"
      throw error
    }
  }, t("saved"))
  return (
    <Form title={t("closures")} acting={acting} onClose={onClose} onSave={save}>
      <ul class="card list">
        {all.value.length === 0 && <li class="quiet">{t("noclosures")}</li>}
        {all.value.map((c, n) => <li key={c.from + c.name} class="row apart"><span class="booked"><b>{c.name}</b> <span class="quiet small">{closed(c)}</span></span><Button look="plain" aria-label={`${t("drop")}: ${c.name}`} onClick={() => { all.value = all.value.filter((_, other) => other !== n) }}>{t("drop")}</Button></li>)}
      </ul>
      {acting.at("/closures") && <Notice tone="bad">{acting.at("/closures")}</Notice>}
      <fieldset class="stack near">
        <legend>{t("oneclosure")}</legend>
        <Field label={t("name")} value={name.value} maxLength={100} onInput={(event) => { name.value = event.currentTarget.value }} />
        <div class="pair">
          <Field label={t("from")} type="date" value={from.value} onInput={(event) => { from.value = event.currentTarget.value }} />
          <Field label={t("until")} type="date" value={until.value} onInput={(event) => { until.value = event.currentTarget.value }} />
        </div>
        <KindOf value={kind.value} onChange={(next) => { kind.value = next }} />
        <div><Button disabled={!name.value.trim()} onClick={() => { add([{ name: name.value.trim(), from: from.value, until: until.value, for: (kind.value || undefined) as Kind | undefined }]); name.value = "" }}>{t("put")}</Button></div>
      </fieldset>
      <fieldset class="stack near">
        <legend>{t("holidays")}</legend>
        <div class="pair">
          <div class="field"><label>{t("country")}<select value={country.value} onChange={(event) => { country.value = event.currentTarget.value as "nl" }}>{countries.map((c) => <option key={c} value={c}>{c.toUpperCase()}</option>)}</select></label></div>
          <Field label={t("year")} inputMode="numeric" value={year.value} maxLength={4} onInput={(event) => { year.value = event.currentTarget.value }} />
        </div>
        {adding.wrong && <Notice tone="bad">{adding.wrong}</Notice>}
        <div><Button busy={adding.busy} onClick={() => void adding.act(async () => add((await ask("GET /holidays/{country}/{year}", { country: country.value, year: year.value })).closures.filter((c) => c.until >= today)), t("holidaysput"))}>{t("put")}</Button></div>
      </fieldset>
      {asks.value && <div class="field"><label>{t("choice")}<select value={choice.value} onChange={(event) => { choice.value = event.currentTarget.value as Choice }}>{(["refuse", "keep", "cancel"] as const).map((c) => <option key={c} value={c}>{t(`choice.${c}`)}</option>)}</select></label></div>}
    </Form>
  )
}

function KindOf({ value, onChange }: { value: string; onChange: (kind: string) => void }) {
  return (
    <div class="field"><label>{t("for")}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}><option value="">{t("everyspot")}</option>{kinds.map((k) => <option key={k} value={k}>{t(`kind.${k}`)}</option>)}</select>
    </label></div>
  )
}

function LimitsFor({ rules, put, onClose }: Given) {
  const kind = useSignal("")
  const all = useSignal<Limits[]>(rules.limits ?? [])
  const acting = useAct(numbered.flatMap((name) => all.value.map((_, n) => `/limits/${n}/${name}`)))
  const at = all.value.findIndex((l) => (l.for ?? "") === kind.value)
  const of = all.value[at] ?? {}
  const set = (name: (typeof numbered)[number], typed: string): void => {
    const { [name]: _, ...rest } = of
    const next: Limits = { ...rest, ...(kind.value ? { for: kind.value as Kind } : {}), ...(typed.trim() ? { [name]: Number(typed) } : {}) }
    const meant = Object.keys(next).some((name) => name !== "for")
    all.value = at < 0 ? [...all.value, next] : all.value.flatMap((l, n) => (n !== at ? l : meant ? next : []))
  }
  return (
    <Form title={t("limits")} acting={acting} onClose={onClose} onSave={() => acting.act(() => put({ limits: all.value }), t("saved"))}>
      <KindOf value={kind.value} onChange={(next) => { kind.value = next }} />
      {numbered.map((name) => <Field key={`${kind.value} ${name}`} label={t(`limit.${name}`)} inputMode="numeric" wrong={at < 0 ? undefined : acting.at(`/limits/${at}/${name}`)} value={of[name] === undefined ? "" : String(of[name])} maxLength={4} onInput={(event) => set(name, event.currentTarget.value)} />)}
    </Form>
  )
}

function Presets({ rules, put, onClose }: Given) {
  const all = useSignal<Preset[]>(rules.presets ?? [])
  const kind = useSignal<Preset["kind"]>("morning"), name = useSignal(""), hours = useSignal(""), unread = useSignal(false)
  const acting = useAct(["/presets"])
  const add = (): void => {
    const [stretch] = hoursIn(hours.value) ?? []
    unread.value = !stretch
    if (!stretch) return
    all.value = [...all.value, { kind: kind.value, ...(kind.value === "own" ? { name: name.value.trim() } : {}), ...stretch }]
    name.value = hours.value = ""
  }
  return (
    <Form title={t("presets")} acting={acting} onClose={onClose} onSave={() => acting.act(() => put({ presets: all.value }), t("saved"))}>
      <ul class="card list">
        {all.value.length === 0 && <li class="quiet">{t("nopresets")}</li>}
        {all.value.map((p, n) => <li key={n} class="row apart"><span class="booked"><b>{presetName(p)}</b> <span class="quiet small">{hoursOf([p])}</span></span><Button look="plain" aria-label={`${t("drop")}: ${presetName(p)}`} onClick={() => { all.value = all.value.filter((_, other) => other !== n) }}>{t("drop")}</Button></li>)}
      </ul>
      {acting.at("/presets") && <Notice tone="bad">{acting.at("/presets")}</Notice>}
      <div class="field"><label>{t("presetkind")}<select value={kind.value} onChange={(event) => { kind.value = event.currentTarget.value as Preset["kind"] }}>{(["morning", "afternoon", "day", "own"] as const).map((k) => <option key={k} value={k}>{t(`preset.${k}`)}</option>)}</select></label></div>
      {kind.value === "own" && <Field label={t("name")} value={name.value} maxLength={40} onInput={(event) => { name.value = event.currentTarget.value }} />}
      <Field label={t("hours")} hint={t("hoursabout")} wrong={unread.value ? t("unread") : undefined} value={hours.value} maxLength={20} onInput={(event) => { hours.value = event.currentTarget.value }} />
      <div><Button onClick={add}>{t("put")}</Button></div>
    </Form>
  )
}

function Approvals({ rules, put, onClose, place }: Given & { place: Place }) {
  const groups = useLoaded((signal) => ask("GET /groups", {}, { signal }), [])
  const all = useSignal(rules.approvals ?? [])
  const kind = useSignal(""), floor = useSignal(""), group = useSignal("")
  const acting = useAct(["/approvals"])
  const named = (id?: string): string => id ? groups.value?.groups.find((g) => g.id === id)?.name ?? t("gone") : t("administrators")
  return (
    <Form title={t("approvals")} acting={acting} onClose={onClose} onSave={() => acting.act(() => put({ approvals: all.value }), t("saved"))}>
      <p class="quiet small">{t("approvalsabout")}</p>
      <ul class="card list">
        {all.value.length === 0 && <li class="quiet">{t("noapprovals")}</li>}
        {all.value.map((a, n) => {
          const what = a.for ? t(`kind.${a.for}`) : t("everyspot")
          return <li key={n} class="row apart"><span class="booked"><b>{what}</b> <span class="quiet small">{where(a, place)} · {named(a.group)}</span></span><Button look="plain" aria-label={`${t("drop")}: ${what}`} onClick={() => { all.value = all.value.filter((_, other) => other !== n) }}>{t("drop")}</Button></li>
        })}
      </ul>
      {acting.at("/approvals") && <Notice tone="bad">{acting.at("/approvals")}</Notice>}
      <KindOf value={kind.value} onChange={(next) => { kind.value = next }} />
      <div class="field"><label>{t("where")}<select value={floor.value} onChange={(event) => { floor.value = event.currentTarget.value }}><option value="">{t("whole")}</option>{place.floors.map((f) => <option key={f.id} value={f.id}>{f.name}</option>)}</select></label></div>
      <div class="field"><label>{t("who")}<select value={group.value} onChange={(event) => { group.value = event.currentTarget.value }}><option value="">{t("administrators")}</option>{groups.value?.groups.map((g) => <option key={g.id} value={g.id}>{g.name}</option>)}</select></label></div>
      <div><Button onClick={() => { all.value = [...all.value, { ...(kind.value ? { for: kind.value as Kind } : {}), ...(floor.value ? { floor: floor.value } : {}), ...(group.value ? { group: group.value } : {}) }] }}>{t("put")}</Button></div>
    </Form>
  )
}

const habits: Habit[] = ["no_show", "asking", "comeback", "vacated", "reminders"]

function Habits({ rules, put, onClose, place }: Given & { place: Place }) {
  const off = useSignal(new Set<Habit>(rules.off ?? []))
  const minutes = useSignal(rules.ask_minutes === undefined ? "" : String(rules.ask_minutes))
  const acting = useAct(["/ask_minutes"])
  const flip = (h: Habit, on: boolean): void => { off.value = new Set(habits.filter((other) => (other === h ? !on : off.value.has(other)))) }
  return (
    <Form title={t("off")} acting={acting} onClose={onClose} onSave={() => acting.act(() => put({ off: [...off.value], ask_minutes: minutes.value.trim() ? Number(minutes.value) : undefined }), t("saved"))}>
      {habits.map((h) => <Tick key={h} checked={!off.value.has(h)} onChange={(on) => flip(h, on)}>{t(`habit.${h}`)}</Tick>)}
      <Field label={t("askafter")} hint={t("askabout", { n: place.no_show_minutes })} inputMode="numeric" wrong={acting.at("/ask_minutes")} value={minutes.value} maxLength={3} onInput={(event) => { minutes.value = event.currentTarget.value }} />
    </Form>
  )
}
