// The e-mail domains with which people register (3.d): each with the record that proves it, to be copied, and a look
// into DNS that goes on while the page is open.
import { useSignal } from "@preact/signals"
import { useAct } from "../act"
import { ask, type Out } from "../api"
import { texts } from "../i18n"
import { reason, Wrong } from "../problems"
import { clockIn, short } from "../time"
import { Bones, Button, Card, Field, Notice, Pill, say, Sheet, useLoaded, useWhileSeen } from "../ui"
import words from "./domains.json"

const t = texts(words)

type Account = Out<"GET /business-account">
type Proof = Account["proofs"][number]

export function Domains() {
  const account = useLoaded((signal) => ask("GET /business-account", {}, { signal }), [])
  const leaving = useSignal("")
  if (!account.value) return account.wrong ? <Wrong error={account.wrong} again={() => void account.again()} /> : <Bones />
  const { domains, proofs } = account.value
  return (
    <>
      <p class="quiet">{t("about")}</p>
      {proofs.map((p) => <One key={p.domain} proof={p} onSeen={() => account.again()} onLeave={domains.length > 1 ? () => { leaving.value = p.domain } : undefined} />)}
      <Add domains={domains} onDone={account.set} />
      {leaving.value && <Leave domain={leaving.value} domains={domains} onClose={() => { leaving.value = "" }} onDone={account.set} />}
    </>
  )
}

const every = 30 // seconds between two looks, which an account may have 60 of in an hour
const most = 20 // looks that one press leads to

function One({ proof, onSeen, onLeave }: { proof: Proof; onSeen: () => Promise<void>; onLeave?: () => void }) {
  const left = useSignal(0)
  const found = useSignal("")
  const look = async (): Promise<void> => {
    try {
      await ask("POST /business-account/domains/{domain}/proof", { domain: proof.domain })
      left.value = 0
      say(t("seen", { domain: proof.domain }))
      await onSeen()
    } catch (error) {
      const kind = error instanceof Error && "kind" in error ? error.kind : ""
      if (kind !== "unprocessable" && kind !== "unavailable") left.value = 0 // looking again would find the same
      found.value = `${short(clockIn(zone))}: ${reason(error)}`
    }
  }
  useWhileSeen(every, () => {
    if (left.value === 0 || proof.proved) return
    left.value--
    void look()
  })
  return (
    <Card label={proof.domain}>
      <div class="row apart">
        <h2 class="spot">{proof.domain}</h2>
        <Pill tone={proof.proved ? "do" : "look"} icon={proof.proved ? "check" : "look"}>{t(proof.proved ? "proved" : "waiting")}</Pill>
      </div>
      {!proof.proved && (
        <>
          <p>{t("record")}</p>
          <Copied label={t("name")} value={proof.record.name} />
          <Copied label={t("value")} value={proof.record.value} />
          <Button look="do" wide large onClick={() => { left.value = most; void look() }}>{t(left.value > 0 ? "looking" : "look")}</Button>
          {found.value && <Notice>{found.value}</Notice>}
        </>
      )}
      {onLeave && <div><Button look="plain" aria-label={t("leaveone", { domain: proof.domain })} onClick={onLeave}>{t("leave")}</Button></div>}
    </Card>
  )
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** A text to be put elsewhere as it is. */
function Copied({ label, value }: { label: string; value: string }) {
  const copy = (): void => { void navigator.clipboard.writeText(value).then(() => say(t("copied")), () => undefined) }
  return (
    <div class="row apart">
      <p class="booked"><b>{label}</b><code class="block">{value}</code></p>
      <Button aria-label={`${t("copy")}: ${label}`} onClick={copy}>{t("copy")}</Button>
    </div>
  )
}

function Add({ domains, onDone }: { domains: string[]; onDone: (account: Account) => void }) {
  const typed = useSignal("")
  const { busy, wrong, at, act } = useAct(["/domains", `/domains/${domains.length}`])
  const add = async (event: Event): Promise<void> => {
    event.preventDefault()
    const domain = typed.value.trim().replace(/^@/, "")
    await act(async () => {
      onDone(await ask("PATCH /business-account", { domains: [...domains, domain] }))
      typed.value = ""
    }, t("added", { domain }))
  }
  return (
    <form class="card" noValidate onSubmit={(event) => void add(event)}>
      <h2>{t("new")}</h2>
      <Field label={t("domain")} hint={t("exact")} wrong={at("/domains") ?? at(`/domains/${domains.length}`)} value={typed.value} maxLength={253} onInput={(event) => { typed.value = event.currentTarget.value }} />
      {wrong && <Notice tone="bad">{wrong}</Notice>}
      <div><Button type="submit" busy={busy}>{t("add")}</Button></div>
    </form>
  )
}

function Leave({ domain, domains, onClose, onDone }: { domain: string; domains: string[]; onClose: () => void; onDone: (account: Account) => void }) {
  const { busy, wrong, act } = useAct()
  const leave = (): Promise<boolean> => act(async () => {
    onDone(await ask("PATCH /business-account", { domains: domains.filter((d) => d !== domain) }))
    onClose()
  }, t("left", { domain }))
  return (
    <Sheet title={t("leaveone", { domain })} onClose={onClose}>
      <p>{t("leaving")}</p>
      {wrong && <Notice tone="bad">{wrong}</Notice>}
      <Button look="stop" wide large busy={busy} onClick={() => void leave()}>{t("leave")}</Button>
    </Sheet>
  )
}
