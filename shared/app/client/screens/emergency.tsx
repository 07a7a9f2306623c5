// For confirmed emergency response officers: who is in the building, by floor, with a roll call that works while the
// connection doesn't. The list is in memory alone.
import { useSignal } from "@preact/signals"
import { access as whereabouts } from "../access"
import { ask, Problem, type Out } from "../api"
import { texts } from "../i18n"
import { Wrong } from "../problems"
import { place } from "../route"
import { clockIn, short } from "../time"
import { Bones, Button, Notice, Tick, Title, useLoaded, useWhileSeen } from "../ui"
import words from "./emergency.json"

const t = texts(words)

type Occupied = Out<"GET /locations/{location}/emergency-list">["occupied"][number]

export default function Emergency() {
  const access = useLoaded(whereabouts, [])
  const location = access.value?.locations.find((l) => l.id === place.value.id) ?? access.value?.locations[0]
  const list = useLoaded(async (signal) => location && ask("GET /locations/{location}/emergency-list", { location: location.id }, { signal }), [location?.id])
  useWhileSeen(30, () => void list.again())
  const ticked = useSignal(new Set<string>())
  const left = useSignal(false)

  if (list.wrong instanceof Problem && list.wrong.kind === "not-found") return <main class="screen stack far"><Title>{t("title")}</Title><Notice>{t("not")}</Notice></main>
  const shown = list.value
  if (!shown || !location) {
    const wrong = list.wrong ?? access.wrong
    return <main class="screen stack far"><Title>{t("title")}</Title>{wrong ? <Wrong error={wrong} again={() => void list.again()} /> : <Bones />}</main>
  }
  const time = short(clockIn(location.time_zone, shown.at))
  const flip = (spot: string, on: boolean): void => {
    const next = new Set(ticked.value)
    if (on) next.add(spot)
    else next.delete(spot)
    ticked.value = next
  }
  const floors = [...new Set(shown.occupied.map((o) => o.floor_name))]
  const done = shown.occupied.filter((o) => ticked.value.has(o.spot)).length
  return (
    <main class="screen stack far">
      <Title over={t("at", { location: shown.name, time })}>{t("title")}</Title>
      {list.wrong !== undefined && <Notice tone="bad">{t("old", { time })}</Notice>}
      <div class="stack near">
        <p class="figure">{done}/{shown.occupied.length}</p>
        <p>{t("accounted", { done, n: shown.occupied.length })} · {t("n", { n: shown.occupied.length })}</p>
        <p class="quiet small">{t("kept")}</p>
      </div>
      <Button look="do" wide large onClick={() => void list.again()}>{t("again")}</Button>
      {shown.occupied.length === 0 ? <Notice tone="good">{t("nobody")}</Notice> : <Tick checked={left.value} onChange={(on) => { left.value = on }}>{t("hide")}</Tick>}
      {floors.map((floor) => (
        <section key={floor} class="stack near">
          <h2>{floor}</h2>
          <ul class="card list">
            {shown.occupied.filter((o) => o.floor_name === floor && !(left.value && ticked.value.has(o.spot))).map((o) => (
              <li key={o.spot}><Tick checked={ticked.value.has(o.spot)} onChange={(on) => flip(o.spot, on)}><Who o={o} /></Tick></li>
            ))}
          </ul>
        </section>
      ))}
    </main>
  )
}

function Who({ o }: { o: Occupied }) {
  return <span class="row apart"><b>{o.spot_name}</b><span class="grow">{o.person ?? <span class="quiet">{t("unnamed")}</span>}</span><span class="quiet small">{o.zone_name}</span></span>
}
