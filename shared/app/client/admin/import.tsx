// Locations, floors, spots and sensors from one file: what is wrong is shown at its line, and what would change before it does.
// The lines are read here; the server never repeats what is in them.
import { useSignal } from "@preact/signals"
import { useAct } from "../act"
import { ask, type In, type Out } from "../api"
import { Times } from "../editor/save"
import { save } from "../file"
import { texts } from "../i18n"
import { Icon } from "../icons"
import { faults, sentence, told, type Fault } from "../problems"
import { Button, Card, Notice, Pill } from "../ui"
import words from "./import.json"

const t = texts(words)

type Preview = Out<"POST /business-account/import/trial">
type Change = Preview["changes"][number]
type Choice = NonNullable<In<"POST /business-account/import">["on_reservations"]>

interface Chosen { name: string; file: Blob; lines: string[] }

const columns = "location,address,latitude,longitude,time_zone,opens,closes,floor,level,zone,sector,spot,category,type,x,y,capacity,features,sensor,model"

export function Import() {
  const chosen = useSignal<Chosen | undefined>(undefined)
  const seen = useSignal<Preview | undefined>(undefined)
  const wrong = useSignal<Fault[]>([])
  const notice = useSignal("")
  const trying = useSignal(false)
  const done = useSignal("")
  const look = async (file: File): Promise<void> => {
    const type = file.name.toLowerCase().endsWith(".json") ? "application/json" : "application/octet-stream"
    chosen.value = { name: file.name, file: new Blob([file], { type }), lines: await linesOf(file) }
    await tryIt()
  }
  const tryIt = async (): Promise<void> => {
    seen.value = undefined
    wrong.value = []
    notice.value = done.value = ""
    trying.value = true
    try {
      seen.value = await ask("POST /business-account/import/trial", {}, { file: chosen.value!.file })
    } catch (error) {
      wrong.value = faults(error)
      notice.value = sentence(error)
    }
    trying.value = false
  }
  return (
    <>
      <p class="quiet">{t("about")}</p>
      <div class="stack near">
        <label class="button do file" aria-busy={trying.value}><Icon name="plus" /><span>{t(trying.value ? "reading" : chosen.value ? "another" : "choose")}</span>
          <input class="unseen" type="file" accept=".csv,.tsv,.txt,.json,text/csv,application/json" onChange={(event) => {
            const file = event.currentTarget.files?.[0]
            event.currentTarget.value = "" // the same file, mended, is a choice too
            if (file) void look(file)
          }} /></label>
        <div><Button look="plain" onClick={() => save(new Blob([`\ufeff${columns}\r\n`], { type: "text/csv" }), "iotspot.csv")}>{t("empty")}</Button></div>
      </div>
      {chosen.value && <h2>{chosen.value.name}</h2>}
      {notice.value && <Notice tone="bad">{notice.value}</Notice>}
      {wrong.value.length > 0 && <Faults all={wrong.value} lines={chosen.value!.lines} />}
      {done.value && <Notice tone="good">{done.value}</Notice>}
      {seen.value && <Shown key={chosen.value!.name} of={seen.value} file={chosen.value!.file} onDone={(loaded) => { seen.value = undefined; done.value = t("loaded", { what: counted(loaded) || t("nothing") }) }} />}
    </>
  )
}

/** The lines of a file, as it says that it is written. */
async function linesOf(file: Blob): Promise<string[]> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8"
  return new TextDecoder(wide).decode(bytes).split(/\r\n|\n/)
}

/** Each line that is wrong as it stands in the file, with all that is wrong in it. */
function Faults({ all, lines }: { all: Fault[]; lines: string[] }) {
  const at = (f: Fault): [number, string] => {
    const [, line, column] = /^line (\d+)(?:, (.+))?$/.exec(f.pointer) ?? []
    return [Number(line ?? 0), column ?? ""]
  }
  const numbers = [...new Set(all.map((f) => at(f)[0]))].sort((a, b) => a - b)
  return (
    <ol class="card list">
      {numbers.map((n) => (
        <li key={n} class="stack near">
          <h3>{n > 0 ? t("line", { line: n }) : t("file")}</h3>
          {lines[n - 1] && <code class="scrolled" tabIndex={0} role="region" aria-label={t("line", { line: n })}>{lines[n - 1]}</code>}
          {all.filter((f) => at(f)[0] === n).map((f) => <p key={f.pointer + f.detail} class="wrongly">{at(f)[1] && <b>{at(f)[1]}: </b>}{told(f)}</p>)}
        </li>
      ))}
    </ol>
  )
}

const kinds = ["locations", "floors", "zones", "spots", "sensors"] as const
const counted = (of: Record<(typeof kinds)[number], number>): string => kinds.filter((k) => of[k] > 0).map((k) => t(`n.${k}`, { n: of[k] })).join(", ")

function Shown({ of, file, onDone }: { of: Preview; file: Blob; onDone: (loaded: Out<"POST /business-account/import">) => void }) {
  const choice = useSignal<Choice>("refuse")
  const { busy, wrong, act } = useAct()
  const load = (): Promise<boolean> => act(async () => onDone(await ask("POST /business-account/import", { on_reservations: of.taken.length > 0 ? choice.value : undefined }, { file })), t("done"))
  if (of.changes.length === 0) return <Notice tone="good">{t("same")}</Notice>
  return (
    <>
      <Card>
        <h3>{t("would")}</h3>
        <p>{counted(of)}</p>
        <div class="scrolls" tabIndex={0} role="region" aria-label={t("would")}><ol class="changes">{of.changes.map((c, n) => <One key={n} of={c} />)}</ol></div>
        {of.more_changes && <p class="quiet small">{t("more")}</p>}
      </Card>
      {of.taken.length > 0 && (
        <Card>
          <h3>{t("taken")}</h3>
          <p>{of.reservations ? t("many", { n: of.reservations }) : t("some")}</p>
          <Times taken={of.taken} />
          <div class="field"><label>{t("choice")}
            <select value={choice.value} onChange={(event) => { choice.value = event.currentTarget.value as Choice }}>
              {(["refuse", "keep", "cancel"] as const).map((c) => <option key={c} value={c}>{t(`choice.${c}`)}</option>)}
            </select>
          </label></div>
        </Card>
      )}
      {wrong && <Notice tone="bad">{wrong}</Notice>}
      <Button look="do" wide large busy={busy} onClick={() => void load()}>{t("load")}</Button>
    </>
  )
}

function One({ of }: { of: Change }) {
  return (
    <li class="row">
      <span class="quiet small">{t("line", { line: of.line })}</span>
      <span class="grow"><b>{of.name}</b> <span class="quiet small">{[t(`what.${of.what}`), of.within, of.columns?.join(", ")].filter(Boolean).join(" · ")}</span></span>
      <Pill tone={of.new ? "do" : "look"}>{t(of.new ? "new" : "changed")}</Pill>
    </li>
  )
}
