// A screen on a wall: a room's door, a floor's lobby, a desk's e-paper; before it has a place, its code.
import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import { language, speak, texts } from "../i18n"
import { sentence } from "../problems"
import { place } from "../route"
import { clockIn, momentIn, short } from "../time"
import { Button } from "../ui"
import { Door } from "./door"
import { Lobby } from "./lobby"
import { Paper } from "./paper"
import { call, gone, heard, look, moment, moveOn, paired, silent, token, view } from "./known"
import words from "./wall.json"

const t = texts(words)

export default function Wall() {
  const asked = place.value.query.get("language")
  useEffect(() => { if (asked === "nl" || asked === "en") speak(asked) }, [asked])
  useEffect(() => {
    const seconds = setInterval(moveOn, 1000)
    const looks = setInterval(() => { if (token.value) void look() }, 15_000)
    return () => { clearInterval(seconds); clearInterval(looks) }
  }, [])
  useEffect(() => { if (token.value) void look() }, [token.value])
  return <div class="wall" lang={language.value}>{token.value ? <Placed /> : <Pairing />}</div>
}

function Placed() {
  const shown = view.value
  if (!shown) {
    return (
      <main class="wall-alone">
        <h1>{gone.value ? t("gone") : t("waiting")}</h1>
        <p>{gone.value ? t("goneabout") : t("waitingabout")}</p>
        <Contact zone={Intl.DateTimeFormat().resolvedOptions().timeZone} />
      </main>
    )
  }
  return (
    <>
      {shown.kind === "door" ? <Door view={shown} /> : shown.kind === "lobby" ? <Lobby view={shown} /> : <Paper view={shown} />}
      <footer class="wall-foot">
        <span>{shown.location_name}{shown.kind !== "lobby" && <> · {shown.floor_name}</>}</span>
        <Contact zone={shown.time_zone} />
        <time class="wall-clock">{short(clockIn(shown.time_zone, moment.value))}</time>
      </footer>
    </>
  )
}

/** Since when nothing has been heard, as soon as that matters. */
function Contact({ zone }: { zone: string }) {
  if (!heard.value || !silent()) return null
  return <span class="wall-silent" role="status">{t("silent", { when: momentIn(zone, heard.value.toISOString()) })}</span>
}

interface Begun { code: string; secret: string; until: string }

function Pairing() {
  const begun = useSignal<Begun | undefined>(undefined)
  const wrong = useSignal("")
  const begin = async (): Promise<void> => {
    wrong.value = ""
    try {
      begun.value = await call<Begun>("POST", "/display/pairings")
    } catch (error) {
      begun.value = undefined
      wrong.value = sentence(error)
    }
  }
  useEffect(() => { void begin() }, [])
  const left = begun.value ? Math.ceil((new Date(begun.value.until).getTime() - moment.value.getTime()) / 60_000) : 0
  const waits = left > 0
  useEffect(() => {
    if (!begun.value || !waits) return
    const { code, secret } = begun.value
    const asks = setInterval(() => {
      call<{ token?: string }>("POST", "/display/token", { code, secret })
        .then((opened) => { if (opened.token) paired(opened.token) }).catch(() => undefined)
    }, 3000)
    return () => clearInterval(asks)
  }, [begun.value, waits])
  return (
    <main class="wall-alone">
      <h1>{t("title")}</h1>
      {waits ? <><p class="wall-code">{begun.value!.code}</p><p>{t("about", { n: left })}</p></> : (
        <>
          <p role="status">{wrong.value || (begun.value ? t("over") : t("waiting"))}</p>
          {(wrong.value || begun.value) && <Button look="do" large onClick={() => void begin()}>{t("again")}</Button>}
        </>
      )}
    </main>
  )
}
