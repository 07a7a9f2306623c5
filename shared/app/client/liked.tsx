// Who is in today of those whom one likes, as far as each shows it. Names are compared as one wrote them: a favourite is
// linked to nobody's record (4.c.2). Asked once Today is there, and by who keeps favourites alone.
import { ask } from "./api"
import { texts } from "./i18n"
import words from "./liked.json"
import { range } from "./time"
import { useLoaded } from "./ui"

const t = texts(words)

const spelt = (name: string): string => name.trim().toLowerCase().normalize("NFC")

export function Liked({ location }: { location: string }) {
  const there = useLoaded(async (signal) => {
    const favourites = await ask("GET /me/favourites", {}, { signal })
    const names = favourites.colleagues.map((c) => spelt(c.name))
    if (names.length === 0) return []
    const inside = await ask("GET /locations/{location}/colleagues", { location }, { signal })
    return inside.colleagues.filter((c) => names.includes(spelt(c.name)))
  }, [location])
  if (!there.value?.length) return null
  return (
    <section class="stack near">
      <h2>{t("title")}</h2>
      <ul class="card list">
        {there.value.map((c) => {
          const at = c.today?.[0]
          return (
            <li key={c.colleague} class="row">
              <Initials name={c.name} />
              <span class="grow"><b>{c.name}</b>{at && <><br /><span class="quiet small">{t("at", { spot: at.spot_name, floor: at.floor_name, hours: range(at.from, at.to) })}</span></>}</span>
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
