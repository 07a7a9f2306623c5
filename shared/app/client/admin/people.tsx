// Who has a role, who is an emergency officer, and who has left. An administrator sees of people what colleagues see: who
// hides the name or the role is not listed, and is named by an address that is typed, with the same answer whoever it is.
import { useSignal } from "@preact/signals"
import type { ComponentChildren } from "preact"
import { useAct } from "../act"
import { ask, type Out } from "../api"
import { texts } from "../i18n"
import { Wrong } from "../problems"
import { Bones, Button, Field, Notice, Pill, Sheet, useLoaded } from "../ui"
import words from "./people.json"

const t = texts(words)

type Holder = Out<"GET /business-account/roles">["people"][number]
type Role = "user" | Holder["role"]
type Officer = Out<"GET /business-account/officers">["officers"][number]

export function People() {
  return <><Roles /><Officers /><Leavers /></>
}

const roles: Role[] = ["administrator", "manager", "user"]

function Roles() {
  const list = useLoaded((signal) => ask("GET /business-account/roles", {}, { signal }), [])
  const changing = useSignal<Holder | undefined>(undefined)
  const role = useSignal<Role>("manager")
  return (
    <section class="stack near">
      <h2>{t("roles")}</h2>
      <p class="quiet small">{t("rolesabout")}</p>
      <Wrong error={list.wrong} again={() => void list.again()} />
      {!list.value ? !list.wrong && <Bones n={1} /> : (
        <ul class="card list">
          {list.value.people.map((p) => (
            <li key={p.colleague} class="row apart">
              <span class="booked"><b>{p.name}</b><span class="quiet small block">{t(`role.${p.role}`)}</span></span>
              <Button look="plain" aria-label={`${t("change")}: ${p.name}`} onClick={() => { changing.value = p }}>{t("change")}</Button>
            </li>
          ))}
        </ul>
      )}
      <ByAddress title={t("givebyaddress")} does={t("give")} done={t("given")} ask={(email) => ask("PUT /business-account/roles", { email, role: role.value })} onDone={list.again}>
        <Which role={role.value} onRole={(next) => { role.value = next }} />
      </ByAddress>
      {changing.value && <ChangeRole key={changing.value.colleague} of={changing.value} onClose={() => { changing.value = undefined }} onDone={list.again} />}
    </section>
  )
}

function Which({ role, onRole }: { role: Role; onRole: (role: Role) => void }) {
  return (
    <div class="field"><label>{t("role")}
      <select value={role} onChange={(event) => onRole(event.currentTarget.value as Role)}>{roles.map((r) => <option key={r} value={r}>{t(`role.${r}`)}</option>)}</select>
    </label></div>
  )
}

function ChangeRole({ of, onClose, onDone }: { of: Holder; onClose: () => void; onDone: () => Promise<void> }) {
  const role = useSignal<Role>(of.role)
  const { busy, wrong, act } = useAct()
  const save = async (): Promise<void> => {
    await act(async () => {
      await ask("PUT /business-account/roles/{colleague}", { colleague: of.colleague, role: role.value })
      onClose()
      await onDone()
    }, t("changed", { name: of.name }))
  }
  return (
    <Sheet title={of.name} onClose={onClose}>
      <Which role={role.value} onRole={(next) => { role.value = next }} />
      <p class="quiet small">{t(`may.${role.value}`)}</p>
      {wrong && <Notice tone="bad">{wrong}</Notice>}
      <Button look="do" wide large busy={busy} onClick={() => void save()}>{t("save")}</Button>
    </Sheet>
  )
}

function Officers() {
  const list = useLoaded((signal) => ask("GET /business-account/officers", {}, { signal }), [])
  const confirmed = useSignal(true)
  const { wrong, act } = useAct()
  const set = (o: Officer): Promise<boolean> => act(async () => {
    await ask("PUT /business-account/officers/{colleague}", { colleague: o.colleague, confirmed: !o.confirmed })
    await list.again()
  }, t(o.confirmed ? "withdrawn" : "confirmed", { name: o.name }))
  return (
    <section class="stack near">
      <h2>{t("officers")}</h2>
      <p class="quiet small">{t("officersabout")}</p>
      <Wrong error={list.wrong} again={() => void list.again()} />
      {wrong && <Notice tone="bad">{wrong}</Notice>}
      {!list.value ? !list.wrong && <Bones n={1} /> : list.value.officers.length === 0 ? <p>{t("noofficers")}</p> : (
        <ul class="card list">
          {list.value.officers.map((o) => (
            <li key={o.colleague} class="row apart">
              <span class="row grow"><b>{o.name}</b><Pill tone={o.confirmed ? "do" : "look"} icon={o.confirmed ? "check" : "look"}>{t(o.confirmed ? "isconfirmed" : "toconfirm")}</Pill></span>
              <Button look={o.confirmed ? "plain" : "do"} aria-label={`${t(o.confirmed ? "withdraw" : "confirm")}: ${o.name}`} onClick={() => void set(o)}>{t(o.confirmed ? "withdraw" : "confirm")}</Button>
            </li>
          ))}
        </ul>
      )}
      <ByAddress title={t("officerbyaddress")} does={t(confirmed.value ? "confirm" : "withdraw")} done={t("given")} ask={(email) => ask("PUT /business-account/officers", { email, confirmed: confirmed.value })} onDone={list.again}>
        <div class="field"><label>{t("what")}
          <select value={String(confirmed.value)} onChange={(event) => { confirmed.value = event.currentTarget.value === "true" }}><option value="true">{t("confirm")}</option><option value="false">{t("withdraw")}</option></select>
        </label></div>
      </ByAddress>
    </section>
  )
}

function Leavers() {
  const sure = useSignal("")
  const { busy, wrong, act } = useAct()
  const end = (): Promise<boolean> => act(async () => {
    await ask("POST /business-account/leavers", { email: sure.value })
    sure.value = ""
  }, t("ended"))
  return (
    <section class="stack near">
      <h2>{t("leavers")}</h2>
      <p class="quiet small">{t("leaversabout")}</p>
      <ByAddress title={t("leaver")} does={t("end")} ask={async (email) => { sure.value = email }} />
      {sure.value && (
        <Sheet title={t("endsure")} onClose={() => { sure.value = "" }}>
          <p><b>{sure.value}</b></p>
          <p>{t("endabout")}</p>
          {wrong && <Notice tone="bad">{wrong}</Notice>}
          <Button look="stop" wide large busy={busy} onClick={() => void end()}>{t("end")}</Button>
        </Sheet>
      )}
    </section>
  )
}

interface Typed { title: string; does: string; done?: string; ask: (email: string) => Promise<unknown>; onDone?: () => Promise<void>; children?: ComponentChildren }

/** What is done to whoever has an address, folded away until it is needed. Nobody learns whether anybody has it. */
function ByAddress({ title, does, done, ask: asks, onDone, children }: Typed) {
  const email = useSignal("")
  const { busy, wrong, at, act } = useAct(["/email"], done ? undefined : () => undefined)
  const send = async (event: Event): Promise<void> => {
    event.preventDefault()
    const sent = await act(() => asks(email.value.trim()), done ?? "")
    if (!sent || !done) return
    email.value = ""
    await onDone?.()
  }
  return (
    <details class="card">
      <summary>{title}</summary>
      <form class="stack" noValidate onSubmit={(event) => void send(event)}>
        <Field label={t("email")} type="email" inputMode="email" wrong={at("/email")} value={email.value} onInput={(event) => { email.value = event.currentTarget.value }} />
        {children}
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        <div><Button type="submit" busy={busy}>{does}</Button></div>
      </form>
    </details>
  )
}
