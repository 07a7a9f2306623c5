// For the office: its floors, to be drawn. Other parts of the office have their place beside it.
import { useSignal } from "@preact/signals"
import { access, type Location } from "../access"
import { ask } from "../api"
import { texts } from "../i18n"
import { Icon } from "../icons"
import { Office } from "../office"
import { sentence, Wrong } from "../problems"
import { go, to } from "../route"
import { Bones, Button, Field, Notice, Title, useLoaded } from "../ui"
import words from "./plans.json"

const t = texts(words)

export default function Plans() {
  const known = useLoaded(access, [])
  if (!known.value) return <main class="screen stack far"><Title>{t("title")}</Title>{known.wrong ? <Wrong error={known.wrong} again={() => void known.again()} /> : <Bones />}</main>
  const manages = known.value.role === "manager" || known.value.role === "administrator"
  return (
    <main class="screen stack far">
      <Office here="plans" />
      <Title>{t("title")}</Title>
      {!manages && <Notice>{t("notyours")}</Notice>}
      {manages && known.value.locations.length === 0 && <Notice>{t("nowhere")}</Notice>}
      {manages && known.value.locations.map((l) => <Floors key={l.id} location={l} />)}
    </main>
  )
}

function Floors({ location }: { location: Location }) {
  const open = useSignal(location.floors.length === 0)
  return (
    <section class="stack near">
      <h2>{location.name}</h2>
      {location.floors.length > 0 && (
        <ul class="card list">
          {location.floors.map((f) => (
            <li key={f.id} class="row apart">
              <span class="grow"><b>{f.name}</b></span>
              <a class="button" href={to("editor", f.id)} aria-label={t("drawing", { name: f.name })}>{t("draw")}<Icon name="next" /></a>
            </li>
          ))}
        </ul>
      )}
      {open.value ? <NewFloor location={location} /> : <div><Button look="plain" icon="plus" onClick={() => { open.value = true }}>{t("add")}</Button></div>}
    </section>
  )
}

function NewFloor({ location }: { location: Location }) {
  const name = useSignal(""), level = useSignal(String(location.floors.length)), busy = useSignal(false), wrong = useSignal("")
  const add = async (): Promise<void> => {
    busy.value = true
    wrong.value = ""
    try {
      const made = await ask("POST /locations/{location}/floors", { location: location.id, name: name.value.trim(), level: Number(level.value) })
      go(to("editor", made.id))
    } catch (error) {
      wrong.value = sentence(error)
    }
    busy.value = false
  }
  return (
    <form class="card" onSubmit={(event) => { event.preventDefault(); void add() }}>
      <h3>{t("newfloor")}</h3>
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      <div class="pair">
        <Field label={t("name")} maxLength={100} value={name.value} onInput={(event) => { name.value = event.currentTarget.value }} />
        <Field label={t("level")} hint={t("levelabout")} inputMode="numeric" value={level.value} onInput={(event) => { level.value = event.currentTarget.value }} />
      </div>
      <Button type="submit" look="do" wide busy={busy.value}>{t("addanddraw")}</Button>
    </form>
  )
}
