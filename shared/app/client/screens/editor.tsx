// A floor is drawn here: its image, its spots and its zones. Nothing is saved until that is asked for, but for sensors, which
// are tied at once.
import { useSignal } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"
import { ask, Problem, type Out } from "../api"
import { Drawing, middle, type Tool } from "../editor/drawing"
import { pixels, Unreadable } from "../editor/image"
import { merge, otherwise, saved, upon, type Merged } from "../editor/merge"
import * as m from "../editor/model"
import { next, series } from "../editor/names"
import { Picked, typeName, WholeFloor } from "../editor/panel"
import { Cancelling, Conflict } from "../editor/save"
import { texts } from "../i18n"
import { useImage } from "../plan"
import { faults, sentence, Wrong } from "../problems"
import { place, to } from "../route"
import { Bones, Button, Notice, say, Title, useLoaded } from "../ui"
import words from "./editor.json"

const t = texts(words)

type Floor = Out<"GET /floors/{floor}">
type Effect = Out<"POST /floors/{floor}/layout/trial">

export default function Editor() {
  const id = place.value.id
  const floor = useLoaded((signal) => ask("GET /floors/{floor}", { floor: id }, { signal }), [id])
  if (!floor.value) return <main class="screen wide">{floor.wrong ? <Wrong error={floor.wrong} again={() => void floor.again()} /> : <Bones />}</main>
  return <Opened floor={floor.value} />
}

const drawnOf = (f: Floor): m.Drawn => ({ revision: f.revision, zones: f.zones, spots: f.spots })

/** What of a drawing is sent: sensors and whose a spot is are not drawn. */
const layoutOf = (d: m.Drawn) => ({
  revision: d.revision, zones: d.zones.map(({ id, name, sector }) => ({ id, name, sector })),
  spots: d.spots.map(({ id, name, category, type, zone, x, y, capacity, features }) => ({ id, name: name.trim(), category, type, zone, x, y, capacity, features })),
})

const apart = 0.052 // between two desks of a row that is placed, of the plan's width

function Opened({ floor }: { floor: Floor }) {
  const editing = useSignal(m.begun(drawnOf(floor)))
  const tool = useSignal<Tool>("pick")
  const type = useSignal<m.Type>("desk")
  const busy = useSignal(false)
  const uploading = useSignal(false)
  const wrong = useSignal("")
  const told = useSignal("")
  const effect = useSignal<Effect | undefined>(undefined)
  const conflict = useSignal<{ merged: Merged; theirs: m.Drawn; open: boolean } | undefined>(undefined)
  const uploads = useSignal(0)
  const image = useImage(floor.id, floor.plan || uploads.value > 0, uploads.value)
  const sight = useRef(() => ({ left: 0, top: 0, right: 1, bottom: 1 }))
  const e = editing.value
  const ratio = Math.min(4, Math.max(1 / 4, image.ratio ?? floor.plan_ratio ?? 4 / 3))
  const dirty = m.changed(e)

  const step = (now: m.Drawn, what = ""): void => { editing.value = m.done(editing.value, now, what) }
  const pick = (ids: Iterable<string>): void => { editing.value = m.pick(editing.value, ids) }
  const placeAt = (at: m.Point): void => {
    const d = editing.value.now
    const made = m.block(1, 1, { left: at.x, right: at.x, top: at.y, bottom: at.y }, { type: type.value }, series(following(editing.value), 1, m.namesIn(d)), () => crypto.randomUUID())
    step(m.move(m.add(d, made), new Set([made[0]!.id]), 0, 0))
    pick([made[0]!.id])
  }
  const lay = (n: number, rows: number, first: string): void => {
    const d = editing.value.now
    const names = series(first || following(editing.value), n, m.namesIn(d))
    const made = m.block(n, rows, m.blockIn(n, rows, sight.current(), { x: apart, y: apart * ratio * 1.3 }), { type: type.value }, names, () => crypto.randomUUID())
    step(m.add(d, made))
    pick(made.map((s) => s.id))
    tool.value = "pick"
  }
  const copy = (): void => {
    const made = m.copies(e.now, e.picked, apart / 2, (apart / 2) * ratio, () => crypto.randomUUID())
    step(m.add(e.now, made))
    pick(made.map((s) => s.id))
  }
  const remove = (): void => { step(m.remove(e.now, e.picked)); pick([]) }

  const upload = async (file: File): Promise<void> => {
    wrong.value = ""
    uploading.value = true
    try {
      await ask("PUT /floors/{floor}/plan", { floor: floor.id }, { file: await pixels(file) })
      uploads.value++
      say(t("uploaded"))
    } catch (error) {
      wrong.value = error instanceof Unreadable ? t(`refused.${error.why}`) : sentence(error)
    } finally {
      uploading.value = false
    }
  }

  const save = async (cancelling: boolean): Promise<void> => {
    const clash = m.clashing(editing.value.now)
    wrong.value = ""
    if (clash.length > 0) {
      wrong.value = t("clash", { n: clash.length, names: [...new Set(clash.map((s) => s.name.trim() || "–"))].slice(0, 5).join(", ") })
      pick(clash.map((s) => s.id))
      return
    }
    busy.value = true
    try {
      const layout = { floor: floor.id, ...layoutOf(editing.value.now) }
      const would = cancelling ? undefined : await ask("POST /floors/{floor}/layout/trial", layout)
      if (would && would.taken.length > 0) { effect.value = would; return }
      const floorNow = await ask("PUT /floors/{floor}/layout", { ...layout, on_reservations: cancelling ? "cancel" : "refuse" })
      editing.value = saved(editing.value, drawnOf(floorNow))
      effect.value = undefined
      say(t("saved"))
    } catch (error) {
      effect.value = undefined
      const theirs = error instanceof Problem && (error.body["floor"] as Floor | undefined)
      if (theirs) compare(drawnOf(theirs))
      else wrong.value = named(error, editing.value.now)
    } finally {
      busy.value = false
    }
  }
  /** Goes on by itself where nobody else changed anything, as when a save of one's own came half-way. */
  const compare = (theirs: m.Drawn): void => {
    const merged = merge(editing.value.base, editing.value.now, theirs)
    if (merged.theirs.length + merged.both.length > 0) { conflict.value = { merged, theirs, open: true }; return }
    editing.value = upon(editing.value, theirs, merged.floor)
    wrong.value = t("again")
  }
  const settle = (now: m.Drawn): void => {
    editing.value = upon(editing.value, conflict.value!.theirs, now)
    conflict.value = undefined
  }
  /** Sensors are tied at once; what is drawn stays upon the floor as it is then. */
  const tied = async (): Promise<void> => {
    const now = drawnOf(await ask("GET /floors/{floor}", { floor: floor.id }))
    const merged = merge(editing.value.base, editing.value.now, now)
    if (merged.theirs.length + merged.both.length > 0) conflict.value = { merged, theirs: now, open: true }
    else editing.value = m.changed(editing.value) ? upon(editing.value, now, merged.floor) : { ...m.begun(now), picked: editing.value.picked }
  }

  useLeaving(dirty)
  const keys = (event: KeyboardEvent): void => {
    if ((event.target as Element).closest("input, select, textarea, dialog")) return
    const held = event.ctrlKey || event.metaKey, key = event.key.toLowerCase()
    if (held && key === "z") editing.value = event.shiftKey ? m.redo(e) : m.undo(e)
    else if (held && key === "y") editing.value = m.redo(e)
    else if (held && key === "a") pick(e.now.spots.map((s) => s.id))
    else if (held && key === "d") copy()
    else if (held && key === "s") void save(false)
    else if (key === "delete" || key === "backspace") remove()
    else if (key === "escape") pick([])
    else return
    event.preventDefault()
  }
  const zoneName = new Map(e.now.zones.map((z) => [z.id, z.name]))
  const describe = (s: m.Spot): string => [s.name, typeName(s.type), s.zone && zoneName.get(s.zone), s.sensors?.length && t("sensed"), s.assigned && t("own")].filter(Boolean).join(", ")

  return (
    <main class="screen wide editor" onKeyDown={keys}>
      <header class="row apart foot">
        <Title over={<a href={to("plans")}>{t("plans")}</a>}>{floor.name}</Title>
        <div class="row">
          <p class="quiet small" role="status">{dirty ? t("unsaved") : t("count", { n: e.now.spots.length })}</p>
          <Button look="do" busy={busy.value} disabled={!dirty} onClick={() => void save(false)}>{t("save")}</Button>
        </div>
      </header>
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      {conflict.value && !conflict.value.open && <Notice action={t("decide")} onAction={() => { conflict.value = { ...conflict.value!, open: true } }}>{t("waiting")}</Notice>}
      <div class="editor-body">
        <div class="stack near">
          <div class="row tight tools" role="group" aria-label={t("tools")}>
            {(["pick", "add", "outline", "hand"] as const).map((one) => (
              <Button key={one} aria-pressed={tool.value === one} onClick={(event) => {
                tool.value = one
                if (one === "add" && event.detail === 0) placeAt(middle(sight.current()))
              }}>{t(`tool.${one}`)}</Button>
            ))}
            <Button disabled={e.past.length === 0} onClick={() => { editing.value = m.undo(e) }}>{t("undo")}</Button>
            <Button disabled={e.future.length === 0} onClick={() => { editing.value = m.redo(e) }}>{t("redo")}</Button>
          </div>
          <Drawing editing={e} tool={tool.value} url={image.url} ratio={ratio} seen={sight} about={t("about")} say={describe}
            ghosts={conflict.value ? otherwise(e.now, conflict.value.theirs) : []}
            act={{
              pick: (ids, more) => pick(more ? toggled(editing.value.picked, ids) : ids),
              move: (dx, dy) => step(m.move(editing.value.now, editing.value.picked, dx, dy)),
              nudge: (dx, dy) => {
                step(m.move(editing.value.now, editing.value.picked, dx, dy), "nudge")
                const [first] = m.picked(editing.value)
                if (first) told.value = t("at", { name: first.name, x: Math.round(first.x * 100), y: Math.round(first.y * 100) })
              },
              place: placeAt,
            }} />
          <p class="unseen" role="status">{told.value}</p>
          <p class="quiet small">{t(`hint.${e.picked.size > 0 ? "picked" : tool.value}`)}</p>
        </div>
        <div class="stack editor-side">
          {e.picked.size > 0
            ? <Picked editing={e} step={step} pick={pick} saved={(id) => e.base.spots.some((s) => s.id === id)} copy={copy} remove={remove} onTied={tied} />
            : <WholeFloor editing={e} step={step} pick={pick} type={type.value} retype={(next) => { type.value = next }} lay={lay} upload={(file) => void upload(file)} uploading={uploading.value} />}
        </div>
      </div>
      {effect.value && <Cancelling effect={effect.value} busy={busy.value} onClose={() => { effect.value = undefined }} onCancel={() => void save(true)} />}
      {conflict.value?.open && <Conflict merged={conflict.value.merged} onClose={() => { conflict.value = { ...conflict.value!, open: false } }} onMine={() => settle(conflict.value!.merged.floor)} onTheirs={() => settle(conflict.value!.theirs)} />}
    </main>
  )
}

const toggled = (picked: ReadonlySet<string>, ids: string[]): string[] => {
  const all = new Set(picked)
  for (const id of ids) if (ids.length > 1 || !all.delete(id)) all.add(id)
  return [...all]
}

/** The name that follows the last spot's, or the first of a floor. */
const following = (e: m.Editing): string => {
  const last = m.picked(e).at(-1) ?? e.now.spots.at(-1)
  return last ? next(last.name) : "1"
}

/** What is wrong with a field, by the name of the spot or zone that has it. */
function named(error: unknown, d: m.Drawn): string {
  const [fault] = faults(error)
  const [, kind, at] = /^\/(spots|zones)\/(\d+)/.exec(fault?.pointer ?? "") ?? []
  const one = kind === "spots" ? d.spots[Number(at)] : kind === "zones" ? d.zones[Number(at)] : undefined
  return one ? `${one.name}: ${fault!.detail}.` : sentence(error)
}

/** Asks before what is not saved is left. */
function useLeaving(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return
    const close = (event: BeforeUnloadEvent): void => event.preventDefault()
    const follow = (event: MouseEvent): void => {
      if ((event.target as Element).closest("a[href]") && !confirm(t("leave"))) { event.preventDefault(); event.stopPropagation() }
    }
    addEventListener("beforeunload", close)
    document.addEventListener("click", follow, true)
    return () => { removeEventListener("beforeunload", close); document.removeEventListener("click", follow, true) }
  }, [dirty])
}
