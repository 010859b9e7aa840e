import { limits } from '../../sdk/wire/index.ts'

/** More pixels than this tell a reader nothing more and take a phone seconds to encode. */
const enoughPixels = Math.min(8_000_000, limits.attachmentMaxPixels)
const shrink = 0.75

/** An image's pixels, upright, without anything else that the file holds. Rejects what is no image. */
export async function decode(file: Blob): Promise<HTMLCanvasElement> {
  // Where the page's policy forbids `blob:` images this still works.
  const image = await createImageBitmap(file)
  const canvas = resize(image, Math.min(1, Math.sqrt(enoughPixels / (image.width * image.height))))
  image.close()
  return canvas
}

/** A file that the collector takes: WebP where the canvas can, else PNG or JPEG; smaller until it fits. */
export async function encode(canvas: HTMLCanvasElement): Promise<Blob> {
  for (let scale = 1; ; scale *= shrink) {
    const sized = scale < 1 ? resize(canvas, scale) : canvas
    // Asked for WebP, a canvas that cannot gives a PNG.
    for (const [type, quality] of [
      ['image/webp', 0.92],
      ['image/webp', 0.75],
      ['image/jpeg', 0.8],
    ] as const) {
      const blob = await new Promise<Blob | null>((resolve) => sized.toBlob(resolve, type, quality))
      if (!blob) throw new Error('empty')
      if (blob.size <= limits.attachmentMaxBytes) return blob
    }
  }
}

function resize(image: HTMLCanvasElement | ImageBitmap, scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, image.width * scale)
  canvas.height = Math.max(1, image.height * scale)
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D
  // JPEG knows no transparency, and would make it black.
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas
}
