// The plan while it is drawn: a button for each spot in one layer over the image, as on the plan that everybody sees. While
// something is dragged nothing is drawn anew but what moves.
import { Component } from "preact"
import { useEffect, useLayoutEffect, useRef } from "preact/hooks"
import { useSignal } from "@preact/signals"
import { layerSize, towards } from "../plan"
import { inside, snap, type Box, type Editing, type Point, type Spot } from "./model"

export type Tool = "pick" | "add" | "outline" | "hand"

export interface Act {
  pick: (ids: string[], more: boolean) => void
  move: (dx: number, dy: number) => void
  nudge: (dx: number, dy: number) => void
  place: (at: Point) => void
}

interface Props {
  editing: Editing
  tool: Tool
  url: string
  ratio: number
  ghosts: Spot[] // how somebody else has it
  seen: { current: () => Box } // what of the plan is in sight
  about: string
  say: (spot: Spot) => string
  act: Act
}

const step = 0.0025 // of the plan's width, which an arrow key moves
const edge = 24 // px beside what comes into sight

interface Held { id: number; x: number; y: number; spot?: string; moved: boolean; pans: boolean; path: Point[] }

export function Drawing({ editing, tool, url, ratio, ghosts, seen, about, say, act }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const marks = useRef<SVGPathElement>(null)
  const view = useRef({ x: 0, y: 0, scale: 1 })
  const held = useRef<Held | undefined>(undefined)
  const fingers = useRef(new Map<number, Point>())
  const stop = useSignal("")
  const size = useRef({ width: 0, height: 0 })
  if (size.current.width === 0 || Math.abs(size.current.width / size.current.height - ratio) > 0.01) {
    const width = Math.max(1100, layerSize(editing.now.spots, ratio).width)
    size.current = { width, height: Math.round(width / ratio) }
  }
  const { width, height } = size.current

  const show = (): void => {
    const { x, y, scale } = view.current
    if (layer.current) layer.current.style.transform = `translate(${x}px, ${y}px) scale(${scale})`
  }
  const fit = (): void => {
    const box = frame.current!, scale = Math.min(box.clientWidth / width, box.clientHeight / height, 1.25)
    view.current = { scale, x: (box.clientWidth - width * scale) / 2, y: (box.clientHeight - height * scale) / 2 }
    show()
  }
  const zoom = (by: number, at: Point): void => {
    const { x, y, scale } = view.current, next = Math.min(4, Math.max(0.1, scale * by))
    view.current = { scale: next, x: at.x - ((at.x - x) * next) / scale, y: at.y - ((at.y - y) * next) / scale }
    show()
  }
  const pan = (dx: number, dy: number): void => {
    view.current = { ...view.current, x: view.current.x + dx, y: view.current.y + dy }
    show()
  }
  /** Where on the plan a place of the screen is. */
  const at = (event: { clientX: number; clientY: number }): Point => {
    const box = frame.current!.getBoundingClientRect(), { x, y, scale } = view.current
    return { x: (event.clientX - box.left - x) / scale / width, y: (event.clientY - box.top - y) / scale / height }
  }
  seen.current = () => {
    const box = frame.current!.getBoundingClientRect(), clip = (n: number): number => Math.min(1, Math.max(0, n))
    const from = at({ clientX: box.left, clientY: box.top }), to = at({ clientX: box.right, clientY: box.bottom })
    return { left: clip(from.x), top: clip(from.y), right: clip(to.x), bottom: clip(to.y) }
  }

  useLayoutEffect(() => {
    let wide = 0
    const turned = new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width !== wide) fit()
      wide = contentRect.width
    })
    turned.observe(frame.current!)
    return () => turned.disconnect()
  }, [width, height])
  useEffect(() => {
    const box = frame.current!
    const wheel = (event: WheelEvent): void => {
      event.preventDefault()
      const from = box.getBoundingClientRect()
      zoom(Math.exp(-event.deltaY / (event.ctrlKey ? 100 : 400)), { x: event.clientX - from.left, y: event.clientY - from.top })
    }
    box.addEventListener("wheel", wheel, { passive: false })
    return () => box.removeEventListener("wheel", wheel)
  }, [width, height])

  const seat = (id: string): HTMLButtonElement | null => layer.current!.querySelector(`[data-spot="${id}"]`)
  const draw = (path: string): void => marks.current?.setAttribute("d", path)
  const line = (points: Point[]): string => points.map((p, i) => `${i ? "L" : "M"}${p.x * width} ${p.y * height}`).join("")

  /** How far what is held has come, in line with others where it nearly is; Alt lets it lie where it is. */
  const dragged = (h: Held, event: PointerEvent) => {
    const dx = (event.clientX - h.x) / view.current.scale / width, dy = (event.clientY - h.y) / view.current.scale / height
    const lead = editing.now.spots.find((s) => s.id === h.spot)!
    const near = event.altKey ? 0 : 6 / view.current.scale
    return snap(editing.now, editing.picked, lead, dx, dy, { x: near / width, y: near / height })
  }

  const down = (event: PointerEvent): void => {
    const spot = (event.target as Element).closest<HTMLElement>("[data-spot]")?.dataset["spot"]
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (fingers.current.size > 1) { letGo(); return }
    const pans = event.button === 1 || tool === "hand" || (!spot && event.pointerType === "touch" && tool === "pick")
    if (event.button > 1) return
    held.current = { id: event.pointerId, x: event.clientX, y: event.clientY, spot: pans ? undefined : spot, moved: false, pans, path: [at(event)] }
    if (spot && !pans) {
      stop.value = spot
      if (event.shiftKey || event.ctrlKey || event.metaKey) act.pick([spot], true)
      else if (!editing.picked.has(spot)) act.pick([spot], false)
    }
  }
  const moved = (event: PointerEvent): void => {
    const before = fingers.current.get(event.pointerId)
    if (!before) return
    const now = { x: event.clientX, y: event.clientY }
    if (fingers.current.size > 1) {
      const [a, b] = [...fingers.current.values()] as [Point, Point], spread = Math.hypot(a.x - b.x, a.y - b.y)
      fingers.current.set(event.pointerId, now)
      const [c, d] = [...fingers.current.values()] as [Point, Point], box = frame.current!.getBoundingClientRect()
      pan((c.x + d.x - a.x - b.x) / 2, (c.y + d.y - a.y - b.y) / 2)
      if (spread > 0) zoom(Math.hypot(c.x - d.x, c.y - d.y) / spread, { x: (c.x + d.x) / 2 - box.left, y: (c.y + d.y) / 2 - box.top })
      return
    }
    fingers.current.set(event.pointerId, now)
    const h = held.current
    if (!h || h.id !== event.pointerId) return
    if (!h.moved && Math.hypot(now.x - h.x, now.y - h.y) < 4) return
    if (!h.moved) frame.current!.setPointerCapture(event.pointerId)
    h.moved = true
    if (h.pans) pan(now.x - before.x, now.y - before.y)
    else if (h.spot) {
      const to = dragged(h, event)
      for (const id of editing.picked) {
        const one = seat(id)
        if (one) one.style.transform = `translate(${to.dx * width}px, ${to.dy * height}px)`
      }
      draw((to.column === undefined ? "" : `M${to.column * width} 0V${height}`) + (to.row === undefined ? "" : `M0 ${to.row * height}H${width}`))
    } else if (tool !== "add") {
      h.path = tool === "outline" ? [...h.path, at(event)] : box(h.path[0]!, at(event))
      draw(`${line(h.path)}Z`)
    }
  }
  const up = (event: PointerEvent): void => {
    fingers.current.delete(event.pointerId)
    const h = held.current
    if (!h || h.id !== event.pointerId) return
    letGo()
    if (h.pans) return
    if (h.spot) {
      if (!h.moved) return
      const to = dragged(h, event)
      act.move(to.dx, to.dy)
    } else if (tool === "add" && !h.moved) act.place(at(event))
    else if (h.moved) act.pick(inside(editing.now.spots, h.path), event.shiftKey)
    else act.pick([], event.shiftKey)
  }
  const letGo = (): void => {
    held.current = undefined
    draw("")
    for (const id of editing.picked) seat(id)?.style.removeProperty("transform")
  }
  const cancel = (event: PointerEvent): void => { fingers.current.delete(event.pointerId); letGo() }

  /** The arrow keys move what is picked, or go to the nearest spot that way. */
  const keys = (event: KeyboardEvent): void => {
    const box = frame.current!, middle = { x: box.clientWidth / 2, y: box.clientHeight / 2 }
    if (event.key === "+" || event.key === "=") return zoom(1.3, middle)
    if (event.key === "-") return zoom(1 / 1.3, middle)
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] as [number, number] | undefined
    const here = editing.now.spots.find((s) => s.id === (event.target as HTMLElement).dataset["spot"])
    if (!way || !here) return
    event.preventDefault()
    if (editing.picked.has(here.id)) {
      const by = event.shiftKey ? step * 8 : step
      return act.nudge(way[0] * by, way[1] * by * ratio)
    }
    const next = towards(here, way, editing.now.spots, ratio)
    if (next) come(next.id)
  }
  const come = (id: string): void => {
    const one = seat(id)
    one?.focus({ preventScroll: true })
    const box = frame.current!.getBoundingClientRect(), is = one?.getBoundingClientRect()
    if (!is) return
    const beyond = (from: number, to: number, low: number, high: number): number => from < low ? low - from + edge : to > high ? high - to - edge : 0
    pan(beyond(is.left, is.right, box.left, box.right), beyond(is.top, is.bottom, box.top, box.bottom))
  }
  // What was just placed or found has the focus, so that the arrow keys move it.
  const only = editing.picked.size === 1 ? [...editing.picked][0]! : ""
  useEffect(() => { if (only && seat(only) && (document.activeElement === document.body || frame.current!.contains(document.activeElement))) come(only) }, [only])
  const reached = editing.now.spots.some((s) => s.id === stop.value) ? stop.value : only || editing.now.spots[0]?.id

  return (
    <div class={`drawing with-${tool}`} role="group" aria-label={about}>
      <div class="plan-frame" ref={frame} onPointerDown={down} onPointerMove={moved} onPointerUp={up} onPointerCancel={cancel} onKeyDown={keys}>
        <div class="plan-layer" ref={layer} style={{ width: `${width}px`, height: `${height}px` }}>
          {url && <img src={url} alt="" draggable={false} />}
          {ghosts.map((s) => <i key={s.id} class="seat ghost" aria-hidden="true" style={place(s)}>{s.name}</i>)}
          {editing.now.spots.map((s) => (
            <Seat key={s.id} spot={s} label={say(s)} picked={editing.picked.has(s.id)} first={s.id === reached}
              press={(more) => { stop.value = s.id; act.pick(!more && editing.picked.has(s.id) ? [] : [s.id], more) }} />
          ))}
          <svg class="marks" viewBox={`0 0 ${width} ${height}`} aria-hidden="true"><path ref={marks} /></svg>
        </div>
      </div>
    </div>
  )
}

const place = (s: Spot) => ({ left: `${s.x * 100}%`, top: `${s.y * 100}%` })

const box = (a: Point, b: Point): Point[] => [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }]

interface SeatProps { spot: Spot; label: string; picked: boolean; first: boolean; press: (more: boolean) => void }

/** Drawn anew only when it is another: of a thousand most stay as they are. */
class Seat extends Component<SeatProps> {
  override shouldComponentUpdate(next: SeatProps): boolean {
    const { spot, label, picked, first } = this.props
    return next.spot !== spot || next.label !== label || next.picked !== picked || next.first !== first
  }
  override render() {
    const { spot, label, picked, first } = this.props
    const kind = `${spot.category === "room" ? " room" : ""}${spot.assigned ? " part" : " free"}`
    return (
      <button type="button" class={`seat${kind}`} data-spot={spot.id} tabIndex={first ? 0 : -1} style={place(spot)} aria-label={label} aria-pressed={picked}
        onClick={(event) => { if (event.detail === 0) this.props.press(event.shiftKey || event.ctrlKey) }}>{spot.name}</button>
    )
  }
}

/** The place in the middle of a box. */
export const middle = (b: Box): Point => ({ x: (b.left + b.right) / 2, y: (b.top + b.bottom) / 2 })

