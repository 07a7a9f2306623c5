// Beside the plan: what is picked and what can be done with it, or else the floor as a whole.
import { useSignal } from "@preact/signals"
import { texts } from "../i18n"
import { Icon } from "../icons"
import { Button, Field } from "../ui"
import * as m from "./model"
import words from "./panel.json"
import { Sensors } from "./sensors"

const t = texts(words)

interface Props {
  editing: m.Editing
  step: (now: m.Drawn, what?: string) => void
  pick: (ids: string[]) => void
}

export const typeName = (type: m.Type): string => t(`type.${type}`)

export function TypeField({ type, onChange }: { type: m.Type | ""; onChange: (type: m.Type) => void }) {
  return (
    <div class="field"><label for="type">{t("type")}</label>
      <select id="type" value={type} onChange={(event) => onChange(event.currentTarget.value as m.Type)}>
        {type === "" && <option value="">{t("various")}</option>}
        {m.types.map((one) => <option key={one} value={one}>{typeName(one)}</option>)}
      </select></div>
  )
}

/** What all have in common, or nothing. */
const common = <T,>(spots: m.Spot[], of: (s: m.Spot) => T): T | undefined => (spots.every((s) => of(s) === of(spots[0]!)) ? of(spots[0]!) : undefined)

interface PickedProps extends Props {
  saved: (id: string) => boolean
  copy: () => void
  remove: () => void
  onTied: () => Promise<void>
}

export function Picked({ editing, step, pick, saved, copy, remove, onTied }: PickedProps) {
  const spots = m.picked(editing), ids = editing.picked, d = editing.now, one = spots.length === 1 ? spots[0]! : undefined
  const first = useSignal("")
  const fresh = useSignal<string | undefined>(undefined)
  const key = [...ids].join()
  const zone = common(spots, (s) => s.zone ?? "")
  const rooms = spots.every((s) => s.category === "room")
  const bound = spots.some((s) => s.assigned)
  const newZone = (): void => {
    const name = fresh.value!.trim()
    if (!name) return
    const there = d.zones.find((z) => z.name.toLowerCase() === name.toLowerCase())
    const made = there ?? { id: crypto.randomUUID(), name }
    step(m.patch(m.zoned(d, made), ids, { zone: made.id }))
    fresh.value = undefined
  }
  return (
    <section class="card picked" aria-label={t("picked")}>
      <div class="row apart">
        <h2 class="spot">{one ? one.name : t("spots", { n: spots.length })}</h2>
        <Button look="plain" onClick={() => pick([])}>{t("unpick")}</Button>
      </div>
      {one
        ? <Field label={t("name")} maxLength={100} value={one.name} onInput={(event) => step(m.patch(d, ids, { name: event.currentTarget.value }), `name ${one.id}`)} />
        : (
          <form class="line" onSubmit={(event) => { event.preventDefault(); if (first.value.trim()) step(m.rename(d, ids, first.value)) }}>
            <Field label={t("first")} hint={t("firstabout")} maxLength={90} value={first.value} onInput={(event) => { first.value = event.currentTarget.value }} />
            <Button type="submit">{t("sequence")}</Button>
          </form>
        )}
      <div class="pair">
        <TypeField type={common(spots, (s) => s.type) ?? ""} onChange={(type) => step(m.retype(d, ids, type))} />
        <div class="field"><label for="zone">{t("zone")}</label>
          <select id="zone" value={fresh.value !== undefined ? "new" : zone ?? "mixed"} onChange={(event) => {
            const to = event.currentTarget.value
            if (to === "new") { fresh.value = ""; return }
            fresh.value = undefined
            step(m.patch(d, ids, { zone: to || undefined }))
          }}>
            {zone === undefined && <option value="mixed">{t("various")}</option>}
            <option value="">{t("nozone")}</option>
            {d.zones.map((z) => <option key={z.id} value={z.id}>{z.name}</option>)}
            <option value="new">{t("newzone")}</option>
          </select></div>
      </div>
      {fresh.value !== undefined && (
        <form class="line" onSubmit={(event) => { event.preventDefault(); newZone() }}>
          <Field label={t("zonename")} maxLength={100} value={fresh.value} onInput={(event) => { fresh.value = event.currentTarget.value }} />
          <Button type="submit">{t("addzone")}</Button>
        </form>
      )}
      {rooms && <Field label={t("capacity")} inputMode="numeric" value={String(common(spots, (s) => s.capacity) ?? "")} onInput={(event) => {
        const n = Math.round(Number(event.currentTarget.value))
        step(m.patch(d, ids, { capacity: n > 0 ? Math.min(n, 1000) : undefined }), `capacity ${key}`)
      }} />}
      {!one && (
        <div class="arrange" role="group" aria-label={t("arrange")}>
          <Button onClick={() => step(m.align(d, ids, "row"))}>{t("inrow")}</Button>
          <Button onClick={() => step(m.align(d, ids, "column"))}>{t("incolumn")}</Button>
          <Button onClick={() => step(m.distribute(d, ids, "row"))}>{t("spreadrow")}</Button>
          <Button onClick={() => step(m.distribute(d, ids, "column"))}>{t("spreadcolumn")}</Button>
          <Button onClick={() => step(m.stretch(d, ids, "row", 1.1), `stretch ${key}`)}>{t("wider")}</Button>
          <Button onClick={() => step(m.stretch(d, ids, "row", 1 / 1.1), `stretch ${key}`)}>{t("narrower")}</Button>
          <Button onClick={() => step(m.stretch(d, ids, "column", 1.1), `stretch ${key}`)}>{t("higher")}</Button>
          <Button onClick={() => step(m.stretch(d, ids, "column", 1 / 1.1), `stretch ${key}`)}>{t("lower")}</Button>
        </div>
      )}
      <div class="row tight">
        <Button onClick={copy}>{t("copy")}</Button>
        <Button look="stop" onClick={remove}>{t("remove")}</Button>
      </div>
      {bound && <p class="quiet small">{t("bound")}</p>}
      {one && <Sensors key={one.id} spot={one} saved={saved(one.id)} onDone={onTied} />}
    </section>
  )
}

interface FloorProps extends Props {
  type: m.Type
  retype: (type: m.Type) => void
  lay: (n: number, rows: number, first: string) => void
  upload: (file: File) => void
  uploading: boolean
}

const parts = ["rows", "zones", "find", "image"] as const

/** All parts stand below each other where there is room; on a phone one at a time, under the plan. */
export function WholeFloor({ editing, step, pick, type, retype, lay, upload, uploading }: FloorProps) {
  const n = useSignal("12"), rows = useSignal("2"), first = useSignal("")
  const find = useSignal("")
  const part = useSignal<(typeof parts)[number]>("rows")
  const look = (one: (typeof parts)[number]): string => (part.value === one ? "card" : "card folded")
  const d = editing.now
  const wanted = find.value.trim().toLowerCase()
  const found = wanted ? d.spots.filter((s) => s.name.toLowerCase().includes(wanted)).slice(0, 12) : []
  return (
    <>
      <div class="sections" role="group" aria-label={t("parts")}>
        {parts.map((one) => <Button key={one} aria-pressed={part.value === one} onClick={() => { part.value = one }}>{t(`part.${one}`)}</Button>)}
      </div>
      <section class={look("rows")} aria-label={t("rows")}>
        <h2 class="spot">{t("rows")}</h2>
        <form class="stack near" onSubmit={(event) => {
          event.preventDefault()
          const many = Math.round(Number(n.value)), inRows = Math.round(Number(rows.value))
          if (many >= 1 && many <= 400 && inRows >= 1 && inRows <= many) lay(many, inRows, first.value.trim())
        }}>
          <div class="pair">
            <Field label={t("many")} inputMode="numeric" value={n.value} onInput={(event) => { n.value = event.currentTarget.value }} />
            <Field label={t("inrows")} inputMode="numeric" value={rows.value} onInput={(event) => { rows.value = event.currentTarget.value }} />
          </div>
          <div class="pair">
            <TypeField type={type} onChange={retype} />
            <Field label={t("first")} maxLength={90} value={first.value} onInput={(event) => { first.value = event.currentTarget.value }} />
          </div>
          <Button type="submit" wide icon="plus">{t("lay")}</Button>
        </form>
      </section>
      <Zones look={look("zones")} editing={editing} step={step} pick={pick} />
      <section class={look("find")} aria-label={t("find")}>
        <Field label={t("find")} value={find.value} onInput={(event) => { find.value = event.currentTarget.value }} />
        {wanted && found.length === 0 && <p class="quiet small">{t("nofind")}</p>}
        {found.length > 0 && <div class="row tight">{found.map((s) => <Button key={s.id} onClick={() => pick([s.id])}>{s.name}</Button>)}</div>}
      </section>
      <section class={look("image")} aria-label={t("image")}>
        <h2 class="spot">{t("image")}</h2>
        <p class="quiet small">{t("imageabout")}</p>
        <label class={`button file${uploading ? " busy" : ""}`}>
          <Icon name="plus" /><span>{uploading ? t("sending") : t("choose")}</span>
          <input class="unseen" type="file" accept="image/png,image/jpeg,image/webp,image/svg+xml,application/pdf" onChange={(event) => {
            const file = event.currentTarget.files?.[0]
            event.currentTarget.value = ""
            if (file) upload(file)
          }} />
        </label>
      </section>
    </>
  )
}

function Zones({ look, editing, step, pick }: Props & { look: string }) {
  const open = useSignal("")
  const d = editing.now
  return (
    <section class={look} aria-label={t("zones")}>
      <h2 class="spot">{t("zones")}</h2>
      {d.zones.length === 0 && <p class="quiet small">{t("nozones")}</p>}
      <ul class="stack near">
        {d.zones.map((z) => {
          const inside = d.spots.filter((s) => s.zone === z.id)
          return (
            <li key={z.id} class="stack near">
              <div class="row apart">
                <span class="grow"><b>{z.name}</b> <span class="quiet small">{[z.sector, t("spots", { n: inside.length })].filter(Boolean).join(" · ")}</span></span>
                <Button look="plain" aria-expanded={open.value === z.id} aria-label={`${t("edit")}: ${z.name}`} onClick={() => { open.value = open.value === z.id ? "" : z.id }}>{t("edit")}</Button>
              </div>
              {open.value === z.id && (
                <>
                  <div class="pair">
                    <Field label={t("zonename")} maxLength={100} value={z.name} onInput={(event) => step(m.zoned(d, { ...z, name: event.currentTarget.value }), `zone ${z.id}`)} />
                    <Field label={t("sector")} maxLength={100} value={z.sector ?? ""} onInput={(event) => step(m.zoned(d, { ...z, sector: event.currentTarget.value || undefined }), `sector ${z.id}`)} />
                  </div>
                  <div class="row tight">
                    <Button onClick={() => pick(inside.map((s) => s.id))}>{t("pickzone")}</Button>
                    <Button look="stop" onClick={() => step(m.unzoned(d, z.id))}>{t("removezone")}</Button>
                  </div>
                </>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
