const probe =
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><foreignObject width="1" height="1"/></svg>'
let drawable: Promise<boolean> | undefined

/**
 * Whether the page's policy and the browser let a page be drawn: `data:` in `img-src`, and pixels that may be read
 * back. A policy in a header cannot be read, so it is tried, once and only when somebody wants a picture; a policy in
 * the page is read first, so that trying does not raise a report that can be avoided.
 */
export function canDraw(): Promise<boolean> {
  return (drawable ??= forbidsData() ? Promise.resolve(false) : tryDrawing())
}

function forbidsData(): boolean {
  return [...document.querySelectorAll<HTMLMetaElement>('meta[http-equiv=content-security-policy i]')].some(
    ({ content }) => {
      const [, sources] =
        /(?:^|;)\s*img-src([^;]*)/i.exec(content) ?? /(?:^|;)\s*default-src([^;]*)/i.exec(content) ?? []
      return sources !== undefined && !/\sdata:/i.test(sources)
    },
  )
}

async function tryDrawing(): Promise<boolean> {
  try {
    const image = new Image()
    image.src = probe
    await image.decode()
    const pen = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D
    pen.drawImage(image, 0, 0)
    pen.getImageData(0, 0, 1, 1)
    return true
  } catch {
    return false
  }
}

/** Whether the browser can picture a tab and the page's permissions policy lets it. */
export function canTakeScreen(): boolean {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature: (name: string) => boolean } }
  return (
    'getDisplayMedia' in (navigator.mediaDevices ?? {}) &&
    'requestVideoFrameCallback' in HTMLVideoElement.prototype &&
    featurePolicy?.allowsFeature('display-capture') !== false
  )
}
