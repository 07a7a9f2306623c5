// What this device keeps, and the sessions: each can be ended alone, or all at once.
import { useSignal } from "@preact/signals"
import { ask, endSession } from "../api"
import { language, speak, texts, type Language } from "../i18n"
import { sentence } from "../problems"
import { keepOnDevice, kept, leave } from "../session"
import { dateIn, longDate, momentIn } from "../time"
import { Button, Notice, Tick } from "../ui"
import { agreed, patch, zone, type Act, type Profile } from "./own"
import words from "./device.json"

const t = texts(words)

type Session = NonNullable<Profile["sessions"]>[number]

export function Device({ mine, act }: { mine: Profile; act: Act }) {
  const wrong = useSignal("")
  const out = async (everywhere: boolean): Promise<void> => {
    try {
      await endSession(everywhere)
      leave("out")
    } catch (error) {
      wrong.value = sentence(error)
    }
  }
  const choose = async (chosen: Language): Promise<void> => {
    const was = language.value
    speak(chosen)
    if (!await act(() => patch({ language: chosen }), t("saved"))) speak(was)
  }
  const sessions = [...(mine.sessions ?? [])].sort((a, b) => Number(b.this) - Number(a.this) || b.since.localeCompare(a.since))
  return (
    <>
      <section class="stack near">
        <h2>{t("device")}</h2>
        <div class="card">
          <p>{t(kept.value ? "staykept" : "staynot")}</p>
          <Tick checked={kept.value} onChange={keepOnDevice}>{t("staycan")}</Tick>
          {agreed(mine) && <div class="field"><label>{t("language")}
            <select value={language.value} onChange={(event) => void choose(event.currentTarget.value as Language)}><option value="nl">Nederlands</option><option value="en">English</option></select>
          </label></div>}
          {mine.reminders !== undefined && agreed(mine) && <Tick checked={mine.reminders} onChange={(on) => void act(() => ask("PATCH /me", { reminders: on }), t("saved"))}>{t("reminders")}</Tick>}
          {mine.calendar_mails !== undefined && <Tick checked={mine.calendar_mails} onChange={(on) => void act(() => ask("PATCH /me", { calendar_mails: on }), t("saved"))}>{t("calendar")}</Tick>}
          {mine.name_at_room !== undefined && agreed(mine) && <Tick checked={mine.name_at_room} onChange={(on) => void act(() => ask("PATCH /me", { name_at_room: on }), t("saved"))}>{t("nameatroom")}</Tick>}
          {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
          <div><Button onClick={() => void out(false)}>{t("signout")}</Button></div>
        </div>
      </section>
      {sessions.length > 0 && (
        <section class="stack near">
          <h2>{t("sessions")}</h2>
          <ul class="card list">{sessions.map((s) => <One key={s.id} session={s} act={act} />)}</ul>
          {sessions.length > 1 && <div><Button onClick={() => void out(true)}>{t("everywhere")}</Button></div>}
        </section>
      )}
    </>
  )
}

function One({ session: s, act }: { session: Session; act: Act }) {
  const since = t("since", { date: longDate(dateIn(zone, new Date(s.since))) })
  return (
    <li class="row apart">
      <div class="booked">
        <b>{s.this ? t("this") : since}</b>
        <p class="quiet small">{[s.this && since, s.used && t("used", { date: longDate(s.used) }), t("until", { until: momentIn(zone, s.until) })].filter(Boolean).join(" · ")}</p>
      </div>
      {!s.this && <Button aria-label={`${t("end")}: ${since}`} onClick={() => void act(() => ask("DELETE /sessions/{session}", { session: s.id }), t("ended"))}>{t("end")}</Button>}
    </li>
  )
}
