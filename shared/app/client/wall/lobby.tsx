// A floor's lobby: each room in a line, desks counted by zone. It knows no names.
import { texts } from "../i18n"
import { longDate, short } from "../time"
import type { View } from "./known"
import words from "./lobby.json"

const t = texts(words)

type Room = NonNullable<View["rooms"]>[number]

export function Lobby({ view }: { view: View }) {
  const rooms = view.rooms ?? []
  const desks = view.desks ?? []
  return (
    <main class="lobby">
      <header>
        <h1>{view.name}</h1>
        <p>{longDate(view.date)}{!view.open && <> · <b>{view.closed ?? t("closed")}</b></>}</p>
      </header>
      {rooms.length > 0 && (
        <section aria-labelledby="rooms">
          <h2 id="rooms">{t("rooms")}</h2>
          <ul class="lobby-rooms">
            {rooms.map((room) => (
              <li key={room.name} class={isFree(room) ? "is-free" : "is-taken"}>
                <b>{room.name}</b>
                <span class="quiet">{room.capacity ? t("for", { n: room.capacity }) : room.zone_name}</span>
                <span class="lobby-state">{state(room)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {desks.length > 0 && (
        <section aria-labelledby="desks">
          <h2 id="desks">{t("desks")}</h2>
          <ul class="lobby-desks">
            {desks.map((zone) => (
              <li key={zone.zone_name ?? ""}>
                <b class="lobby-figure">{zone.free}</b>
                <span>{zone.zone_name ?? t("elsewhere")}<small>{t("of", { n: zone.all })}</small></span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  )
}

const isFree = (room: Room): boolean => room.now === "free" || room.now === "unknown"

function state(room: Room): string {
  const word = t(isFree(room) ? "free" : room.now === "out_of_service" ? "out" : "taken")
  return room.until ? `${word} ${t("until", { time: short(room.until) })}` : word
}
