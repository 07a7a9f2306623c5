// A calendar feed (4.f.5): its address is made here, told once, and revoked.
import { useSignal } from "@preact/signals"
import { ask } from "../api"
import { texts } from "../i18n"
import { sentence, Wrong } from "../problems"
import { longDate } from "../time"
import { Bones, Button, Field, Notice, say, Sheet, useLoaded } from "../ui"
import words from "./feed.json"

const t = texts(words)

export function Feed({ onClose, onChange }: { onClose: () => void; onChange?: () => Promise<unknown> }) {
  const feed = useLoaded((signal) => ask("GET /me/calendar-feed", {}, { signal }), [])
  const address = useSignal("")
  const busy = useSignal(false)
  const wrong = useSignal("")
  const act = async (what: () => Promise<unknown>): Promise<void> => {
    busy.value = true
    wrong.value = ""
    try {
      await what()
      await onChange?.()
    } catch (error) {
      wrong.value = sentence(error)
    }
    await feed.again()
    busy.value = false
  }
  const make = (): Promise<void> => act(async () => { address.value = (await ask("POST /me/calendar-feed", {})).url })
  const revoke = (): Promise<void> => act(async () => {
    await ask("DELETE /me/calendar-feed", {})
    address.value = ""
  }).then(() => { if (!wrong.value) say(t("revoked")) })
  const copy = (): void => { void navigator.clipboard.writeText(address.value).then(() => say(t("copied")), () => undefined) }
  const there = feed.value?.there
  return (
    <Sheet title={t("title")} onClose={onClose}>
      <p>{t("about")}</p>
      <p class="quiet small">{t("copies")}</p>
      <Wrong error={feed.wrong} again={() => void feed.again()} />
      {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
      {!feed.value && !feed.wrong && <Bones n={1} />}
      {there && <p>{t("there", { made: longDate(feed.value!.made_on!) })} {feed.value!.fetched_on ? t("fetched", { day: longDate(feed.value!.fetched_on) }) : t("unfetched")}</p>}
      {address.value && (
        <div class="stack near">
          <Field label={t("address")} hint={t("once")} value={address.value} onInput={(event) => { event.currentTarget.value = address.value }} />
          <Button look="do" wide large onClick={copy}>{t("copy")}</Button>
        </div>
      )}
      {feed.value && !address.value && <Button look="do" wide large busy={busy.value} onClick={() => void make()}>{t(there ? "another" : "make")}</Button>}
      {there && <Button look="plain" wide busy={busy.value} onClick={() => void revoke()}>{t("revoke")}</Button>}
    </Sheet>
  )
}
