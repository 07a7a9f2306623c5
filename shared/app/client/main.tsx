// The app begins here: who is signed in sees a screen in its frame, everybody else the start. The address stays what it
// was, so that after signing in one is where one was going.
import { effect, signal } from "@preact/signals"
import { render, type ComponentType } from "preact"
import { ask, forget } from "./api"
import { language, speak, texts } from "./i18n"
import { Icon, type IconName } from "./icons"
import words from "./main.json"
import { consentNeeded } from "./problems"
import { place, replace, to } from "./route"
import { guest, signIn, token } from "./session"
import { Start } from "./screens/start"
import { Today } from "./screens/today"
import { skew } from "./time"
import { Bones, Notice, Toast } from "./ui"
import { keepProgram } from "./keep"

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
}

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

// A guest comes with the pass from the mail, which is the token; it stands behind the # and is taken out of the address.
if (place.peek().screen === "pass") {
  signIn(place.peek().id, false)
  replace(to("today"))
}

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
      {minutes > 2 && token.value && <Strip>{t("clock", { n: minutes })}</Strip>}
    </>
  )
}

function Strip({ children }: { children: string }) {
  return <div class="notice strip" role="status"><p>{children}</p></div>
}

function Screen() {
  const at = place.value
  const name = consentNeeded.value && at.screen !== "data" ? "consent" : at.screen in loaders || at.screen === "today" ? at.screen : "today"
  const Shown = screens.value[name]
  if (!Shown) void load(name)
  // Another spot or floor is another screen: what was chosen at one is not another's.
  if (Shown) return <Shown key={name === "s" || name === "floor" ? `${name}/${at.id}` : name} />
  return (
    <main class="screen">
      {failed.value === name
        ? <Notice tone="bad" action={t("reload")} onAction={() => location.reload()}>{t("newer")}</Notice>
        : <Bones />}
    </main>
  )
}

function App() {
  if (!token.value) return <div class="app" lang={language.value}><Standing /><Start /><Toast /></div>
  return (
    <div class="app framed" lang={language.value}>
      <Standing />
      <Screen />
      <Tabs />
      <Toast />
    </div>
  )
}

// What was known of one person is not the next one's.
let was = token.peek()
effect(() => {
  if (token.value !== was) forget()
  was = token.value
})

// The page is counted, not the person (11.cookies); that it could not be is no matter.
const pages: Record<string, string> = { today: "today", floor: "floor", agenda: "agenda", s: "spot", people: "colleagues", guests: "guests", data: "account", emergency: "emergency" }
effect(() => {
  const page = pages[place.value.screen]
  if (token.value && !guest() && page && !consentNeeded.value) ask("GET /usage/{page}", { page: page as "today" }).catch(() => undefined)
})

speak(language.value)
render(<App />, document.body)
keepProgram()
;(window.requestIdleCallback ?? setTimeout)(() => { for (const name of Object.keys(loaders)) void load(name) })
