// A floor's plan: its image with a button for each spot in one layer, which is moved and scaled as a whole. Buttons can
// be reached by keyboard and read out; a thousand of them move at the speed of the screen.
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks"
import { useSignal } from "@preact/signals"
import { ask } from "./api"
import { Icon } from "./icons"
import type { Seen, Spot } from "./spots"

interface Props {
  floor: string
  image: boolean
  changes: number // how often the floor has changed while it is shown, and perhaps its image
  shape?: number // the image's width by its height, where that is known before it comes
  spots: Spot[]
  picked: string
  see: (spot: Spot) => Seen
  say: (spot: Spot) => string // its name and what it is, in words
  pick: (spot: string) => void
  words: { about: string; larger: string; smaller: string; fit: string }
}

const size = 44 // of a spot's button, in px of the layer
const most = 4 // times its size
const edge = 66 // px around the outermost spots, of which a room is wider than a desk

export function Plan({ floor, image, changes, shape, spots, picked, see, say, pick, words }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const view = useRef({ x: 0, y: 0, scale: 1 })
  const touched = useRef(false)
  const picture = useImage(floor, image, changes)
  const ratio = Math.min(4, Math.max(1 / 4, picture.ratio ?? shape ?? 4 / 3)) // an image of no floor's shape is drawn into one
  const places = spots.map((s) => `${s.x} ${s.y}`).join()
  const inner = useMemo(() => layerSize(spots, ratio), [places, ratio])

  const show = (): void => {
    const { x, y, scale } = view.current
    if (layer.current) layer.current.style.transform = `translate(${x}px, ${y}px) scale(${scale})`
  }
  const fit = (): void => {
    const box = frame.current
    if (!box) return
    const { left, top, right, bottom } = image ? { left: 0, top: 0, right: inner.width, bottom: inner.height } : extent(spots, inner)
    const scale = Math.min(box.clientWidth / (right - left), box.clientHeight / (bottom - top), 1.25)
    view.current = { scale, x: (box.clientWidth - (left + right) * scale) / 2, y: (box.clientHeight - (top + bottom) * scale) / 2 }
    show()
  }
  const zoom = (by: number, at?: { x: number; y: number }): void => {
    const box = frame.current!
    const { x, y, scale } = view.current
    const centre = at ?? { x: box.clientWidth / 2, y: box.clientHeight / 2 }
    const next = Math.min(most, Math.max(0.1, scale * by))
    view.current = { scale: next, x: centre.x - ((centre.x - x) * next) / scale, y: centre.y - ((centre.y - y) * next) / scale }
    touched.current = true
    show()
  }

  useLayoutEffect(() => {
    if (!touched.current) fit()
    const watch = new ResizeObserver(() => { if (!touched.current) fit() })
    watch.observe(frame.current!)
    return () => watch.disconnect()
  }, [floor, inner.width, inner.height, image])

  useEffect(() => {
    const box = frame.current!
    const wheel = (event: WheelEvent): void => {
      event.preventDefault()
      const edge = box.getBoundingClientRect()
      zoom(Math.exp(-event.deltaY / (event.ctrlKey ? 100 : 400)), { x: event.clientX - edge.left, y: event.clientY - edge.top })
    }
    box.addEventListener("wheel", wheel, { passive: false })
    return () => box.removeEventListener("wheel", wheel)
  }, [])

  const hold = usePointers(frame, (dx, dy, by, at) => {
    view.current = { ...view.current, x: view.current.x + dx, y: view.current.y + dy }
    if (by !== 1) zoom(by, at)
    touched.current = true
    show()
  })

  /** The arrow keys go to the nearest spot that way; the plan follows. */
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "+" || event.key === "=") return zoom(1.3)
    if (event.key === "-") return zoom(1 / 1.3)
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] as [number, number] | undefined
    const here = spots.find((s) => s.id === (event.target as HTMLElement).dataset["spot"])
    if (!way || !here) return
    event.preventDefault()
    const next = towards(here, way, spots, ratio)
    if (next) focus(next.id)
  }
  const focus = (id: string): void => {
    const button = layer.current?.querySelector<HTMLButtonElement>(`[data-spot="${id}"]`)
    button?.focus({ preventScroll: true })
    const box = frame.current!.getBoundingClientRect(), at = button?.getBoundingClientRect()
    if (!at) return
    const dx = at.left < box.left ? box.left - at.left + 24 : at.right > box.right ? box.right - at.right - 24 : 0
    const dy = at.top < box.top ? box.top - at.top + 24 : at.bottom > box.bottom ? box.bottom - at.bottom - 24 : 0
    view.current = { ...view.current, x: view.current.x + dx, y: view.current.y + dy }
    show()
  }
  const stop = spots.some((s) => s.id === picked) ? picked : spots[0]?.id

  return (
    <div class="plan" role="group" aria-label={words.about}>
      <div class="plan-frame" ref={frame} aria-busy={picture.awaited && !shape} {...hold} onKeyDown={keys}>
        <div class="plan-layer" ref={layer} style={{ width: `${inner.width}px`, height: `${inner.height}px` }}>
          {picture.url && <img src={picture.url} alt="" draggable={false} />}
          {spots.map((spot) => {
            const seen = see(spot)
            return (
              <button
                key={spot.id} type="button" data-spot={spot.id} tabIndex={spot.id === stop ? 0 : -1}
                class={`seat ${seen.kind}${seen.look && (seen.kind === "free" || seen.kind === "mine") || seen.approval ? " look" : ""}${spot.category === "room" ? " room" : ""}`}
                style={{ left: `${spot.x * 100}%`, top: `${spot.y * 100}%` }}
                aria-label={say(spot)} aria-pressed={spot.id === picked} onClick={() => pick(spot.id)}
              >{spot.name}</button>
            )
          })}
        </div>
      </div>
      <div class="plan-tools">
        <button type="button" class="button square" aria-label={words.larger} onClick={() => zoom(1.4)}><Icon name="plus" /></button>
        <button type="button" class="button square" aria-label={words.smaller} onClick={() => zoom(1 / 1.4)}><Icon name="minus" /></button>
        <button type="button" class="button square" aria-label={words.fit} onClick={() => { touched.current = false; fit() }}><Icon name="fit" /></button>
      </div>
    </div>
  )
}

/** A layer so large that no two spots lie on each other, within reason. */
export function layerSize(spots: Pick<Spot, "x" | "y">[], ratio: number): { width: number; height: number } {
  let closest = 0.12
  for (let i = 0; i < spots.length; i++) {
    for (let j = i + 1; j < spots.length; j++) {
      const dx = Math.abs(spots[i]!.x - spots[j]!.x), dy = Math.abs(spots[i]!.y - spots[j]!.y) / ratio
      const apart = Math.max(dx, dy)
      if (apart > 0.004 && apart < closest) closest = apart
    }
  }
  const width = Math.min(4000, (size + 8) / closest)
  return { width: Math.round(width), height: Math.round(width / ratio) }
}

/** Where the spots are, in px of the layer: all that there is to see where a floor has no image. */
function extent(spots: Spot[], { width, height }: { width: number; height: number }) {
  const xs = spots.map((s) => s.x * width), ys = spots.map((s) => s.y * height)
  return { left: Math.min(...xs) - edge, top: Math.min(...ys) - edge, right: Math.max(...xs) + edge, bottom: Math.max(...ys) + edge }
}

export function towards<S extends Pick<Spot, "x" | "y">>(from: S, [wx, wy]: [number, number], spots: S[], ratio: number): S | undefined {
  let best: S | undefined
  let least = Infinity
  for (const spot of spots) {
    const dx = spot.x - from.x, dy = (spot.y - from.y) / ratio
    const along = dx * wx + dy * wy, aside = Math.abs(dx * wy) + Math.abs(dy * wx)
    if (along <= 0.001 || aside > along * 2) continue
    if (along + aside * 2 < least) { least = along + aside * 2; best = spot }
  }
  return best
}

interface Picture { url: string; ratio?: number; awaited?: boolean }

/**
 * The floor's image, fetched with the session's token, and asked for again where the floor has changed: the one that is
 * shown stays until another has come. Where its shape wasn't known, the spots move to their places now.
 */
export function useImage(floor: string, there: boolean, changes: number): Picture {
  const found = useSignal<Picture>({ url: "", awaited: there })
  const shown = useRef<Blob | undefined>(undefined)
  const show = (blob: Blob | undefined, picture: Picture): void => {
    URL.revokeObjectURL(found.peek().url)
    shown.current = blob
    found.value = picture
  }
  useEffect(() => {
    if (!there) return show(undefined, { url: "" })
    let gone = false
    void ask("GET /floors/{floor}/plan", { floor }).then(async (blob) => {
      if (gone || blob === shown.current) return
      const url = URL.createObjectURL(blob)
      const image = new Image()
      image.src = url
      await image.decode().catch(() => undefined)
      if (gone) URL.revokeObjectURL(url)
      else show(blob, { url, ratio: image.naturalWidth ? image.naturalWidth / image.naturalHeight : undefined })
    }).catch(() => { if (!gone && !shown.current) found.value = { url: "" } }) // the spots are there without it
    return () => { gone = true }
  }, [floor, there, changes])
  useEffect(() => () => URL.revokeObjectURL(found.peek().url), [])
  return found.value
}

type Move = (dx: number, dy: number, by: number, at: { x: number; y: number }) => void

/** One finger or the mouse moves, two fingers move and scale. A tap stays a tap. */
function usePointers(frame: { current: HTMLDivElement | null }, move: Move) {
  const held = useRef(new Map<number, { x: number; y: number }>())
  const moved = useRef(0)
  const middle = () => {
    const all = [...held.current.values()]
    const x = all.reduce((sum, p) => sum + p.x, 0) / all.length, y = all.reduce((sum, p) => sum + p.y, 0) / all.length
    return { x, y, spread: all.length > 1 ? Math.hypot(all[0]!.x - all[1]!.x, all[0]!.y - all[1]!.y) : 0 }
  }
  const end = (event: PointerEvent): void => { held.current.delete(event.pointerId) }
  return {
    onPointerDown: (event: PointerEvent) => {
      if (held.current.size === 0) moved.current = 0
      held.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    },
    onPointerMove: (event: PointerEvent) => {
      if (!held.current.has(event.pointerId)) return
      const before = middle()
      held.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
      const after = middle()
      moved.current += Math.hypot(after.x - before.x, after.y - before.y) + Math.abs(after.spread - before.spread)
      if (moved.current < 6) return
      frame.current?.setPointerCapture(event.pointerId)
      const edge = frame.current!.getBoundingClientRect()
      move(after.x - before.x, after.y - before.y, before.spread ? after.spread / before.spread : 1, { x: after.x - edge.left, y: after.y - edge.top })
    },
    onPointerUp: end,
    onPointerCancel: end,
    onClickCapture: (event: MouseEvent) => {
      if (moved.current >= 6 && event.detail > 0) { event.stopPropagation(); event.preventDefault() }
    },
  }
}
