// Locations: their settings, and what each says of its reservations. What is refused stands at its field.
import { useSignal } from "@preact/signals"
import { useAct } from "../act"
import { ask, type In } from "../api"
import { texts } from "../i18n"
import { Wrong } from "../problems"
import { to } from "../route"
import { Bones, Button, Card, Field, Notice, Sheet, useLoaded } from "../ui"
import { Fact } from "./fact"
import words from "./locations.json"
import { RulesOf } from "./rules-of"
import type { Place } from "./rules"
import { Where } from "./where"

const t = texts(words)

export function Locations() {
  const list = useLoaded((signal) => ask("GET /locations", {}, { signal }), [])
  const adding = useSignal(false)
  if (!list.value) return list.wrong ? <Wrong error={list.wrong} again={() => void list.again()} /> : <Bones />
  const { locations } = list.value
  return (
    <>
      <Where of={locations} none={t("none")}>{(place) => <One key={place.id} place={locations.find((l) => l.id === place.id)!} onDone={list.again} />}</Where>
      <div><Button icon="plus" onClick={() => { adding.value = true }}>{t("add")}</Button></div>
      {adding.value && <Settings onClose={() => { adding.value = false }} onDone={list.again} />}
    </>
  )
}

function One({ place, onDone }: { place: Place; onDone: () => Promise<void> }) {
  const open = useSignal<"" | "change" | "remove">("")
  const close = (): void => { open.value = "" }
  return (
    <>
      <Card label={place.name}>
        <h2 class="spot">{place.name}</h2>
        <dl class="kinds">
          <Fact what={t("address")}>{[place.address, `${place.latitude}, ${place.longitude}`, place.time_zone]}</Fact>
          <Fact what={t("hours")}>{[`${place.opens}–${place.closes}`]}</Fact>
          <Fact what={t("ahead")}>{[t("daysahead", { n: place.horizon_days }), t("aday", { n: place.daily_quota })]}</Fact>
          <Fact what={t("presence")}>{[t("noshow", { n: place.no_show_minutes }), t("vacant", { n: place.vacant_minutes }), t("silent", { n: place.silent_minutes })]}</Fact>
          <Fact what={t("holds")}>{[t("workplaces", { n: place.workplaces }), t("rooms", { n: place.rooms })]}</Fact>
        </dl>
        <div class="row">
          <Button onClick={() => { open.value = "change" }}>{t("change")}</Button>
          <a class="button" href={to("plans")}>{t("floors", { n: place.floors.length })}</a>
          <Button look="plain" onClick={() => { open.value = "remove" }}>{t("remove")}</Button>
        </div>
      </Card>
      <RulesOf place={place} />
      {open.value === "change" && <Settings place={place} onClose={close} onDone={onDone} />}
      {open.value === "remove" && <Remove place={place} onClose={close} onDone={onDone} />}
    </>
  )
}

const lines = ["name", "address", "latitude", "longitude", "time_zone", "opens", "closes"] as const
const counts = ["horizon_days", "daily_quota", "no_show_minutes", "vacant_minutes", "silent_minutes"] as const
const all = [...lines, ...counts]
type Setting = (typeof all)[number]
const amounts: Setting[] = ["latitude", "longitude", ...counts]

const fresh: Partial<Record<Setting, string>> = { time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone }

/** The settings of a location, or of one that is new. What was left as it is isn't sent. */
function Settings({ place, onClose, onDone }: { place?: Place; onClose: () => void; onDone: () => Promise<void> }) {
  const before = (name: Setting): string => place ? String(place[name]) : fresh[name] ?? ""
  const draft = useSignal(Object.fromEntries(all.map((name) => [name, before(name)])) as Record<Setting, string>)
  const cancels = useSignal(false)
  const { busy, wrong, at, act } = useAct(all.map((name) => `/${name}`))
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    const sent = Object.fromEntries(all.filter((name) => draft.value[name].trim() !== before(name) || !place && draft.value[name].trim()).map((name) => {
      const typed = draft.value[name].trim()
      return [name, amounts.includes(name) && typed !== "" && !Number.isNaN(Number(typed.replace(",", "."))) ? Number(typed.replace(",", ".")) : typed]
    })) as In<"POST /locations">
    await act(async () => {
      if (place) await ask("PATCH /locations/{location}", { ...sent, location: place.id, on_reservations: cancels.value ? "cancel" : undefined })
      else await ask("POST /locations", sent)
      onClose()
      await onDone()
    }, t("saved"))
  }
  return (
    <Sheet title={place ? place.name : t("add")} onClose={onClose}>
      <form class="stack" noValidate onSubmit={(event) => void save(event)}>
        {all.map((name) => (
          <Field key={name} label={t(`set.${name}`)} inputMode={amounts.includes(name) ? "decimal" : undefined} wrong={at(`/${name}`)} hint={!place && counts.includes(name as "daily_quota") ? t("usual") : undefined}
            maxLength={300} value={draft.value[name]} onInput={(event) => { draft.value = { ...draft.value, [name]: event.currentTarget.value } }} />
        ))}
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        {place && draft.value.time_zone !== place.time_zone && <label class="tick"><input type="checkbox" checked={cancels.value} onChange={(event) => { cancels.value = event.currentTarget.checked }} /><span>{t("zonecancels")}</span></label>}
        <Button type="submit" look="do" wide large busy={busy}>{t("save")}</Button>
      </form>
    </Sheet>
  )
}

function Remove({ place, onClose, onDone }: { place: Place; onClose: () => void; onDone: () => Promise<void> }) {
  const { busy, wrong, act } = useAct()
  const remove = (cancel: boolean): Promise<boolean> => act(async () => {
    await ask("DELETE /locations/{location}", { location: place.id, on_reservations: cancel ? "cancel" : undefined })
    onClose()
    await onDone()
  }, t("removed", { name: place.name }))
  return (
    <Sheet title={t("removesure", { name: place.name })} onClose={onClose}>
      <p>{t("removeabout")}</p>
      {wrong && <Notice tone="bad">{wrong}</Notice>}
      <Button look="stop" wide large busy={busy} onClick={() => void remove(false)}>{t("remove")}</Button>
      {wrong && <Button look="stop" wide busy={busy} onClick={() => void remove(true)}>{t("removecancel")}</Button>}
    </Sheet>
  )
}
