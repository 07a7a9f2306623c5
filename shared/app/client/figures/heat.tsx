// Occupancy by hour and weekday. The picture is a table, so whoever can't see its colours hears what they mean.
import { texts } from "../i18n"
import { addDays, clockOf, minutes, short, shortDay, weekday } from "../time"
import words from "./heat.json"
import { level, number, type HourUse } from "./use"

const t = texts(words)

const monday = "2026-11-23" // any: the days of a week after it have the weekdays' names
const dayOf = (n: number): string => addDays(monday, n - 1)
const week = [1, 2, 3, 4, 5, 6, 7]
const mean = (h: HourUse): number => h.spots_in_use / h.days

interface Props { hours: HourUse[]; spots: number; opens: string; closes: string }

export function Heat({ hours, spots, opens, closes }: Props) {
  const cells = new Map(hours.map((h) => [`${h.weekday} ${h.clock}`, h]))
  const most = Math.max(...hours.map(mean))
  const top = hours.find((h) => mean(h) === most)!
  return (
    <div class="stack near">
      <p>{t("busiest", { day: weekday(dayOf(top.weekday)), time: short(top.clock), n: number(most), spots: number(spots) })}</p>
      <div class="frame" role="region" aria-label={t("title")} tabIndex={0}>
        <table class="heat">
          <caption class="unseen">{t("about")}</caption>
          <thead><tr><td />{week.map((n) => <th key={n} scope="col"><abbr title={weekday(dayOf(n))}>{shortDay(dayOf(n))}</abbr></th>)}</tr></thead>
          <tbody>
            {clocks(hours, opens, closes).map((clock) => (
              <tr key={clock}>
                <th scope="row">{short(clock)}</th>
                {week.map((n) => <Cell key={n} of={cells.get(`${n} ${clock}`)} most={most} />)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="scale" aria-hidden="true">
        <span>{t("few")}</span>{[1, 2, 3, 4, 5].map((n) => <i key={n} class={`level-${n}`} />)}<span>{number(most)}</span>
        <span><i class="withheld" />{t("withheld")}</span>
      </p>
    </div>
  )
}

function Cell({ of, most }: { of?: HourUse; most: number }) {
  if (!of) return <td class="withheld"><span class="unseen">{t("withheld")}</span></td>
  return (
    <td class={`level-${level(mean(of), most)}`}>
      {number(mean(of))}{of.days < of.of && <span class="unseen"> {t("days", { days: of.days, of: of.of })}</span>}
    </td>
  )
}

/** The hours that the location is open, and any beside these that have a figure. */
function clocks(hours: HourUse[], opens: string, closes: string): string[] {
  const begins = hours.map((h) => Math.floor(minutes(h.clock) / 60))
  const first = Math.min(Math.floor(minutes(opens) / 60), ...begins), last = Math.max(Math.ceil(minutes(closes) / 60) - 1, ...begins)
  const whole = Array.from({ length: last - first + 1 }, (_, i) => clockOf((first + i) * 60))
  return [...new Set([...whole, ...hours.map((h) => h.clock)])].sort()
}
