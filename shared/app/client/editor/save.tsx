// What is to be known before a save, and when somebody else was first: both are decided by who saves.
import type { Out } from "../api"
import { texts } from "../i18n"
import { range, shortDate } from "../time"
import { Button, Notice, Sheet } from "../ui"
import type { Difference, Merged } from "./merge"
import words from "./save.json"

const t = texts(words)

type Effect = Out<"POST /floors/{floor}/layout/trial">

/** What a save would cancel, spot by spot, with the choice. */
export function Cancelling({ effect, busy, onClose, onCancel }: { effect: Effect; busy: boolean; onClose: () => void; onCancel: () => void }) {
  return (
    <Sheet title={t("cancels")} onClose={onClose}>
      <p>{effect.reservations ? t("many", { n: effect.reservations }) : t("some")}</p>
      <Times taken={effect.taken} />
      {effect.more && <p class="quiet small">{t("more")}</p>}
      <Button look="stop" wide busy={busy} onClick={onCancel}>{t("cancel")}</Button>
      <Button wide onClick={onClose}>{t("refuse")}</Button>
    </Sheet>
  )
}

/** When spots are taken, spot by spot. */
export function Times({ taken }: { taken: Effect["taken"] }) {
  const spots = [...new Set(taken.map((one) => one.spot))].map((id) => taken.filter((one) => one.spot === id))
  return (
    <ul class="card list scrolls">
      {spots.map((times) => (
        <li key={times[0]!.spot}>
          <b>{times[0]!.name}</b>
          <p class="small">{times.map((one) => `${shortDate(one.date)} ${range(one.from, one.to)}`).join(", ")}</p>
        </li>
      ))}
    </ul>
  )
}

/** What somebody else did meanwhile beside what one did oneself: the plan shows theirs in dashes. */
export function Conflict({ merged, onMine, onTheirs, onClose }: { merged: Merged; onMine: () => void; onTheirs: () => void; onClose: () => void }) {
  return (
    <Sheet title={t("conflict")} onClose={onClose}>
      <p>{t("conflictabout")}</p>
      {merged.theirs.length > 0 && <Differences title={t("theirs")} all={merged.theirs} />}
      {merged.both.length > 0 && <><Differences title={t("both")} all={merged.both} /><Notice>{t("minestands")}</Notice></>}
      <Button look="do" wide onClick={onMine}>{t("together")}</Button>
      <Button wide onClick={onClose}>{t("look")}</Button>
      <Button look="stop" wide onClick={onTheirs}>{t("taketheirs")}</Button>
    </Sheet>
  )
}

function Differences({ title, all }: { title: string; all: Difference[] }) {
  return (
    <div class="stack near">
      <h2>{title}</h2>
      <ul class="card list scrolls">{all.map((d) => <li key={d.kind + d.id}>{t(`what.${d.what}`, { name: d.kind === "zone" ? t("thezone", { name: d.name }) : d.name })}</li>)}</ul>
    </div>
  )
}
