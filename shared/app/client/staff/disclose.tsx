// A disclosure that the law requires: of one person, what an order names and no more (5.disclosure).
import { useSignal } from "@preact/signals"
import type { In, Out } from "../api"
import { useAct } from "../act"
import { save } from "../file"
import { texts } from "../i18n"
import { Wrong } from "../problems"
import { Bones, Button, Notice, Tick } from "../ui"
import { call } from "./desk"
import words from "./disclose.json"
import { useKinds } from "./look"
import { Kinds, Line, Sections, Shown, stays, whom } from "./parts"

const t = texts(words)

export function Disclose() {
  const kinds = useKinds()
  const who = useSignal("")
  const recipient = useSignal("")
  const ground = useSignal("")
  const hidden = useSignal(false)
  const until = useSignal("")
  const chosen = useSignal<string[]>([])
  const given = useSignal<Out<"POST /staff/disclosures"> | undefined>(undefined)
  const { busy, wrong, at, act } = useAct(["/email", "/registration", "/recipient", "/ground", "/hidden_until"], stays)
  const disclose = async (event: Event): Promise<void> => {
    event.preventDefault()
    given.value = undefined
    await act(async () => {
      given.value = await call("POST /staff/disclosures", {
        ...whom(who.value), kinds: chosen.value as In<"POST /staff/disclosures">["kinds"], ground: ground.value.trim(),
        recipient: recipient.value.trim(), ...(hidden.value ? { hidden_until: until.value } : {}),
      })
    }, "")
  }
  if (!kinds.all) return kinds.wrong ? <Wrong error={kinds.wrong} again={kinds.again} /> : <Bones />
  return (
    <>
      <Notice>{t("about")}</Notice>
      <form class="stack" noValidate onSubmit={disclose}>
        <Line label={t("person")} hint={t("personhint")} at={at("/email") ?? at("/registration")} of={who} most={300} />
        <Line label={t("recipient")} hint={t("recipienthint")} at={at("/recipient")} of={recipient} most={200} />
        <Line label={t("ground")} hint={t("groundhint")} at={at("/ground")} of={ground} />
        <Kinds all={kinds.all} chosen={chosen} />
        <Tick checked={hidden.value} onChange={(on) => { hidden.value = on }}>{t("hidden")}</Tick>
        {hidden.value && <Line label={t("until")} hint={t("untilhint")} at={at("/hidden_until")} of={until} type="date" />}
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        <Button type="submit" look="do" wide large busy={busy} disabled={chosen.value.length === 0}>{t("disclose")}</Button>
      </form>
      {given.value && (
        <Shown title={t("given")} at={given.value.disclosed_at}>
          <div><Button onClick={() => save(new Blob([JSON.stringify(given.value, null, 2)], { type: "application/json" }), `${given.value!.disclosure}.json`)}>{t("file")}</Button></div>
          <Sections of={given.value.overview.kinds} />
        </Shown>
      )}
    </>
  )
}
