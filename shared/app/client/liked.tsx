// Who is in today of those whom one likes, as far as each shows it: it comes with Today. Names are compared as one wrote
// them: a favourite is linked to nobody's record (4.c.2).
import type { Out } from "./api"
import { texts } from "./i18n"
import words from "./liked.json"
import { to } from "./route"
import { range } from "./time"
import { Pill } from "./ui"

const t = texts(words)

type Favourite = Out<"GET /me/today">["favourites"][number]

/** Home is the location that the day is shown of: another's name is told. */
export function Liked({ of: favourites, home }: { of: Favourite[]; home: string }) {
  if (favourites.length === 0) return null
  return (
    <section class="stack near">
      <h2>{t("title")}</h2>
      <ul class="card list">
        {favourites.map((c) => {
          const at = c.today.find((p) => p.present) ?? c.today[0]!
          const where = [at.spot_name, at.floor_name, at.location !== home && at.location_name].filter(Boolean).join(", ")
          return (
            <li key={c.colleague} class="row">
              <Initials name={c.name} />
              <span class="grow"><b>{c.name}</b><br /><a class="quiet small" href={to("s", at.spot)}>{where}</a> <span class="quiet small">{range(at.from, at.to)}</span></span>
              <Pill tone={at.present ? "do" : undefined} icon={at.present ? "check" : undefined}>{t(at.present ? "here" : "expected")}</Pill>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

export function Initials({ name }: { name: string }) {
  const parts = name.split(" ").filter(Boolean)
  return <span class="initials" aria-hidden="true">{(parts[0]?.[0] ?? "") + (parts.length > 1 ? parts.at(-1)![0] : "")}</span>
}
