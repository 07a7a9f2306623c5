// A floor's image, drawn anew as pixels before it is sent: whatever a file holds beside what one sees stays here. A drawing in
// SVG runs no script and asks for nothing where it is shown as an image.

export class Unreadable extends Error {}

const longest = 2400 // px, as the server keeps
const mostBytes = 4 << 20

/** A PNG, or a JPEG where that would be too large to send; Unreadable when the browser can't show the file. */
export async function pixels(file: Blob): Promise<Blob> {
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
    const lossless = await taken(canvas, "image/png")
    return lossless.size <= mostBytes ? lossless : await taken(canvas, "image/jpeg")
  } catch {
    throw new Unreadable()
  } finally {
    URL.revokeObjectURL(url)
  }
}

const taken = (canvas: HTMLCanvasElement, type: string): Promise<Blob> =>
  new Promise((give, fail) => canvas.toBlob((blob) => (blob ? give(blob) : fail(new Unreadable())), type, 0.9))

/** Whether a file is a PDF, whatever it is called. */
export const isPDF = async (file: Blob): Promise<boolean> => (await file.slice(0, 1024).text()).includes("%PDF-")
