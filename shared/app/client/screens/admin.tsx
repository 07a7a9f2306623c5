// Administration: one calm list of what a facility manager and an administrator look after, and each part of it.
import type { ComponentType } from "preact"
import { access, type Access } from "../access"
import { Contract } from "../admin/contract"
import { Domains } from "../admin/domains"
import { Import } from "../admin/import"
import { Locations } from "../admin/locations"
import { Looks } from "../admin/looks"
import { People } from "../admin/people"
import { Sensors } from "../admin/sensors"
import { Visitors } from "../admin/visitors"
import { texts } from "../i18n"
import { Icon } from "../icons"
import { Wrong } from "../problems"
import { place, to } from "../route"
import { Bones, Notice, Title, useLoaded } from "../ui"
import words from "./admin.json"

const t = texts(words)

/** What a part is given: who one is, and where one may go. */
export interface Part { known: Access }

interface Listed {
  name: "locations" | "sensors" | "import" | "plans" | "people" | "guests" | "domains" | "contract" | "looks"
  shows?: ComponentType<Part> // without it, a screen of its own
  managers?: boolean // is for facility managers too
}

const groups: { name: "building" | "people" | "organisation"; parts: Listed[] }[] = [
  { name: "building", parts: [{ name: "locations", shows: Locations, managers: true }, { name: "plans", managers: true }, { name: "sensors", shows: Sensors, managers: true }, { name: "import", shows: Import, managers: true }] },
  { name: "people", parts: [{ name: "people", shows: People }, { name: "guests", shows: Visitors }] },
  { name: "organisation", parts: [{ name: "domains", shows: Domains }, { name: "contract", shows: Contract }, { name: "looks", shows: Looks }] },
]

export default function Admin() {
  const known = useLoaded(access, [])
  if (!known.value) return <main class="screen stack far"><Title>{t("title")}</Title>{known.wrong ? <Wrong error={known.wrong} again={() => void known.again()} /> : <Bones />}</main>
  const { role } = known.value
  const mine = groups.map((g) => ({ ...g, parts: g.parts.filter((p) => role === "administrator" || role === "manager" && p.managers) })).filter((g) => g.parts.length > 0)
  const here = mine.flatMap((g) => g.parts).find((p) => p.shows && p.name === place.value.id)
  if (here?.shows) {
    return (
      <main class="screen stack far">
        <Title over={<a href={to("admin")}>{t("title")}</a>}>{t(`part.${here.name}`)}</Title>
        <here.shows known={known.value} />
      </main>
    )
  }
  return (
    <main class="screen stack far offices">
      <Title>{t("title")}</Title>
      {mine.length === 0 && <Notice>{t("notyours")}</Notice>}
      {mine.map((g) => (
        <section key={g.name} class="stack near">
          <h2>{t(`group.${g.name}`)}</h2>
          <ul class="card list ways">
            {g.parts.map((p) => (
              <li key={p.name}>
                <a href={p.shows ? to("admin", p.name) : to(p.name)}>
                  <span class="grow"><b>{t(`part.${p.name}`)}</b><span class="quiet small">{t(`about.${p.name}`)}</span></span>
                  <Icon name="next" />
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </main>
  )
}
