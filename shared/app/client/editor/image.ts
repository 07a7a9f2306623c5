// A floor's image, drawn anew as pixels before it is sent: whatever a file holds beside what one sees stays here. A drawing in
// SVG runs no script and asks for nothing where it is shown as an image.

/** A file that gives no image. */
export class Unreadable extends Error {
  constructor(readonly why: Refusal) { super(why) }
}

const longest = 2400 // px, as the server keeps
const mostBytes = 4 << 20
const mostOfPDF = 32 << 20

/** Why it gives none, as the screen's texts name it. */
export type Refusal = "image" | "large" | "locked" | "pdf"

/** A PNG, or a JPEG where that would be too large to send, of an image or of a PDF's first page. */
export async function pixels(file: Blob): Promise<Blob> {
  const canvas = (await isPDF(file)) ? await ofPDF(file) : await ofImage(file)
  const lossless = await taken(canvas, "image/png")
  return lossless.size <= mostBytes ? lossless : await taken(canvas, "image/jpeg")
}

async function ofPDF(file: Blob): Promise<HTMLCanvasElement> {
  if (file.size > mostOfPDF) throw new Unreadable("large")
  const { firstPage, Locked } = await import("./pdf")
  try {
    return await firstPage(file, longest)
  } catch (error) {
    throw new Unreadable(error instanceof Locked ? "locked" : "pdf")
  }
}

async function ofImage(file: Blob): Promise<HTMLCanvasElement> {
  const url = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const { naturalWidth: width, naturalHeight: height } = image
    const scale = file.type === "image/svg+xml" ? longest / Math.max(width, height) : Math.min(1, longest / Math.max(width, height))
    const canvas = document.createElement("canvas")
    canvas.width = Math.max(1, Math.round(width * scale))
    canvas.height = Math.max(1, Math.round(height * scale))
    const brush = canvas.getContext("2d")!
    brush.fillStyle = "#fff"
    brush.fillRect(0, 0, canvas.width, canvas.height)
    brush.drawImage(image, 0, 0, canvas.width, canvas.height)
    return canvas
  } catch {
    throw new Unreadable("image")
  } finally {
    URL.revokeObjectURL(url)
  }
}

const taken = (canvas: HTMLCanvasElement, type: string): Promise<Blob> =>
  new Promise((give, fail) => canvas.toBlob((blob) => (blob ? give(blob) : fail(new Unreadable("image"))), type, 0.9))

/** Whether a file is a PDF, whatever it is called. */
const isPDF = async (file: Blob): Promise<boolean> => (await file.slice(0, 1024).text()).includes("%PDF-")
