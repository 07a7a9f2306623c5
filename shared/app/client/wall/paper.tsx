// A desk: the same picture of two colours that a panel of e-paper fetches by itself.
import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import { language, texts } from "../i18n"
import { short } from "../time"
import { call, type View } from "./known"
import words from "./paper.json"

const t = texts(words)

export function Paper({ view }: { view: View }) {
  const picture = useSignal("")
  useEffect(() => {
    let shown = ""
    call<Blob>("GET", `/display/image?width=800&height=480&language=${language.value}`)
      .then((blob) => { picture.value = shown = URL.createObjectURL(blob) }).catch(() => undefined)
    return () => { if (shown) URL.revokeObjectURL(shown) }
  }, [view.spot?.now, view.spot?.until, view.date, language.value])
  const spot = view.spot!
  const free = spot.now === "free" || spot.now === "unknown"
  const said = `${view.name}: ${t(free ? "free" : "taken")}${spot.until ? ` ${t("until", { time: short(spot.until) })}` : ""}`
  return (
    <main class="paper">
      <h1 class="unseen">{view.name}</h1>
      {picture.value ? <img src={picture.value} alt={said} width="800" height="480" /> : <p>{said}</p>}
    </main>
  )
}
