// Colleagues, as far as each shows anything: find them, keep favourites, see who is in.
import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import { access as whereabouts } from "../access"
import { ask, type Out } from "../api"
import { texts } from "../i18n"
import { Initials } from "../liked"
import { Icon } from "../icons"
import { sentence, Wrong } from "../problems"
import { to } from "../route"
import { range } from "../time"
import { Bones, Button, Field, Notice, Pill, Sheet, Title, useLoaded } from "../ui"
import { Acting, Allow } from "./acting"
import words from "./people.json"

const t = texts(words)

type Found = Out<"GET /colleagues">
type Somebody = Out<"GET /colleagues/{colleague}">

export default function People() {
  const access = useLoaded(whereabouts, [])
  const favourites = useLoaded((signal) => ask("GET /me/favourites", {}, { signal }), [])
  const home = access.value?.locations[0]
  const inside = useLoaded(async (signal) => home && ask("GET /locations/{location}/colleagues", { location: home.id }, { signal }), [home?.id])
  const delegation = useLoaded((signal) => ask("GET /me/delegates", {}, { signal }), [])
  const open = useSignal("")
  const liked = (favourites.value?.colleagues ?? []).map((c) => c.name.toLowerCase())
  // Whom one likes first, by the name that one wrote: it is linked to nobody's record (4.c.2).
  const there = [...(inside.value?.colleagues ?? [])].sort((a, b) => Number(liked.includes(b.name.toLowerCase())) - Number(liked.includes(a.name.toLowerCase())))
  return (
    <main class="screen stack far">
      <Title>{t("title")}</Title>
      <Search open={(id) => { open.value = id }} />
      <section class="stack near">
        <h2>{t("in", { location: home?.name ?? "" })}</h2>
        <Wrong error={inside.wrong ?? access.wrong} again={() => void inside.again()} />
        {!inside.value ? !inside.wrong && !access.wrong && <Bones n={1} /> : there.length === 0 ? <p class="quiet">{t("innone")}</p> : (
          <ul class="card list">
            {there.map((c) => (
              <li key={c.colleague}>
                <button type="button" class="spot-row" onClick={() => { open.value = c.colleague }}>
                  <Initials name={c.name} />
                  <span class="grow"><b>{c.name}</b><br /><Where today={c.today} /></span>
                  <Pill tone={c.today?.some((w) => w.present) ? "do" : undefined}>{t(c.today?.some((w) => w.present) ? "here" : "expected")}</Pill>
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      <Favourites of={favourites.value} again={favourites.again} />
      <Acting of={delegation.value} again={delegation.again} />
      <div class="pair">
        <a class="button" href={to("guests")}>{t("toguests")}<Icon name="next" /></a>
        {access.value?.officer && <a class="button" href={to("emergency", home?.id)}>{t("toemergency")}<Icon name="next" /></a>}
      </div>
      {open.value && <Colleague id={open.value} delegates={delegation.value?.delegates.map((d) => d.colleague)} onClose={() => { open.value = "" }} onAllowed={async () => { open.value = ""; await delegation.again() }} />}
    </main>
  )
}

function Where({ today }: { today: Somebody["today"] }) {
  const now = today?.[0]
  return <span class="quiet small">{now ? t("at", { spot: now.spot_name, floor: now.floor_name, hours: range(now.from, now.to) }) : t("notshown")}</span>
}

function Search({ open }: { open: (id: string) => void }) {
  const query = useSignal("")
  const found = useSignal<Found | undefined>(undefined)
  const wrong = useSignal("")
  const wanted = query.value.trim()
  useEffect(() => {
    found.value = undefined
    if (wanted.length < 2) return
    const stop = new AbortController()
    const timer = setTimeout(() => { // a search is counted, so not one for each letter
      ask("GET /colleagues", { name: wanted }, { signal: stop.signal }).then((answer) => { found.value = answer; wrong.value = "" })
        .catch((error: Error) => { if (error.name !== "AbortError") wrong.value = sentence(error) })
    }, 600)
    return () => { clearTimeout(timer); stop.abort() }
  }, [wanted])
  return (
    <section class="stack near">
      <Field label={t("find")} hint={t("two")} value={query.value} wrong={wrong.value} maxLength={100} onInput={(event) => { query.value = event.currentTarget.value }} />
      {found.value && (found.value.colleagues.length === 0 ? <p role="status">{t("none")}</p> : (
        <ul class="card list" aria-live="polite">
          {found.value.colleagues.map((c) => (
            <li key={c.colleague}>
              <button type="button" class="spot-row" onClick={() => open(c.colleague)}>
                <Initials name={c.name} />
                <span class="grow"><b>{c.name}</b> <span class="quiet small">{c.department}</span></span>
                <span class="small">{t("show")}</span>
              </button>
            </li>
          ))}
        </ul>
      ))}
      {found.value?.more && <p class="quiet small">{t("more")}</p>}
    </section>
  )
}

function Colleague({ id, delegates, onClose, onAllowed }: { id: string; delegates: string[] | undefined; onClose: () => void; onAllowed: () => Promise<void> }) {
  const somebody = useLoaded((signal) => ask("GET /colleagues/{colleague}", { colleague: id }, { signal }), [id])
  const shown = somebody.value
  return (
    <Sheet title={shown?.name ?? ""} onClose={onClose}>
      <Wrong error={somebody.wrong} />
      {!shown && !somebody.wrong && <Bones n={1} />}
      {shown && (
        <div class="stack near">
          {shown.photo && <Photo of={id} name={shown.name} />}
          <p class="quiet">{[shown.job_title, shown.department, shown.customer, shown.emergency_officer && t("officer")].filter(Boolean).join(" · ")}</p>
          {shown.today ? shown.today.map((w) => <a key={w.spot + w.from} class="button wide" href={to("s", w.spot)}>{t("at", { spot: w.spot_name, floor: w.floor_name, hours: range(w.from, w.to) })}</a>) : <p>{t("notshown")}</p>}
          {shown.email && <a href={`mailto:${shown.email}`}>{shown.email}</a>}
          {shown.phone && <a href={`tel:${shown.phone.replace(/[^+\d]/g, "")}`}>{shown.phone}</a>}
          {shown.linkedin_url && <a href={shown.linkedin_url} target="_blank" rel="noreferrer noopener">LinkedIn</a>}
          {delegates && !delegates.includes(id) && <Allow colleague={id} name={shown.name} onDone={onAllowed} />}
        </div>
      )}
    </Sheet>
  )
}

/** The photo that a colleague shows, fetched with the session's token (4.b.6). */
function Photo({ of, name }: { of: string; name: string }) {
  const url = useSignal("")
  useEffect(() => {
    const stop = new AbortController()
    ask("GET /colleagues/{colleague}/photo", { colleague: of }, { signal: stop.signal })
      .then((blob) => { if (!stop.signal.aborted) url.value = URL.createObjectURL(blob) })
      .catch(() => undefined) // it is shown no more, or doesn't come: the rest is there without it
    return () => { stop.abort(); URL.revokeObjectURL(url.value) }
  }, [of])
  return url.value ? <img class="photo" src={url.value} alt={t("photo", { name })} /> : null
}

function Favourites({ of, again }: { of: Out<"GET /me/favourites"> | undefined; again: () => Promise<void> }) {
  const name = useSignal("")
  const wrong = useSignal("")
  const busy = useSignal(false)
  const act = async (what: () => Promise<unknown>): Promise<void> => {
    busy.value = true
    try {
      await what()
      wrong.value = ""
      await again()
    } catch (error) {
      wrong.value = sentence(error)
    }
    busy.value = false
  }
  return (
    <section class="stack near">
      <h2>{t("favourites")}</h2>
      {(of?.colleagues.length ?? 0) > 0 && (
        <ul class="card list">
          {of!.colleagues.map((c) => <li key={c.colleague} class="row apart"><span class="grow">{c.name}</span><Button look="plain" aria-label={`${t("forget")}: ${c.name}`} onClick={() => void act(() => ask("DELETE /me/favourites/colleagues/{colleague}", { colleague: c.colleague }))}>{t("forget")}</Button></li>)}
        </ul>
      )}
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      <form class="stack near" noValidate onSubmit={(event) => {
        event.preventDefault()
        const wanted = name.value.trim()
        if (wanted) void act(() => ask("POST /me/favourites/colleagues", { name: wanted })).then(() => { if (!wrong.value) name.value = "" })
      }}>
        <Field label={t("favname")} hint={t("favabout")} value={name.value} maxLength={200} onInput={(event) => { name.value = event.currentTarget.value }} />
        <div><Button type="submit" busy={busy.value}>{t("keep")}</Button></div>
      </form>
    </section>
  )
}
