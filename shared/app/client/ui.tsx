// The parts that screens are made of. Native elements; the looks are in base.css.
import { signal, useSignal } from "@preact/signals"
import type { ButtonHTMLAttributes, ComponentChildren, InputHTMLAttributes } from "preact"
import { useEffect, useId, useRef } from "preact/hooks"
import { texts } from "./i18n"
import { Icon, type IconName } from "./icons"
import words from "./ui.json"

const t = texts(words)

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon"> & {
  look?: "do" | "plain" | "stop"
  wide?: boolean
  large?: boolean
  busy?: boolean
  icon?: IconName
  children: ComponentChildren
}

/** A button. While busy it stays where it is, says so, and does nothing twice. */
export function Button({ look, wide, large, busy, icon, children, onClick, ...rest }: ButtonProps) {
  const style = ["button", look, wide && "wide", large && "large"].filter(Boolean).join(" ")
  return (
    <button type="button" {...rest} class={style} aria-busy={busy} onClick={(event) => { if (!busy) onClick?.call(event.currentTarget, event) }}>
      {icon && <Icon name={icon} />}
      <span>{busy ? t("busy") : children}</span>
    </button>
  )
}

export function Card({ children, label }: { children: ComponentChildren; label?: string }) {
  return <section class="card" aria-label={label}>{children}</section>
}

export function Pill({ tone, icon, children }: { tone?: "do" | "look"; icon?: IconName; children: ComponentChildren }) {
  return <span class={`pill ${tone ?? ""}`}>{icon && <Icon name={icon} />}{children}</span>
}

/** A sentence about what is so, with what can be done. */
export function Notice({ tone, children, action, onAction }: { tone?: "bad" | "good"; children: ComponentChildren; action?: string; onAction?: () => void }) {
  return (
    <div class={`notice ${tone ?? ""}`} role={tone === "bad" ? "alert" : "status"}>
      <Icon name={tone === "good" ? "check" : "look"} />
      <div class="stack near grow">
        <p>{children}</p>
        {action && <div><Button onClick={onAction}>{action}</Button></div>}
      </div>
    </div>
  )
}

interface FieldProps extends Pick<InputHTMLAttributes<HTMLInputElement>, "autocomplete" | "inputMode" | "maxLength" | "min" | "max" | "value" | "onInput"> {
  label: string
  hint?: string
  wrong?: string
  class?: string
  type?: "text" | "email" | "tel" | "date" | "number"
}

/**
 * A line to fill in, with its name above it and what is wrong below it. The browser is not to complete it, unless that is
 * said: it would keep what was typed on the device, where no sign-out or erasure comes (9.cache).
 */
export function Field({ label, hint, wrong, class: kind, type = "text", autocomplete = "off", ...input }: FieldProps) {
  const id = useId()
  const about = { id, type, autocomplete, "aria-invalid": wrong ? true : undefined, "aria-describedby": hint || wrong ? `${id}-about` : undefined }
  return (
    <div class={`field ${kind ?? ""}`}>
      <label for={id}>{label}</label>
      <input {...({ ...input, ...about } as InputHTMLAttributes<HTMLInputElement>)} />
      {(hint || wrong) && <p id={`${id}-about`} class={wrong ? "bad" : "hint"}>{wrong ?? hint}</p>}
    </div>
  )
}

export function Tick({ checked, onChange, children }: { checked: boolean; onChange: (on: boolean) => void; children: ComponentChildren }) {
  return (
    <label class="tick">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{children}</span>
    </label>
  )
}

/** A dialog over the screen; Escape and the ground close it, and the focus goes back to where it was. */
export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const shown = dialog.current, before = document.activeElement
    shown?.showModal()
    return () => {
      shown?.close()
      if (before instanceof HTMLElement) before.focus({ preventScroll: true }) // a dialog that is taken away gives no focus back
    }
  }, [])
  // Who presses Escape again without having done anything closes it without being asked.
  return (
    <dialog ref={dialog} aria-labelledby={id} onCancel={(event) => { event.preventDefault(); onClose() }} onClose={() => { if (dialog.current) onClose() }} onClick={(event) => { if (event.target === dialog.current) onClose() }}>
      <div class="sheet">
        <div class="row apart">
          <h3 id={id} class="grow">{title}</h3>
          <button type="button" class="button plain square" aria-label={t("close")} onClick={onClose}><Icon name="close" /></button>
        </div>
        {children}
      </div>
    </dialog>
  )
}

export function Bones({ n = 3 }: { n?: number }) {
  return (
    <div class="stack" aria-busy="true">
      <p class="unseen" role="status">{t("loading")}</p>
      {Array.from({ length: n }, (_, i) => <div key={i} class="bone" />)}
    </div>
  )
}

interface Said { text: string; undo?: () => void; n: number }
const said = signal<Said | null>(null)
let clearing: ReturnType<typeof setTimeout> | undefined

/** Says something for five seconds, which can be undone meanwhile. */
export function say(text: string, undo?: () => void): void {
  clearTimeout(clearing)
  said.value = { text, undo, n: (said.value?.n ?? 0) + 1 }
  clearing = setTimeout(() => { said.value = null }, 5000)
}

export function hush(): void {
  clearTimeout(clearing)
  said.value = null
}

export function Toast() {
  const now = said.value
  return (
    <div class="toast" role="status" aria-live="polite">
      {now && <span>{now.text}</span>}
      {now?.undo && <button type="button" onClick={() => { hush(); now.undo?.() }}>{t("undo")}</button>}
    </div>
  )
}

/** The title of a screen takes the focus when the screen opens, so that a reader hears where it is. */
export function Title({ children, over }: { children: ComponentChildren; over?: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => { heading.current?.focus({ preventScroll: true }) }, [])
  return (
    <header class="stack near">
      {over && <p class="over">{over}</p>}
      <h1 ref={heading} tabIndex={-1}>{children}</h1>
    </header>
  )
}

/** What is loaded for a screen: it is shown when it is there, and asked again on request. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, on: unknown[]): { value: T | undefined; wrong: unknown; again: () => Promise<void>; set: (value: T) => void } {
  const value = useSignal<T | undefined>(undefined)
  const wrong = useSignal<unknown>(undefined)
  const current = useRef<AbortController | undefined>(undefined)
  const run = async (): Promise<void> => {
    current.current?.abort()
    const mine = (current.current = new AbortController())
    try {
      const found = await load(mine.signal)
      if (mine.signal.aborted) return
      value.value = found
      wrong.value = undefined
    } catch (error) {
      if (!mine.signal.aborted) wrong.value = error
    }
  }
  useEffect(() => {
    void run()
    return () => current.current?.abort()
  }, on)
  return { value: value.value, wrong: wrong.value, again: run, set: (next) => { value.value = next } }
}

/** Does something again every so often while the screen is looked at, and when one comes back to it. */
export function useWhileSeen(seconds: number, act: () => void): void {
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    const seen = (): void => { if (document.visibilityState === "visible") latest.current() }
    const timer = setInterval(seen, seconds * 1000)
    document.addEventListener("visibilitychange", seen)
    return () => { clearInterval(timer); document.removeEventListener("visibilitychange", seen) }
  }, [seconds])
}
