// The sensors of a spot. One is tied at once, by the code on it: photographed where the browser reads codes, else typed. The
// photo stays on the device.
import { useSignal } from "@preact/signals"
import { ask, type In } from "../api"
import { texts } from "../i18n"
import { Icon } from "../icons"
import { sentence } from "../problems"
import { Button, Field, Notice, say } from "../ui"
import { sensorIn } from "./code"
import { makers } from "./makers"
import type { Spot } from "./model"
import words from "./sensors.json"

const t = texts(words)

type Model = In<"PUT /spots/{spot}/sensors/{sensor}">["model"]
const models: Model[] = ["milesight-vs340", "milesight-vs341", "browan-tbms100", "elsys-ems-desk", "disruptive", "own"]

interface Detector { detect: (image: ImageBitmap) => Promise<{ rawValue: string }[]> }
const reader = (): Detector | undefined => {
  const Reads = (globalThis as { BarcodeDetector?: new () => Detector }).BarcodeDetector
  return Reads && new Reads()
}

const lastModel = { value: models[1]! } // sensors come in boxes of one kind

export function Sensors({ spot, saved, onDone }: { spot: Spot; saved: boolean; onDone: () => Promise<void> }) {
  const code = useSignal(""), model = useSignal(lastModel.value), wrong = useSignal(""), busy = useSignal(false)
  const reads = "BarcodeDetector" in globalThis
  const act = async (what: () => Promise<unknown>, told: string): Promise<void> => {
    wrong.value = ""
    busy.value = true
    try {
      await what()
      code.value = ""
      say(told)
      await onDone()
    } catch (error) {
      wrong.value = sentence(error)
    }
    busy.value = false
  }
  const tie = (): void => {
    const sensor = sensorIn(code.value)
    lastModel.value = model.value
    if (!sensor) { wrong.value = t("nocode"); return }
    void act(() => ask("PUT /spots/{spot}/sensors/{sensor}", { spot: spot.id, sensor, model: model.value }), t("tied", { name: spot.name }))
  }
  const photographed = async (file: File): Promise<void> => {
    wrong.value = ""
    const found = await createImageBitmap(file).then((image) => reader()!.detect(image)).catch(() => [])
    code.value = found.map((f) => sensorIn(f.rawValue)).find(Boolean) ?? ""
    if (!code.value) wrong.value = t("unread")
  }
  return (
    <details open={(spot.sensors?.length ?? 0) > 0}>
      <summary>{t("sensors", { n: spot.sensors?.length ?? 0 })}</summary>
      <div class="stack near">
        {wrong.value && <Notice tone="bad">{wrong.value}</Notice>}
        {spot.sensors?.map((sensor) => (
          <div key={sensor} class="row apart"><code class="grow">{sensor}</code>
            <Button look="plain" aria-label={`${t("untie")}: ${sensor}`} onClick={() => void act(() => ask("DELETE /spots/{spot}/sensors/{sensor}", { spot: spot.id, sensor }), t("untied", { name: spot.name }))}>{t("untie")}</Button></div>
        ))}
        {saved ? (
          <form class="stack near" onSubmit={(event) => { event.preventDefault(); tie() }}>
            {reads && (
              <label class="button file"><Icon name="search" /><span>{t("photograph")}</span>
                <input class="unseen" type="file" accept="image/*" capture="environment" onChange={(event) => {
                  const file = event.currentTarget.files?.[0]
                  event.currentTarget.value = ""
                  if (file) void photographed(file)
                }} /></label>
            )}
            <Field label={t("code")} hint={t("codeabout")} maxLength={200} value={code.value} onInput={(event) => { code.value = event.currentTarget.value }} />
            <div class="field"><label for="model">{t("model")}</label>
              <select id="model" value={model.value} onChange={(event) => { model.value = event.currentTarget.value as Model }}>
                {models.map((one) => <option key={one} value={one}>{makers[one] ?? t("own")}</option>)}
              </select></div>
            <Button type="submit" busy={busy.value}>{t("tie", { name: spot.name })}</Button>
          </form>
        ) : <p class="quiet small">{t("savefirst")}</p>}
      </div>
    </details>
  )
}
