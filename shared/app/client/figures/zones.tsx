// How much each zone of a floor was used, on its plan: a shape around the zone's spots, darker the more a spot of it was
// used, with a letter that the table below has too.
import { polygonHull } from "d3-polygon"
import type { Out } from "../api"
import { texts } from "../i18n"
import { useImage } from "../plan"
import { level, number, type PlaceUse } from "./use"
import words from "./zones.json"

const t = texts(words)

type Floor = Out<"GET /floors/{floor}">
type Point = [number, number]

interface Drawn { letter: string; name: string; spots: Point[]; use?: PlaceUse }

/** By day and spot: so a large zone and a small one can be compared. */
const perSpot = (z: Drawn): number => (z.use ? z.use.check_ins / z.use.days / z.spots.length : 0)
const aDay = (use: PlaceUse): string => number(use.check_ins / use.days, 1)

export function Zones({ floor, places }: { floor: Floor; places: PlaceUse[] }) {
  const zones = zonesOf(floor, places)
  return (
    <>
      <Picture floor={floor} zones={zones} />
      <Table whole={places.find((p) => p.floor === floor.id && !p.zone)} zones={zones} spots={floor.spots.length} />
    </>
  )
}

function zonesOf(floor: Floor, places: PlaceUse[]): Drawn[] {
  const all = [...floor.zones.map((z) => ({ id: z.id, name: z.name })), { id: "none", name: t("outside") }]
  return all
    .map(({ id, name }) => ({
      name, use: places.find((p) => p.floor === floor.id && p.zone === id),
      spots: floor.spots.filter((s) => (s.zone ?? "none") === id).map((s): Point => [s.x, s.y]),
    }))
    .filter((z) => z.spots.length > 0)
    .map((z, i) => ({ ...z, letter: letter(i) }))
}

/** A to Z, then AA. */
const letter = (i: number): string => (i < 26 ? "" : letter(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + (i % 26))

const wide = 100 // of the drawing, in its own measure

function Picture({ floor, zones }: { floor: Floor; zones: Drawn[] }) {
  const image = useImage(floor.id, floor.plan, 0)
  const ratio = Math.min(4, Math.max(1 / 2, image.ratio ?? floor.plan_ratio ?? 4 / 3))
  const most = Math.max(...zones.map(perSpot))
  const shown = floor.plan ? { left: 0, top: 0, width: wide, height: wide / ratio } : around(zones.flatMap((z) => z.spots), ratio)
  return (
    <div class="map plan-layer" aria-hidden="true" style={{ aspectRatio: `${shown.width} / ${shown.height}` }}>
      {image.url && <img src={image.url} alt="" draggable={false} />}
      <svg viewBox={`${shown.left} ${shown.top} ${shown.width} ${shown.height}`}>
        {zones.map((z) => <path key={z.letter} class={z.use ? `zone level-${level(perSpot(z), most)}` : "zone unknown"} d={outline(z.spots, ratio)} />)}
        <path class="dots" d={zones.flatMap((z) => z.spots).map(([x, y]) => `M${x * wide} ${(y * wide) / ratio}h0`).join("")} />
      </svg>
      {zones.map((z) => {
        const [x, y] = middle(z.spots)
        const left = (x * wide - shown.left) / shown.width, top = ((y * wide) / ratio - shown.top) / shown.height
        return <span key={z.letter} class="map-label" style={{ left: `${left * 100}%`, top: `${top * 100}%` }}><b>{z.letter}</b> {z.use ? aDay(z.use) : "–"}</span>
      })}
    </div>
  )
}

const beside = 8 // the spots that are outermost

/** All that there is to see where a floor has no image. */
function around(spots: Point[], ratio: number) {
  const xs = spots.map(([x]) => x * wide), ys = spots.map(([, y]) => (y * wide) / ratio)
  const left = Math.min(...xs) - beside, top = Math.min(...ys) - beside
  return { left, top, width: Math.max(...xs) + beside - left, height: Math.max(...ys) + beside - top }
}

const outline = (spots: Point[], ratio: number): string =>
  `M${(polygonHull(spots) ?? spots).map(([x, y]) => `${x * wide} ${(y * wide) / ratio}`).join("L")}Z`

const middle = (spots: Point[]): Point => [0, 1].map((i) => spots.reduce((sum, s) => sum + s[i]!, 0) / spots.length) as Point

function Table({ whole, zones, spots }: { whole?: PlaceUse; zones: Drawn[]; spots: number }) {
  const cells = (use: PlaceUse | undefined, n: number) => use
    ? <><td>{aDay(use)}</td><td>{number(use.check_ins / use.days / n, 2)}</td><td>{use.days}</td></>
    : <td colSpan={3} class="quiet">{t("withheld")}</td>
  return (
    <div class="frame">
      <table class="figures">
        <caption class="unseen">{t("about")}</caption>
        <thead><tr><th scope="col">{t("place")}</th><th scope="col">{t("spots")}</th><th scope="col">{t("aday")}</th><th scope="col">{t("perspot")}</th><th scope="col">{t("days")}</th></tr></thead>
        <tbody>
          <tr><th scope="row">{t("whole")}</th><td>{spots}</td>{cells(whole, spots)}</tr>
          {zones.map((z) => <tr key={z.letter}><th scope="row"><b>{z.letter}</b> {z.name}</th><td>{z.spots.length}</td>{cells(z.use, z.spots.length)}</tr>)}
        </tbody>
      </table>
    </div>
  )
}
