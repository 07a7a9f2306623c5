// All guests of the building, whoever invited them, which is not told; any of them can be shown out (4.d.3).
import { useSignal } from "@preact/signals"
import { useAct } from "../act"
import { ask, type Out } from "../api"
import { texts } from "../i18n"
import { Wrong } from "../problems"
import type { Part } from "../screens/admin"
import { dateIn, longDate, momentIn } from "../time"
import { Bones, Button, Notice, Pill, Sheet, useLoaded } from "../ui"
import words from "./visitors.json"

const t = texts(words)

type Visitor = Out<"GET /business-account/visitors">["visitors"][number]

export function Visitors({ known }: Part) {
  const list = useLoaded((signal) => ask("GET /business-account/visitors", {}, { signal }), [])
  const ending = useSignal<Visitor | undefined>(undefined)
  if (!list.value) return list.wrong ? <Wrong error={list.wrong} again={() => void list.again()} /> : <Bones />
  const at = (v: Visitor) => known.locations.find((l) => l.id === v.location)
  const today = (v: Visitor): string => dateIn(at(v)?.time_zone ?? "UTC")
  const groups = [
    { name: "today", of: list.value.visitors.filter((v) => v.first <= today(v) && today(v) <= v.last) },
    { name: "coming", of: list.value.visitors.filter((v) => v.first > today(v)) },
    { name: "been", of: list.value.visitors.filter((v) => v.last < today(v)) },
  ] as const
  return (
    <>
      <p class="quiet">{t("about")}</p>
      {list.value.visitors.length === 0 && <p>{t("none")}</p>}
      {groups.filter((g) => g.of.length > 0).map((g) => (
        <section key={g.name} class="stack near">
          <h2>{t(g.name)} <Pill>{g.of.length}</Pill></h2>
          <ul class="card list">
            {g.of.map((v) => (
              <li key={v.id} class="row apart">
                <div class="booked">
                  <b>{v.name ?? t("hidden")}</b>
                  <p class="quiet small">{at(v)?.name} · {v.first === v.last ? longDate(v.first) : t("days", { first: longDate(v.first), last: longDate(v.last) })} · {t("gone", { date: momentIn(at(v)?.time_zone ?? "UTC", v.kept_until) })}</p>
                </div>
                <Button look="plain" aria-label={`${t("end")}: ${v.name ?? t("hidden")}`} onClick={() => { ending.value = v }}>{t("end")}</Button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {ending.value && <End key={ending.value.id} of={ending.value} onClose={() => { ending.value = undefined }} onDone={list.again} />}
    </>
  )
}

function End({ of, onClose, onDone }: { of: Visitor; onClose: () => void; onDone: () => Promise<void> }) {
  const { busy, wrong, act } = useAct()
  const end = (): Promise<boolean> => act(async () => {
    await ask("DELETE /business-account/visitors/{visitor}", { visitor: of.id })
    onClose()
    await onDone()
  }, t("ended"))
  return (
    <Sheet title={t("sure", { name: of.name ?? t("hidden") })} onClose={onClose}>
      <p>{t("endabout")}</p>
      {wrong && <Notice tone="bad">{wrong}</Notice>}
      <Button look="stop" wide large busy={busy} onClick={() => void end()}>{t("end")}</Button>
    </Sheet>
  )
}
