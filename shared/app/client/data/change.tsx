// Changing what one gave: a line of text, the photo, or the address, which is confirmed by a code that is mailed to it.
import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import { ask, Problem } from "../api"
import { capital, language, texts, type Language } from "../i18n"
import { sentence } from "../problems"
import { optional } from "../register"
import { Button, Field, Notice, Sheet, Tick } from "../ui"
import { Feed } from "./feed"
import type { Act, Profile } from "./own"
import words from "./change.json"

const t = texts(words)

interface Line { name: "name" | (typeof optional)[number]["name"]; yesno?: boolean; what?: Record<Language, string>; must?: boolean }

/** How the item of a clause is changed: a member of PATCH /me, or in a way of its own. */
export const fields: Record<string, Line | "address" | "photo" | "feed"> = {
  "4.a.1": { name: "name", must: true }, "4.a.2": "address", "4.b.6": "photo", "4.f.5": "feed",
  ...Object.fromEntries(optional.map((item) => [item.clause, item])),
}

interface Props { clause: string; mine: Profile; act: Act; onClose: () => void }

export function Change(props: Props) {
  const field = fields[props.clause]
  if (field === "address") return <Address {...props} />
  if (field === "photo") return <Photo {...props} />
  if (field === "feed") return <Feed onClose={props.onClose} onChange={() => props.act(async () => undefined, t("saved"))} />
  return field ? <OneLine {...props} field={field} /> : null
}

/** Does one thing at a time; what is wrong is said in the sheet, over which the screen can't be seen. */
function useSaving(act: Act, onClose: () => void) {
  const busy = useSignal(false)
  const wrong = useSignal("")
  const save = async (what: () => Promise<unknown>, then = onClose): Promise<void> => {
    busy.value = true
    wrong.value = ""
    try {
      await what()
      then()
      if (then === onClose) await act(async () => undefined, t("saved"))
    } catch (error) {
      wrong.value = error instanceof Problem && error.status === 401 ? t("wrongcode") : sentence(error)
    }
    busy.value = false
  }
  return { busy: busy.value, wrong: wrong.value && <Notice tone="bad">{wrong.value}</Notice>, save }
}

function OneLine({ field, mine, act, onClose }: Props & { field: Line }) {
  const was = mine[field.name]
  const value = useSignal(was === undefined ? "" : String(was))
  const { busy, wrong, save } = useSaving(act, onClose)
  const name = field.what ? capital(field.what[language.value]) : t("item.4.a.1")
  const put = (next: string | boolean | null): Promise<void> => save(() => ask("PATCH /me", { [field.name]: next }))
  return (
    <Sheet title={name} onClose={onClose}>
      <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); void put(field.yesno ? value.value === "true" : value.value.trim() || null) }}>
        {field.yesno
          ? <Tick checked={value.value === "true"} onChange={(on) => { value.value = String(on) }}>{name}</Tick>
          : <Field label={name} type={field.name === "phone" ? "tel" : "text"} hint={field.name === "linkedin" ? t("linkedin") : undefined} value={value.value} maxLength={200} onInput={(event) => { value.value = event.currentTarget.value }} />}
        {wrong}
        <Button type="submit" look="do" wide large busy={busy}>{t("save")}</Button>
        {!field.must && was !== undefined && <Button look="plain" wide onClick={() => void put(null)}>{t("clear")}</Button>}
      </form>
    </Sheet>
  )
}

function Address({ mine, act, onClose }: Props) {
  const email = useSignal("")
  const code = useSignal("")
  const asked = useSignal(false)
  const { busy, wrong, save } = useSaving(act, onClose)
  const send = (event: Event): void => {
    event.preventDefault()
    const address = email.value.trim()
    if (asked.value) void save(() => ask("POST /me/email/confirmation", { email: address, code: code.value }))
    else void save(() => ask("POST /me/email", { email: address }), () => { asked.value = true })
  }
  return (
    <Sheet title={t("item.4.a.2")} onClose={onClose}>
      <form class="stack" noValidate onSubmit={send}>
        <p class="quiet">{asked.value ? t("codesent", { email: email.value.trim() }) : t("addressabout", { email: mine.email ?? "" })}</p>
        {asked.value
          ? <Field class="code" label={t("code")} inputMode="numeric" autocomplete="one-time-code" maxLength={40} value={code.value} onInput={(event) => { code.value = event.currentTarget.value }} />
          : <Field label={t("newaddress")} type="email" inputMode="email" maxLength={254} value={email.value} onInput={(event) => { email.value = event.currentTarget.value }} />}
        {wrong}
        <Button type="submit" look="do" wide large busy={busy}>{t(asked.value ? "confirm" : "mailcode")}</Button>
        {asked.value && <Button look="plain" wide onClick={() => { asked.value = false }}>{t("otheraddress")}</Button>}
      </form>
    </Sheet>
  )
}

const side = 512 // px of a photo's longer side, as the server keeps it

/** Draws a picture anew, so that what a camera writes into it, its place among that, never leaves the device. */
async function drawn(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("not drawn"))), "image/jpeg", 0.9))
}

function Photo({ mine, act, onClose }: Props) {
  const picture = useSignal<{ blob: Blob; url: string } | undefined>(undefined)
  const unreadable = useSignal(false)
  const { busy, wrong, save } = useSaving(act, onClose)
  const show = (blob: Blob): void => {
    if (picture.value) URL.revokeObjectURL(picture.value.url)
    picture.value = { blob, url: URL.createObjectURL(blob) }
  }
  useEffect(() => {
    if (mine.photo) ask("GET /me/photo", {}).then(show).catch(() => undefined)
    return () => { if (picture.value) URL.revokeObjectURL(picture.value.url) }
  }, [])
  const pick = async (file: File | undefined): Promise<void> => {
    if (!file) return
    try {
      show(await drawn(file))
      unreadable.value = false
    } catch {
      unreadable.value = true
    }
  }
  return (
    <Sheet title={t("item.4.b.6")} onClose={onClose}>
      {picture.value && <img class="photo" src={picture.value.url} alt={t("yours")} />}
      <p class="quiet small">{t("photoabout")}</p>
      <div class="field"><label>{t("choose")}<input type="file" accept="image/*" onChange={(event) => void pick(event.currentTarget.files?.[0])} /></label></div>
      {unreadable.value && <Notice tone="bad">{t("unreadable")}</Notice>}
      {wrong}
      <Button look="do" wide large busy={busy} disabled={!picture.value} onClick={() => void save(() => ask("PUT /me/photo", {}, { file: picture.value!.blob }))}>{t("save")}</Button>
      {mine.photo && <Button look="plain" wide onClick={() => void save(() => ask("DELETE /me/photo", {}))}>{t("clear")}</Button>}
    </Sheet>
  )
}
