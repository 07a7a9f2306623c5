// QR codes of a floor's spots, to print and stick on the desks: each leads to the spot's page, and holds its id alone
// (10.share).
import qrcode from "qrcode-generator"
import { ask } from "../api"
import { texts } from "../i18n"
import { Wrong } from "../problems"
import { place, to } from "../route"
import { Bones, Button, Title, useLoaded } from "../ui"
import words from "./codes.json"

const t = texts(words)

export default function Codes() {
  const id = place.value.id
  const floor = useLoaded((signal) => ask("GET /floors/{floor}", { floor: id }, { signal }), [id])
  const shown = floor.value
  if (!shown) return <main class="screen stack far"><Title>{t("title")}</Title>{floor.wrong ? <Wrong error={floor.wrong} again={() => void floor.again()} /> : <Bones />}</main>
  const spots = [...shown.spots].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
  return (
    <main class="screen wide stack far codes">
      <div class="stack unprinted">
        <Title over={shown.name}>{t("title")}</Title>
        <p class="quiet">{t("about", { n: spots.length })}</p>
        <div><Button look="do" large onClick={() => print()}>{t("print")}</Button></div>
        <div><a class="button plain" href={to("floor", id)}>{t("back")}</a></div>
      </div>
      <ul class="sheet-of-codes">
        {spots.map((spot) => (
          <li key={spot.id}>
            <Code of={`${location.origin}/s/${spot.id}`} />
            <b>{spot.name}</b>
            <span>{shown.name}</span>
          </li>
        ))}
      </ul>
    </main>
  )
}

const quiet = 4 // modules of white around a code, as its standard (ISO/IEC 18004) asks

/** The code as one path. Level M still reads when a seventh of it is worn off. */
function Code({ of: text }: { of: string }) {
  const code = qrcode(0, "M")
  code.addData(text)
  code.make()
  const n = code.getModuleCount()
  let path = ""
  for (let row = 0; row < n; row++) for (let column = 0; column < n; column++) if (code.isDark(row, column)) path += `M${column} ${row}h1v1h-1z`
  return <svg class="qr" viewBox={`${-quiet} ${-quiet} ${n + 2 * quiet} ${n + 2 * quiet}`} aria-hidden="true" data-link={text}><path d={path} /></svg>
}
