// Guests: invite one, mail a new pass for one that was lost, end their access (4.d.3).
import { useSignal } from "@preact/signals"
import { access as whereabouts, type Location } from "../access"
import { useAct } from "../act"
import { ask, type Out } from "../api"
import { language, texts, type Language } from "../i18n"
import { Wrong } from "../problems"
import { dateIn, longDate, momentIn } from "../time"
import { Bones, Button, Field, Notice, say, Sheet, Title, useLoaded } from "../ui"
import words from "./guests.json"

const t = texts(words)

type Guest = Out<"GET /guests">["guests"][number]

export default function Guests() {
  const access = useLoaded(whereabouts, [])
  const guests = useLoaded((signal) => ask("GET /guests", {}, { signal }), [])
  const open = useSignal<{ what: "invite" | "replace" | "end"; guest?: Guest } | undefined>(undefined)
  const close = (): void => { open.value = undefined }
  const done = async (text: string): Promise<void> => {
    close()
    say(text)
    await guests.again()
  }
  if (!guests.value || !access.value) return <main class="screen stack far"><Title>{t("title")}</Title>{guests.wrong ? <Wrong error={guests.wrong} again={() => void guests.again()} /> : <Bones />}</main>
  const locations = access.value.locations
  const now = open.value
  return (
    <main class="screen stack far">
      <div class="stack near"><Title>{t("title")}</Title><p class="quiet">{t("about")}</p></div>
      {guests.value.guests.length === 0 ? <p>{t("none")}</p> : (
        <ul class="card list">
          {guests.value.guests.map((g) => {
            const where = locations.find((l) => l.id === g.location)
            const name = g.name ?? t("hidden")
            return (
              <li key={g.id} class="row apart">
                <div class="booked">
                  <b>{name}</b>
                  <p class="quiet small">{t("days", { location: where?.name ?? "", first: longDate(g.first), last: longDate(g.last) })} · {t("gone", { date: momentIn(where?.time_zone ?? "UTC", g.kept_until) })}</p>
                </div>
                <div class="row">
                  <Button aria-label={`${t("replace")}: ${name}`} onClick={() => { open.value = { what: "replace", guest: g } }}>{t("replace")}</Button>
                  <Button look="plain" aria-label={`${t("end")}: ${name}`} onClick={() => { open.value = { what: "end", guest: g } }}>{t("end")}</Button>
                </div>
              </li>
            )
          })}
        </ul>
      )}
      <Button look="do" wide large onClick={() => { open.value = { what: "invite" } }}>{t("invite")}</Button>
      {now?.what === "invite" && <Invite locations={locations} onClose={close} onDone={done} />}
      {now?.what === "replace" && <Replace guest={now.guest!} onClose={close} onDone={done} />}
      {now?.what === "end" && <End guest={now.guest!} onClose={close} onDone={done} />}
    </main>
  )
}

interface Step { onClose: () => void; onDone: (text: string) => Promise<void> }

function Invite({ locations, onClose, onDone }: Step & { locations: Location[] }) {
  const { busy, wrong, act } = useAct([], onDone)
  const name = useSignal(""), email = useSignal(""), chosen = useSignal(locations[0]?.id ?? "")
  const today = dateIn(locations[0]?.time_zone ?? "UTC")
  const first = useSignal(today), last = useSignal(today), speaks = useSignal<Language>(language.value)
  const send = (event: Event): void => {
    event.preventDefault()
    void act(() => ask("POST /guests", { name: name.value.trim(), email: email.value.trim(), language: speaks.value, location: chosen.value, first: first.value, last: last.value }), t("sent", { name: name.value.trim() }))
  }
  return (
    <Sheet title={t("invite")} onClose={onClose}>
      <form class="stack" noValidate onSubmit={send}>
        <Field label={t("name")} value={name.value} maxLength={200} onInput={(event) => { name.value = event.currentTarget.value }} />
        <Field label={t("email")} type="email" inputMode="email" value={email.value} onInput={(event) => { email.value = event.currentTarget.value }} />
        <div class="pair">
          <div class="field"><label>{t("where")}<select value={chosen.value} onChange={(event) => { chosen.value = event.currentTarget.value }}>{locations.map((l) => <option key={l.id} value={l.id}>{l.name}</option>)}</select></label></div>
          <div class="field"><label>{t("language")}<select value={speaks.value} onChange={(event) => { speaks.value = event.currentTarget.value as Language }}><option value="nl">Nederlands</option><option value="en">English</option></select></label></div>
        </div>
        <div class="pair">
          <Field label={t("first")} type="date" value={first.value} onInput={(event) => { first.value = event.currentTarget.value }} />
          <Field label={t("last")} type="date" value={last.value} onInput={(event) => { last.value = event.currentTarget.value }} />
        </div>
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        <Button type="submit" look="do" wide large busy={busy}>{t("send")}</Button>
      </form>
    </Sheet>
  )
}

function Replace({ guest, onClose, onDone }: Step & { guest: Guest }) {
  const { busy, wrong, act } = useAct([], onDone)
  const email = useSignal("")
  return (
    <Sheet title={t("replace")} onClose={onClose}>
      <p class="quiet">{t("replaceabout")}</p>
      <Field label={t("email")} type="email" inputMode="email" value={email.value} onInput={(event) => { email.value = event.currentTarget.value }} />
      {wrong && <Notice tone="bad">{wrong}</Notice>}
      <Button look="do" wide large busy={busy} onClick={() => void act(() => ask("POST /guests/{guest}/pass", { guest: guest.id, email: email.value.trim() }), t("replaced"))}>{t("send")}</Button>
    </Sheet>
  )
}

function End({ guest, onClose, onDone }: Step & { guest: Guest }) {
  const { busy, wrong, act } = useAct([], onDone)
  return (
    <Sheet title={t("endtitle", { name: guest.name ?? t("hidden") })} onClose={onClose}>
      <p>{t("endabout")}</p>
      {wrong && <Notice tone="bad">{wrong}</Notice>}
      <Button look="stop" wide large busy={busy} onClick={() => void act(() => ask("DELETE /guests/{guest}", { guest: guest.id }), t("ended"))}>{t("end")}</Button>
    </Sheet>
  )
}
