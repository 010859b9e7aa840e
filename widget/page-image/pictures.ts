const patienceMs = 3_000
/** A grey point, stretched over what may not be read. */
const box = 'data:image/gif;base64,R0lGODlhAQABAPAAANjb4AAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=='
const failed = new Set<string>()

/**
 * A picture of the page's as a data URL. It is loaded as a picture, because the page's policy allows that much: it may
 * forbid the same address to `fetch`. An origin that has once denied reading is not asked again.
 */
export async function readPicture(url: string): Promise<string> {
  const { origin } = new URL(url, location.href)
  if (failed.has(origin)) return box
  try {
    const image = new Image()
    image.crossOrigin = 'anonymous'
    image.src = url
    await Promise.race([
      image.decode(),
      new Promise((_, reject) => {
        setTimeout(reject, patienceMs)
      }),
    ])
    return snapshot(image, image.naturalWidth, image.naturalHeight)
  } catch {
    if (origin !== location.origin) failed.add(origin)
    return box
  }
}

function snapshot(source: CanvasImageSource, width: number, height: number): string {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  canvas.getContext('2d')?.drawImage(source, 0, 0, width, height)
  return canvas.toDataURL()
}

/** Puts the frame that a video shows where the video was left out. */
export async function videoFrame(video: HTMLVideoElement, clones: Map<Element, HTMLElement>): Promise<void> {
  const image = new Image()
  for (const name of getComputedStyle(video))
    image.style.setProperty(name, getComputedStyle(video).getPropertyValue(name))
  try {
    image.src = snapshot(video, video.videoWidth, video.videoHeight)
  } catch {
    image.src = box
  }
  let next = video.nextElementSibling
  while (next && !clones.has(next)) next = next.nextElementSibling
  const parent = video.parentElement && clones.get(video.parentElement)
  parent?.insertBefore(image, (next && clones.get(next)) ?? null)
  await image.decode().catch(() => undefined)
}

/**
 * Brings the icon that a `use` takes from another file along. The library would read the file as markup, which Trusted
 * Types forbid.
 */
export async function readSprite(use: Element, icons: Element | undefined): Promise<void> {
  const [url, id = ''] = (use.getAttribute('href') ?? '').split('#') as [string, string?]
  if (use.tagName !== 'use' || !url) return
  use.setAttribute('href', `#${id}`)
  if (icons?.querySelector(`#${CSS.escape(id)}`)) return
  const file = await new Promise<Document | null>((resolve) => {
    const request = new XMLHttpRequest()
    request.open('GET', url)
    request.responseType = 'document'
    request.timeout = patienceMs
    request.addEventListener('loadend', () => resolve(request.response as Document | null))
    request.send()
  })
  const icon = file?.getElementById(id)
  if (icon) icons?.append(icon)
}
