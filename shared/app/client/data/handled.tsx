// For administrators: how many requests of the organisation's people were handled, by month, and how fast (GDPR, art.
// 5(2)). Whose they were is not kept.
import { useSignal } from "@preact/signals"
import { ask, type Out } from "../api"
import { capital, texts } from "../i18n"
import { Wrong } from "../problems"
import { monthOf } from "../time"
import { Bones, useLoaded } from "../ui"
import words from "./handled.json"

const t = texts(words)

type Month = Out<"GET /business-account/requests-handled">["months"][number]
type Request = Month["requests"][number]

export function Handled() {
  const open = useSignal(false)
  return (
    <details class="card" onToggle={(event) => { open.value = event.currentTarget.open }}>
      <summary>{t("title")}</summary>
      {open.value && <Months />}
    </details>
  )
}

function Months() {
  const report = useLoaded((signal) => ask("GET /business-account/requests-handled", {}, { signal }), [])
  const months = report.value?.months
  return (
    <div class="stack near">
      <p class="quiet small">{t("about")}</p>
      <Wrong error={report.wrong} again={() => void report.again()} />
      {!months ? !report.wrong && <Bones n={1} /> : months.length === 0 ? <p>{t("none")}</p> : [...months].reverse().map((m) => <OneMonth key={m.month} {...m} />)}
    </div>
  )
}

function OneMonth({ month, requests }: Month) {
  return (
    <table class="figures">
      <caption>{capital(monthOf(`${month}-01`))}</caption>
      <thead><tr><th scope="col">{t("what")}</th><th scope="col">{t("handled")}</th></tr></thead>
      <tbody>{requests.map((r) => <tr key={r.request}><th scope="row">{t(`what.${r.request}`)}<br /><span class="quiet">{within(r)}</span></th><td>{r.handled}</td></tr>)}</tbody>
    </table>
  )
}

const times = ["minute", "hour", "day", "month", "later"] as const

/** How many were handled how fast; where one of the numbers is of few, none is told. */
function within({ within }: Request): string {
  const counts = within as Record<string, number> | undefined
  if (!counts) return t("few")
  return times.filter((time) => counts[time]).map((time) => t(`in.${time}`, { count: counts[time]! })).join(", ")
}
