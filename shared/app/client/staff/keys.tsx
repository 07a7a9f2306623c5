// The passkeys of a member of staff: a second one for when the first is lost, and the lost one's removal.
import { useSignal } from "@preact/signals"
import { texts } from "../i18n"
import { reason, Wrong } from "../problems"
import { momentIn } from "../time"
import { Bones, Button, Notice, Pill, say, useLoaded } from "../ui"
import { call, email } from "./desk"
import words from "./keys.json"
import { zone } from "./parts"
import { make } from "./passkey"

const t = texts(words)

export function Keys() {
  const list = useLoaded((signal) => call("GET /staff/passkeys", {}, signal), [])
  const busy = useSignal(false)
  const wrong = useSignal("")
  const held = list.value?.passkeys
  const does = async (what: () => Promise<unknown>, done: string): Promise<void> => {
    busy.value = true
    wrong.value = ""
    try {
      await what()
      say(done)
      await list.again()
    } catch (error) {
      wrong.value = error instanceof DOMException ? t(error.name === "InvalidStateError" ? "held" : "cancelled") : reason(error)
    }
    busy.value = false
  }
  const add = async (): Promise<void> => {
    const offer = await call("POST /staff/passkey-offers", {})
    await call("POST /staff/passkeys", { passkey: await make(offer, email.value, held?.map((one) => one.credential)) })
  }
  const remove = (passkey: string, here: boolean): void => {
    if (confirm(t(held?.length === 1 ? "lastsure" : here ? "heresure" : "sure"))) void does(() => call("DELETE /staff/passkeys/{passkey}", { passkey }), t("removed"))
  }
  if (!held) return list.wrong ? <Wrong error={list.wrong} again={() => void list.again()} /> : <Bones />
  return (
    <>
      <p class="quiet">{t(held.length === 1 ? "one" : "about")}</p>
      <ul class="card list">
        {held.map((one) => (
          <li key={one.id} class="row apart">
            <span class="stack near">
              <span>{t("added", { when: momentIn(zone, one.registered_at) })}</span>
              <span class="row"><Pill>{t(one.synced ? "synced" : "single")}</Pill>{one.here && <Pill tone="do">{t("here")}</Pill>}</span>
            </span>
            <Button look="plain" aria-label={`${t("remove")}: ${t("added", { when: momentIn(zone, one.registered_at) })}`} busy={busy.value} onClick={() => remove(one.id, one.here)}>{t("remove")}</Button>
          </li>
        ))}
      </ul>
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      <Button look="do" wide large busy={busy.value} onClick={() => void does(add, t("made"))}>{t("add")}</Button>
    </>
  )
}
