// What others ask for and the person can decide: approve, or decline.
import { useSignal } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"
import { ask } from "../api"
import { texts } from "../i18n"
import { sentence } from "../problems"
import { place } from "../route"
import { longDate, range } from "../time"
import { Button, Notice, say, useLoaded, useWhileSeen } from "../ui"
import words from "./approve.json"

const t = texts(words)

/** The requests that wait for the person's decision; nothing where none does. */
export function ToDecide() {
  const list = useLoaded((signal) => ask("GET /approvals", {}, { signal }), [])
  useWhileSeen(60, () => void list.again())
  const busy = useSignal("")
  const wrong = useSignal("")
  const decide = (request: string, decision: "approved" | "declined") => async (): Promise<void> => {
    busy.value = request + decision
    wrong.value = ""
    await ask("POST /approvals/{request}", { request, decision }).then(() => say(t(decision)), (error: unknown) => { wrong.value = sentence(error) })
    await list.again()
    busy.value = ""
  }
  const requests = list.value?.requests ?? []
  const title = useRef<HTMLHeadingElement>(null)
  const shown = requests.length > 0
  useEffect(() => { if (shown && place.value.id === "decide") title.current?.scrollIntoView() }, [shown])
  if (!shown && !wrong.value) return null
  return (
    <section class="stack near">
      <h2 ref={title}>{t("title")}</h2>
      <p class="quiet">{t("about")}</p>
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      <ul class="card list">
        {requests.map((r) => {
          const [first, ...others] = r.dates
          const what = t("asks", { name: r.name ?? t("somebody"), spot: r.spot_name })
          return (
            <li key={r.id} class="row apart">
              <div class="grow">
                <p>{what}</p>
                {first && <p>{longDate(first.date)}, {range(first.from, first.to)}{others.length > 0 && ` ${t("more", { n: others.length })}`} <span class="quiet">· {r.location_name}</span></p>}
              </div>
              <div class="row deeds">
                <Button look="do" busy={busy.value === r.id + "approved"} aria-label={`${t("approve")}: ${what}`} onClick={() => void decide(r.id, "approved")()}>{t("approve")}</Button>
                <Button look="plain" busy={busy.value === r.id + "declined"} aria-label={`${t("decline")}: ${what}`} onClick={() => void decide(r.id, "declined")()}>{t("decline")}</Button>
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
