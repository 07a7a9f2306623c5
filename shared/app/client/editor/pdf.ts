// A PDF's first page as pixels. What reads it is large, is loaded when somebody chooses a PDF and not before, and runs in a worker
// that can ask for nothing. There is no eval in it, and what needs WebAssembly is left out.
import { getDocument, GlobalWorkerOptions } from "pdfjs-dist/legacy/build/pdf.mjs"

declare const PDF_WORKER: string // the address of the worker's program
interface TrustedTypes { createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(url: string): string } }
declare const trustedTypes: TrustedTypes | undefined

/** A PDF that opens with a password alone. */
export class Locked extends Error {}

const patience = 60_000 // ms: a page that takes longer is no plan
const largest = 64e6 // px of an image on the page
const policy = typeof trustedTypes === "undefined" ? undefined : trustedTypes.createPolicy("pdf", { createScriptURL: () => PDF_WORKER })

/** The page with its longest side so many px; a page of which a part can't be read is an error. */
export async function firstPage(file: Blob, longest: number): Promise<HTMLCanvasElement> {
  const port = new Worker(policy?.createScriptURL("") ?? PDF_WORKER, { type: "module" })
  let timer = 0
  const ends = new Promise<never>((_, fail) => {
    port.onerror = () => fail(new Error("the worker stopped"))
    timer = setTimeout(() => fail(new Error("too slow")), patience)
  })
  try {
    return await Promise.race([drawn(port, new Uint8Array(await file.arrayBuffer()), longest), ends])
  } catch (error) {
    throw (error as Error).name === "PasswordException" ? new Locked() : error
  } finally {
    clearTimeout(timer)
    port.terminate()
  }
}

async function drawn(port: Worker, data: Uint8Array, longest: number): Promise<HTMLCanvasElement> {
  GlobalWorkerOptions.workerPort = port
  const reader = getDocument({
    data, stopAtErrors: true, maxImageSize: largest, useWasm: false, disableFontFace: true, useSystemFonts: true, verbosity: 0,
  })
  const page = await (await reader.promise).getPage(1)
  const { width, height } = page.getViewport({ scale: 1 })
  const viewport = page.getViewport({ scale: longest / Math.max(width, height) })
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.round(viewport.width))
  canvas.height = Math.max(1, Math.round(viewport.height))
  await page.render({ canvas, viewport, background: "#fff" }).promise
  for (const [id, decoded] of page.objs) if (!decoded) throw new Error(`${id} can't be decoded`) // the page is drawn without it
  return canvas
}
