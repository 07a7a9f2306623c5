// Who of the operator's staff looked at data of the organisation, when, why, and at which kinds (6.confidential).
import { ask } from "../api"
import { language, texts } from "../i18n"
import { Wrong } from "../problems"
import { customers } from "../register"
import { momentIn } from "../time"
import { Bones, Pill, useLoaded } from "../ui"
import words from "./looks.json"

const t = texts(words)

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

export function Looks() {
  const list = useLoaded((signal) => ask("GET /business-account/looks", {}, { signal }), [])
  if (!list.value) return list.wrong ? <Wrong error={list.wrong} again={() => void list.again()} /> : <Bones />
  return (
    <>
      <p class="quiet">{t("about")}</p>
      {list.value.looks.length === 0 ? <p>{t("none")}</p> : (
        <ul class="card list">
          {list.value.looks.map((l) => (
            <li key={l.look} class="stack near">
              <p><b>{l.by}</b> <span class="quiet small">{momentIn(zone, l.looked_at)}</span></p>
              <p>{l.reason}</p>
              <p class="row">{l.kinds.map((kind) => <Pill key={kind}>{customers[kind]?.[language.value] ?? kind}</Pill>)}</p>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
