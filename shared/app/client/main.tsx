// The app begins here: who is signed in sees a screen in its frame, everybody else the start. The address stays what it
// was, so that after signing in one is where one was going.
import { computed, effect, signal } from "@preact/signals"
import { render, type ComponentType } from "preact"
import { useEffect, useRef } from "preact/hooks"
import { ask, endSession, forget } from "./api"
import { language, speak, texts } from "./i18n"
import { Icon, type IconName } from "./icons"
import words from "./main.json"
import { consentNeeded, sentence } from "./problems"
import { place, replace, to, type Place } from "./route"
import { ended, guest, holder, signIn, token } from "./session"
import { mailed, Start } from "./screens/start"
import { Today } from "./screens/today"
import { skew } from "./time"
import { Bones, hush, Notice, say, Toast } from "./ui"
import { keepProgram } from "./keep"
import "./typeset"

const t = texts(words)

// Screens that are not needed for Today are loaded when they are opened, and all of them once there is time: a tab that
// is open then lives through a deployment.
const loaders: Record<string, () => Promise<{ default: ComponentType }>> = {
  floor: () => import("./screens/floor"),
  agenda: () => import("./screens/agenda"),
  s: () => import("./screens/spot"),
  people: () => import("./screens/people"),
  guests: () => import("./screens/guests"),
  data: () => import("./screens/data"),
  consent: () => import("./screens/consent"),
  emergency: () => import("./screens/emergency"),
  codes: () => import("./screens/codes"),
  admin: () => import("./screens/admin"),
  plans: () => import("./screens/plans"),
  editor: () => import("./screens/editor"),
  displays: () => import("./screens/displays"),
  figures: () => import("./screens/figures"),
  display: () => import("./wall/wall"),
  staff: () => import("./screens/staff"),
}
declare const OFFICE: string[] // the screens that few people ever open are loaded when they do

const screens = signal<Record<string, ComponentType | undefined>>({ today: Today })
const failed = signal("")

async function load(name: string): Promise<void> {
  const loader = loaders[name]
  if (!loader || screens.value[name]) return
  try {
    const module = await loader()
    screens.value = { ...screens.value, [name]: module.default }
    failed.value = ""
  } catch {
    failed.value = name
  }
}

// Nobody's link changes who is signed in unasked: what somebody does next would be done as another, or seen by them. Who
// agrees signs out first; where the server can't be told, one stays who one is.
async function open(pass: string): Promise<void> {
  const now = token.peek()
  if (!/^g[a-z2-7]{64}$/.test(pass) || pass === now || now && !confirm(t("pass.other"))) return
  try {
    if (now) await endSession()
  } catch (error) {
    if (token.peek()) return say(sentence(error))
  }
  signIn(pass, false)
}

// What a mail's link carries stands behind the # and is taken out of the address. A guest's pass is the token. A code is
// filled in and no more: programs that look through mails open links too, so it is the person who signs in.
effect(() => {
  const { screen, id, query } = place.value
  if (screen === "pass") void open(id)
  else if (screen === "code" && !token.peek()) mailed(id, query.get("digits") ?? "")
  else if (screen !== "code") return
  replace(to("today"))
})

interface Tab { screen: string; icon: IconName; name: keyof typeof words; members?: boolean }
const tabs: Tab[] = [
  { screen: "today", icon: "today", name: "tab.today" },
  { screen: "floor", icon: "floor", name: "tab.floor" },
  { screen: "agenda", icon: "agenda", name: "tab.agenda" },
  { screen: "people", icon: "people", name: "tab.people", members: true },
  { screen: "data", icon: "data", name: "tab.data" },
]

function Tabs() {
  const here = place.value.screen
  return (
    <nav class="tabs" aria-label={t("menu")}>
      {tabs.filter((tab) => !tab.members || !guest()).map(({ screen, icon, name }) => (
        <a key={screen} href={to(screen)} aria-current={screen === here ? "page" : undefined}>
          <Icon name={icon} />
          <span>{t(name)}</span>
        </a>
      ))}
    </nav>
  )
}

const online = signal(navigator.onLine)
addEventListener("online", () => { online.value = true })
addEventListener("offline", () => { online.value = false })

/** What is so whatever the screen: no connection, a clock that is wrong. */
function Standing() {
  const minutes = Math.round(Math.abs(skew.value) / 60000)
  return (
    <>
      {!online.value && <Strip>{t("offline")}</Strip>}
      {minutes > 2 && token.value && <Strip>{t("clock", { time: lasting(minutes) })}</Strip>}
    </>
  )
}

function lasting(minutes: number): string {
  if (minutes < 120) return t("minutes", { n: minutes })
  return minutes < 2880 ? t("hours", { n: Math.round(minutes / 60) }) : t("days", { n: Math.round(minutes / 1440) })
}

function Strip({ children }: { children: string }) {
  return <div class="notice strip" role="status"><p>{children}</p></div>
}

const ofOne = ["s", "codes", "editor", "displays"] // spot or floor, without which there is nothing to show

const ofNobody = ["display", "staff"] // whoever is signed in on the device has no part in them

/** Where an address leads: one that leads nowhere, to Today. */
function nameOf({ screen, id }: Place): string {
  if (consentNeeded.value && screen !== "data") return "consent"
  const there = Object.hasOwn(loaders, screen) && !ofNobody.includes(screen) && (id !== "" || !ofOne.includes(screen))
  return there ? screen : "today"
}

function Screen() {
  const at = place.value
  const name = nameOf(at)
  const Shown = screens.value[name]
  if (!Shown) void load(name)
  // Another spot or floor is another screen: what was chosen at one is not another's.
  if (Shown) return <Shown key={[...ofOne, "floor", "admin"].includes(name) ? `${name}/${at.id}` : name} />
  return (
    <main class="screen">
      {failed.value === name
        ? <Notice tone="bad" action={t("reload")} onAction={() => location.reload()}>{t("newer")}</Notice>
        : <Bones />}
    </main>
  )
}

// When a session ends while something was typed, what was typed stays below the sign-in for as long as a code works: it
// is there again for who signs in, if that is the same person.
const unfinished = signal("")
const typed = signal(false)
addEventListener("input", () => { if (token.peek()) typed.value = true })
addEventListener("hashchange", () => { typed.value = false })
const forAWhile = 10 * 60_000

const person = computed(() => (token.value ? holder(token.value) : unfinished.value))

function App() {
  const alone = ofNobody.find((name) => name === place.value.screen)
  if (alone) return <div class="app" lang={language.value}><Apart key={alone} name={alone} /><Toast /></div>
  return (
    <div class={person.value ? "app framed" : "app"} lang={language.value}>
      <Standing />
      {person.value && <Frame key={person.value} />}
      {!token.value && (person.value ? <Again /> : <Start />)}
      <Toast />
    </div>
  )
}

/** A screen on a wall is nobody's, and the operator's staff have a door of their own. */
function Apart({ name }: { name: string }) {
  const Shown = screens.value[name]
  if (!Shown) void load(name)
  if (Shown) return <Shown />
  return (
    <main class="screen">
      {failed.value === name ? <Notice tone="bad" action={t("reload")} onAction={() => location.reload()}>{t("newer")}</Notice> : <Bones n={1} />}
    </main>
  )
}

function Frame() {
  return <><Screen /><Tabs /></>
}

/**
 * The start over a screen that waits for who was there. Escape closes nothing: it opened by itself, and browsers then
 * close with it the sheet below, in which something was typed.
 */
function Again() {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const stay = (event: KeyboardEvent): void => { if (event.key === "Escape") event.preventDefault() }
    document.addEventListener("keydown", stay)
    dialog.current?.showModal()
    return () => document.removeEventListener("keydown", stay)
  }, [])
  return <dialog class="whole" ref={dialog} aria-label="iotspot" onClose={() => dialog.current?.showModal()}><Start /></dialog>
}

let was = token.peek()
let dropping: ReturnType<typeof setTimeout> | undefined
effect(() => {
  const now = token.value
  if (now === was) return
  clearTimeout(dropping)
  if (now === "" && ended.peek() === "over" && typed.peek()) {
    unfinished.value = holder(was)
    dropping = setTimeout(() => { unfinished.value = "" }, forAWhile)
  } else unfinished.value = ""
  was = now
  consentNeeded.value = ""
  forget() // what was known of one person is not the next one's
  hush()
})

// What was said on one screen is not said over the next.
const screen = computed(() => place.value.screen)
effect(() => { if (screen.value) hush() })

// The page is counted, not the person (11.cookies); that it could not be is no matter.
const pages: Record<string, string> = { today: "today", floor: "floor", agenda: "agenda", s: "spot", people: "colleagues", guests: "guests", data: "account", emergency: "emergency" }
effect(() => {
  const { screen } = place.value
  const page = pages[screen] ?? (OFFICE.includes(screen) && screen !== "display" ? "manage" : undefined)
  if (token.value && !guest() && page && !consentNeeded.value) ask("GET /usage/{page}", { page: page as "today" }).catch(() => undefined)
})

speak(language.value)
render(<App />, document.body)

// What can wait does not compete for a slow line with the first screen, which is there by then on most.
const aMoment = 3000
addEventListener("load", () => setTimeout(() => {
  keepProgram()
  for (const name of Object.keys(loaders)) if (!OFFICE.includes(name)) void load(name)
}, aMoment))
