import { backgroundOf } from './state.ts'

const controls = /[\0-\x08\v\f\x0e-\x1f\ufffe\uffff]/g
const decodeMs = 200
/** More than this many pixels are not drawn: a phone's canvas ends there. */
const maxPixels = 16_000_000

/** Draws the SVG at the screen's own density; `root` takes a probe for a moment. */
export async function paintCanvas(svg: Node, width: number, height: number, root: Node): Promise<HTMLCanvasElement> {
  const scale = Math.min(devicePixelRatio, Math.sqrt(maxPixels / (width * height)))
  const markup = new XMLSerializer().serializeToString(svg).replace(controls, '')
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup.toWellFormed())}`
  await image.decode()
  // Others than Chromium draw before the pictures inside are decoded.
  if (!/Chrom/.test(navigator.userAgent)) await new Promise((resolve) => setTimeout(resolve, decodeMs))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D
  pen.fillStyle = backgroundOf(document.documentElement) || plainBackground(root)
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** What a page without a background of its own stands on: it follows the page's scheme and the system's. */
function plainBackground(root: Node): string {
  const probe = document.createElement('i')
  const { colorScheme } = getComputedStyle(document.documentElement)
  Object.assign(probe.style, { colorScheme, backgroundColor: 'Canvas' })
  root.appendChild(probe)
  const { backgroundColor } = getComputedStyle(probe)
  probe.remove()
  return backgroundColor
}
