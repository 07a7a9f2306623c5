// Numbers by day, drawn as lines with a gap where there is no figure. The drawing is stretched to its frame and its words
// stand beside it as text, so both grow and change their colours with the page. What is said here stands in a table too.
import { nice, ticks } from "d3-array"
import { line } from "d3-shape"
import { addDays, dayAndMonth } from "../time"
import { number } from "./use"

export interface Series { name: string; look: "main" | "beside"; values: Map<string, number> } // by date

interface Props { from: string; to: string; series: Series[] }

const wide = 1000, high = 300 // of the drawing, in its own measure

export function Lines({ from, to, series }: Props) {
  const dates = between(from, to)
  const [, top] = nice(0, Math.max(4, ...series.flatMap((s) => [...s.values.values()])), 4)
  const marks = ticks(0, top, 4)
  const x = (i: number): number => ((i + 0.5) / dates.length) * wide
  const y = (n: number): number => high - (n / top) * high
  const path = (s: Series): string => line<string>()
    .defined((date) => s.values.has(date))
    .x((_, i) => x(i))
    .y((date) => y(s.values.get(date)!))(dates)!
  const dots = (s: Series): string => dates.map((date, i) => (s.values.has(date) ? `M${x(i)} ${y(s.values.get(date)!)}h0` : "")).join("")
  const middle = Math.floor(dates.length / 2)
  return (
    <figure class="lines" aria-hidden="true">
      {series.length > 1 && <p class="key">{series.map((s) => <span key={s.name}><i class={s.look} />{s.name}</span>)}</p>}
      <div class="lines-plot">
        <div class="lines-up">{marks.map((n) => <span key={n} style={{ bottom: `${(n / top) * 100}%` }}>{number(n)}</span>)}</div>
        <svg viewBox={`0 0 ${wide} ${high}`} preserveAspectRatio="none">
          <path class="rules" d={marks.map((n) => `M0 ${y(n)}H${wide}`).join("")} />
          {series.map((s) => <path key={s.name} class={s.look} d={path(s)} />)}
          {dates.length < 100 && series.map((s) => <path key={s.name} class={`dots ${s.look}`} d={dots(s)} />)}
        </svg>
        <div class="lines-along">
          <span>{dayAndMonth(from)}</span>
          {dates.length > 2 && <span>{dayAndMonth(dates[middle]!)}</span>}
          <span>{dayAndMonth(to)}</span>
        </div>
      </div>
    </figure>
  )
}

function between(from: string, to: string): string[] {
  const dates = [from]
  while (dates.at(-1)! < to) dates.push(addDays(dates.at(-1)!, 1))
  return dates
}
