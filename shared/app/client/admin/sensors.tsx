// How the sensors are: the silent ones first, then the emptiest batteries. When each was heard is told by the day alone, since
// the hour at which a desk's sensor spoke could tell when somebody came (4.d.4).
import { useSignal } from "@preact/signals"
import { ask, type Out } from "../api"
import { makers } from "../editor/makers"
import { texts } from "../i18n"
import { Wrong } from "../problems"
import { to } from "../route"
import type { Part } from "../screens/admin"
import { addDays, dateIn, longDate } from "../time"
import { Bones, Button, Pill, useLoaded } from "../ui"
import { Where } from "./where"
import words from "./sensors.json"

const t = texts(words)

type Sensor = Out<"GET /locations/{location}/sensors">["sensors"][number]

const low = 15 // per cent, from which on a battery is to be replaced
const first = 60 // that are shown at once

export function Sensors({ known }: Part) {
  return <Where of={known.locations} none={t("nowhere")}>{(location) => <Of key={location.id} location={location.id} zone={location.time_zone} />}</Where>
}

function Of({ location, zone }: { location: string; zone: string }) {
  const list = useLoaded((signal) => ask("GET /locations/{location}/sensors", { location }, { signal }), [location])
  const all = useSignal(false)
  if (!list.value) return list.wrong ? <Wrong error={list.wrong} again={() => void list.again()} /> : <Bones />
  const { sensors } = list.value
  const silent = sensors.filter((s) => s.silent).length, empty = sensors.filter((s) => s.battery !== undefined && s.battery <= low).length
  if (sensors.length === 0) return <p>{t("none")}</p>
  return (
    <>
      <p>{t("sum", { n: sensors.length, silent, empty })}</p>
      <ul class="card list">
        {sensors.slice(0, all.value ? undefined : first).map((s) => (
          <li key={s.id} class="row apart">
            <div class="booked">
              <b><a href={to("editor", s.floor)}>{s.spot_name}</a></b> <span class="quiet small">{s.floor_name}</span>
              <p class="quiet small">{heard(s, zone)} · {makers[s.model] ?? s.model} · {s.id}</p>
            </div>
            <span class="row">
              {s.silent && <Pill tone="look" icon="look">{t("silent")}</Pill>}
              {s.battery !== undefined && <Pill tone={s.battery <= low ? "look" : undefined} icon={s.battery <= low ? "look" : undefined}>{t("battery", { percent: s.battery })}</Pill>}
            </span>
          </li>
        ))}
      </ul>
      {!all.value && sensors.length > first && <div><Button onClick={() => { all.value = true }}>{t("all", { n: sensors.length })}</Button></div>}
    </>
  )
}

function heard(s: Sensor, zone: string): string {
  const today = dateIn(zone)
  if (!s.heard_on) return t("never")
  if (s.heard_on === today) return t("today")
  return t("on", { day: s.heard_on === addDays(today, -1) ? t("yesterday") : longDate(s.heard_on) })
}
