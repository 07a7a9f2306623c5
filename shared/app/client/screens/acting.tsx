// Who may reserve and cancel for whom (4.f.1): let a colleague, take it back, and act for who lets you.
import { useSignal } from "@preact/signals"
import { access as whereabouts } from "../access"
import { ask, type Out } from "../api"
import { texts } from "../i18n"
import { Icon } from "../icons"
import { sentence, Wrong } from "../problems"
import { to } from "../route"
import { clockIn, longDate, range } from "../time"
import { Bones, Button, Notice, say, Sheet, useLoaded } from "../ui"
import words from "./acting.json"

const t = texts(words)

type Delegation = Out<"GET /me/delegates">
type Party = Delegation["delegates"][number]

const nameOf = (p: Party): string => p.name ?? t("somebody")

/** The two lists; nothing where both are empty. */
export function Acting({ of, again }: { of: Delegation | undefined; again: () => Promise<void> }) {
  const open = useSignal<Party | undefined>(undefined)
  const wrong = useSignal("")
  if (!of || of.delegates.length + of.principals.length === 0) return null
  const takeBack = async (p: Party): Promise<void> => {
    try {
      await ask("DELETE /me/delegates/{colleague}", { colleague: p.colleague })
      wrong.value = ""
      await again()
    } catch (error) {
      wrong.value = sentence(error)
    }
  }
  return (
    <section class="stack near">
      <h2>{t("title")}</h2>
      <p class="quiet small">{t("about")}</p>
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      <ul class="card list">
        {of.delegates.map((p) => (
          <li key={p.colleague} class="row apart">
            <span class="grow"><b>{nameOf(p)}</b><br /><span class="quiet small">{t("forme")}</span></span>
            <Button look="plain" aria-label={`${t("takeback")}: ${nameOf(p)}`} onClick={() => void takeBack(p)}>{t("takeback")}</Button>
          </li>
        ))}
        {of.principals.map((p) => (
          <li key={p.colleague} class="row apart">
            <span class="grow"><b>{nameOf(p)}</b><br /><span class="quiet small">{t("forthem")}</span></span>
            <Button aria-label={`${t("view")}: ${nameOf(p)}`} onClick={() => { open.value = p }}>{t("view")}</Button>
          </li>
        ))}
      </ul>
      {open.value && <Principal of={open.value} onClose={() => { open.value = undefined }} onEnd={async () => { open.value = undefined; await again() }} />}
    </section>
  )
}

/** The button on a colleague's card. */
export function Allow({ colleague, name, onDone }: { colleague: string; name: string; onDone: () => Promise<void> }) {
  const busy = useSignal(false)
  const wrong = useSignal("")
  const allow = async (): Promise<void> => {
    busy.value = true
    try {
      await ask("PUT /me/delegates/{colleague}", { colleague })
      say(t("allowed", { name }))
      await onDone()
    } catch (error) {
      wrong.value = sentence(error)
    }
    busy.value = false
  }
  return (
    <>
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      <Button look="plain" busy={busy.value} onClick={() => void allow()}>{t("allow", { name })}</Button>
    </>
  )
}

function Principal({ of, onClose, onEnd }: { of: Party; onClose: () => void; onEnd: () => Promise<void> }) {
  const access = useLoaded(whereabouts, [])
  const theirs = useLoaded((signal) => ask("GET /colleagues/{principal}/reservations", { principal: of.colleague }, { signal }), [of.colleague])
  const wrong = useSignal("")
  const zones = new Map(access.value?.locations.map((l) => [l.id, l.time_zone]))
  const act = (what: () => Promise<unknown>, then: () => Promise<void>) => async (): Promise<void> => {
    try {
      await what()
      wrong.value = ""
      await then()
    } catch (error) {
      wrong.value = sentence(error)
    }
  }
  const name = nameOf(of)
  return (
    <Sheet title={t("of", { name })} onClose={onClose}>
      <Wrong error={theirs.wrong} again={() => void theirs.again()} />
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      {!theirs.value ? !theirs.wrong && <Bones n={1} /> : theirs.value.reservations.length === 0 ? <p class="quiet">{t("none")}</p> : (
        <ul class="card list">
          {theirs.value.reservations.map((r) => {
            const zone = zones.get(r.location) ?? "UTC"
            return (
              <li key={r.id} class="row apart">
                <span class="grow"><b>{r.name}</b><br /><span class="quiet small">{longDate(r.date)}, {range(clockIn(zone, r.starts_at), clockIn(zone, r.ends_at))}{r.by && ` · ${t("byyou")}`}{r.state === "asked" && ` · ${t("asked")}`}</span></span>
                <Button look="plain" aria-label={`${t("cancel")}: ${r.name}, ${longDate(r.date)}`} onClick={act(() => ask("DELETE /colleagues/{principal}/reservations/{held}", { principal: of.colleague, held: r.id }), theirs.again)}>{t("cancel")}</Button>
              </li>
            )
          })}
        </ul>
      )}
      <a class="button do wide" href={to("floor", "", { for: of.colleague })}>{t("reserve", { name })}<Icon name="next" /></a>
      <Button look="plain" onClick={act(() => ask("DELETE /me/principals/{colleague}", { colleague: of.colleague }), onEnd)}>{t("end", { name })}</Button>
    </Sheet>
  )
}
