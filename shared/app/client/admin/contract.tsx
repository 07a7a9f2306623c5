// What is kept of the organisation while the contract exists (art. 3), and the end of the contract, which erases it all.
import { useSignal } from "@preact/signals"
import { useAct } from "../act"
import { ask, type Out } from "../api"
import { texts } from "../i18n"
import { Wrong } from "../problems"
import { leave } from "../session"
import { dateIn, dayOfMonth, monthOf } from "../time"
import { Bones, Button, Card, Field, Notice, Sheet, useLoaded } from "../ui"
import words from "./contract.json"
import { Fact } from "./fact"

const t = texts(words)

type Account = Out<"GET /business-account">

export function Contract() {
  const account = useLoaded((signal) => ask("GET /business-account", {}, { signal }), [])
  const open = useSignal<"" | "change" | "end">("")
  const of = account.value
  if (!of) return account.wrong ? <Wrong error={account.wrong} again={() => void account.again()} /> : <Bones />
  const { invoice } = of, opened = dateIn(of.time_zone, new Date(of.opened_at))
  const close = (): void => { open.value = "" }
  return (
    <>
      <Card>
        <dl class="kinds">
          <Fact what={t("name")}>{[of.legal_name]}</Fact>
          <Fact what={t("addresses")}>{of.addresses}</Fact>
          <Fact what={t("invoice")}>{[invoice.name, invoice.address, invoice.email, invoice.vat_number, invoice.reference]}</Fact>
          <Fact what={t("zone")}>{[of.time_zone]}</Fact>
          <Fact what={t("since")}>{[`${dayOfMonth(opened)} ${monthOf(opened)}`]}</Fact>
          <Fact what={t("users")}>{[String(of.users)]}</Fact>
        </dl>
        <div><Button onClick={() => { open.value = "change" }}>{t("change")}</Button></div>
      </Card>
      <section class="stack near">
        <h2>{t("end")}</h2>
        <p class="quiet">{t("endabout")}</p>
        <div><Button look="stop" onClick={() => { open.value = "end" }}>{t("end")}</Button></div>
      </section>
      {open.value === "change" && <Change of={of} onClose={close} onDone={account.set} />}
      {open.value === "end" && <End of={of} onClose={close} />}
    </>
  )
}

const bill = ["name", "address", "email", "vat_number", "reference"] as const

function Change({ of, onClose, onDone }: { of: Account; onClose: () => void; onDone: (account: Account) => void }) {
  const draft = useSignal({ name: of.legal_name, addresses: of.addresses.join("\n"), zone: of.time_zone, invoice: { ...of.invoice } })
  const { busy, wrong, at, act } = useAct(["/legal_name", "/addresses", "/time_zone", ...bill.map((b) => `/invoice/${b}`)])
  const put = (part: Partial<typeof draft.value>): void => { draft.value = { ...draft.value, ...part } }
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    const { name, addresses, zone, invoice } = draft.value
    const given = Object.fromEntries(Object.entries(invoice).map(([key, value]) => [key, value?.trim()]).filter(([, value]) => value)) as Account["invoice"]
    const lines = addresses.split("\n").map((line) => line.trim()).filter(Boolean)
    await act(async () => {
      onDone(await ask("PATCH /business-account", { legal_name: name.trim(), addresses: lines, time_zone: zone.trim(), invoice: given }))
      onClose()
    }, t("saved"))
  }
  return (
    <Sheet title={t("change")} onClose={onClose}>
      <form class="stack" noValidate onSubmit={(event) => void save(event)}>
        <Field label={t("name")} wrong={at("/legal_name")} maxLength={200} value={draft.value.name} onInput={(event) => put({ name: event.currentTarget.value })} />
        <div class="field"><label>{t("addresses")}
          <textarea rows={3} value={draft.value.addresses} onInput={(event) => put({ addresses: event.currentTarget.value })} />
        </label><p class={at("/addresses") ? "bad" : "hint"}>{at("/addresses") ?? t("aline")}</p></div>
        <Field label={t("zone")} hint={t("zoneabout")} wrong={at("/time_zone")} maxLength={64} value={draft.value.zone} onInput={(event) => put({ zone: event.currentTarget.value })} />
        <fieldset class="stack">
          <legend>{t("invoice")}</legend>
          {bill.map((b) => <Field key={b} label={t(`bill.${b}`)} type={b === "email" ? "email" : "text"} wrong={at(`/invoice/${b}`)} maxLength={300} value={draft.value.invoice[b] ?? ""} onInput={(event) => put({ invoice: { ...draft.value.invoice, [b]: event.currentTarget.value } })} />)}
        </fieldset>
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        <Button type="submit" look="do" wide large busy={busy}>{t("save")}</Button>
      </form>
    </Sheet>
  )
}

function End({ of, onClose }: { of: Account; onClose: () => void }) {
  const typed = useSignal("")
  const { busy, wrong, at, act } = useAct(["/legal_name"], () => leave("erased"))
  const end = (event: Event): void => {
    event.preventDefault()
    void act(() => ask("POST /business-account/end", { legal_name: typed.value.trim() }), "")
  }
  return (
    <Sheet title={t("endsure")} onClose={onClose}>
      <p>{t("endall", { n: of.users })}</p>
      <p>{t("endmail")}</p>
      <form class="stack" noValidate onSubmit={end}>
        <Field label={t("type", { name: of.legal_name })} wrong={at("/legal_name")} maxLength={200} value={typed.value} onInput={(event) => { typed.value = event.currentTarget.value }} />
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        <Button type="submit" look="stop" wide large busy={busy}>{t("end")}</Button>
      </form>
    </Sheet>
  )
}
