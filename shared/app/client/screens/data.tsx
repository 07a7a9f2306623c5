// Everything that is kept of the person, each with what it is for and when it will be gone, and beside it what can be
// done about it: change, hide, object, remove (art. 7). All of it comes from the register by way of the overview.
import { useSignal } from "@preact/signals"
import { ask } from "../api"
import { Change } from "../data/change"
import { Device } from "../data/device"
import { Handled } from "../data/handled"
import { Erase, Take } from "../data/leave"
import { own, type Kind } from "../data/own"
import { goneAt, ObjectTo, Purposes, Row, when } from "../data/row"
import { language, texts } from "../i18n"
import { sentence, Wrong } from "../problems"
import { guest } from "../session"
import { now } from "../time"
import { Bones, Notice, say, Title, useLoaded, useWhileSeen } from "../ui"
import words from "./data.json"

const t = texts(words)

const soon = 8 * 24 * 3600_000 // ms within which something goes soon

const isWho = (k: Kind): boolean => k.clause.startsWith("4.a") || k.clause.startsWith("4.b") // what the person gave
const isWorking = (k: Kind): boolean => k.clause.startsWith("s.") // what the working of the system needs
const isLook = (k: Kind): boolean => k.clause.startsWith("6.") || k.clause === "5.disclosure"

export default function Data() {
  const overview = useLoaded((signal) => ask("GET /me/overview", {}, { signal }), [])
  const profile = useLoaded(own, [])
  const open = useSignal("")
  const notice = useSignal("")
  const minute = useSignal(0)
  useWhileSeen(60, () => { minute.value++ }) // what goes soon counts down
  const wrong = overview.wrong ?? profile.wrong
  const again = async (): Promise<void> => { await Promise.all([overview.again(), profile.again()]) }
  if (!overview.value || !profile.value) return <main class="screen stack far"><Title>{t("title")}</Title>{wrong ? <Wrong error={wrong} again={() => void again()} /> : <Bones />}</main>

  const kinds = overview.value.kinds.map((k) => ({ ...k, values: k.values.filter((v) => !v.silent) })), mine = profile.value
  const there = kinds.filter((k) => k.values.length > 0)
  const leaving = there.filter((k) => goneAt(k) < now().getTime() + soon && !isLook(k) && !isWho(k))
    .sort((a, b) => Number(isWorking(a)) - Number(isWorking(b)) || goneAt(a) - goneAt(b))
  const who = kinds.filter((k) => isWho(k) && (!guest() || k.values.length > 0))
  const rest = there.filter((k) => !isWho(k) && !leaving.includes(k) && !isLook(k))
  const looks = there.filter(isLook)
  const absent = kinds.filter((k) => k.values.length === 0 && !isWho(k))
  const act = async (what: () => Promise<unknown>, done: string): Promise<boolean> => {
    notice.value = ""
    try {
      await what()
      say(done)
      await again()
      return true
    } catch (error) {
      notice.value = sentence(error)
      return false
    }
  }
  const row = (k: Kind) => <Row key={k.clause} kind={k} mine={mine} act={act} onChange={() => { open.value = k.clause }} />
  const first = leaving[0]
  return (
    <main class="screen stack far data" data-minute={minute.value}>
      <div class="stack near">
        <Title>{t("title")}</Title>
        <p class="quiet">{t("kept", { n: there.length })} {first && t("next", { what: first.what[language.value], when: when(first.values.find((v) => v.gone_at)!) })}</p>
      </div>
      {notice.value && <Notice tone="bad">{notice.value}</Notice>}
      {leaving.length > 0 && <section class="stack near"><h2>{t("soon")}</h2><ul class="card list">{leaving.map(row)}</ul></section>}
      {who.length > 0 && <section class="stack near"><h2>{t("you")}</h2><ul class="card list">{who.map(row)}</ul></section>}
      {rest.length > 0 && <section class="stack near"><h2>{t("rest")}</h2><ul class="card list">{rest.map(row)}</ul></section>}
      <section class="stack near"><h2>{t("looked")}</h2>{looks.length > 0 ? <ul class="card list">{looks.map(row)}</ul> : <p class="card">{t("nobody")}</p>}</section>
      <details class="card"><summary>{t("nothing", { n: absent.length })}</summary><ul class="stack near">{absent.map((k) => <li key={k.clause}>{k.what[language.value]}<ObjectTo to={k.clause} what={k.what[language.value]} mine={mine} act={act} /></li>)}</ul></details>
      <Purposes mine={mine} act={act} />
      <Device mine={mine} act={act} />
      {mine.role === "administrator" && <Handled />}
      <Take overview={overview.value} act={act} />
      <Erase />
      {open.value && <Change clause={open.value} mine={mine} act={act} onClose={() => { open.value = "" }} />}
    </main>
  )
}
