// Which location something is about, where there are several.
import { useSignal } from "@preact/signals"
import type { ComponentChildren } from "preact"
import type { Location } from "../access"
import { texts } from "../i18n"
import words from "./where.json"

const t = texts(words)

export function Where({ of, none, children }: { of: Location[]; none: string; children: (location: Location) => ComponentChildren }) {
  const chosen = useSignal("")
  const at = of.find((l) => l.id === chosen.value) ?? of[0]
  if (!at) return <p>{none}</p>
  return (
    <>
      {of.length > 1 && (
        <div class="field"><label>{t("where")}
          <select value={at.id} onChange={(event) => { chosen.value = event.currentTarget.value }}>{of.map((l) => <option key={l.id} value={l.id}>{l.name}</option>)}</select>
        </label></div>
      )}
      {children(at)}
    </>
  )
}
