import { createContext, domToForeignObjectSvg } from 'modern-screenshot'
import type { Context } from 'modern-screenshot'
import { paintCanvas } from './canvas.ts'
import { fontFaces } from './fonts.ts'
import { cover, isMasked } from './mask.ts'
import { readPicture, readSprite, videoFrame } from './pictures.ts'
import { reflect } from './state.ts'
import { place } from './place.ts'
import { lookAround } from './visible.ts'

/** How the page is drawn. */
export interface PageImageOptions {
  /** Left out of the picture: the widget's own element. */
  host: Element
  /** Gives up after this many milliseconds. Default: 8,000. */
  limitMs?: number
}

const breathMs = 24
const nothing = { getPropertyValue: () => '' }

/**
 * Draws what is visible of the page, without asking anybody: passwords and what the page marks as private are covered
 * before a pixel exists, pictures of other origins that may not be read become plain boxes. The page is not changed.
 *
 * Rejects with an `Error` that says `timeout` after `limitMs`, and with what the browser says where it denies the
 * drawing.
 *
 * @example
 * const canvas = await drawPage({ host: document.querySelector('earshot-widget')! })
 */
export async function drawPage({ host, limitMs = 8_000 }: PageImageOptions): Promise<HTMLCanvasElement> {
  let over = false
  let timer = 0
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      over = true
      reject(new Error('timeout'))
    }, limitMs)
  })
  // Default styles are read here, not in a frame that the library would put into the page's body.
  const sandbox = document.createElement('iframe')
  // One that is not rendered has no styles.
  Object.assign(sandbox.style, { position: 'fixed', width: 0, height: 0, border: 0, visibility: 'hidden' })
  ;(host.shadowRoot ?? host).append(sandbox)
  try {
    return await Promise.race([draw(host, sandbox, () => over), limit])
  } finally {
    clearTimeout(timer)
    sandbox.remove()
  }
}

async function draw(host: Element, sandbox: HTMLIFrameElement, isOver: () => boolean): Promise<HTMLCanvasElement> {
  const root = document.documentElement
  const [width, height] = [root.clientWidth, innerHeight]
  const around = lookAround(root, host)
  const clones = new Map<Element, HTMLElement>()
  const open: Element[] = []
  let breath = performance.now()

  // The library waits for every picture below the node it is made with: an empty one has none that never loads.
  const context = (await createContext(document.createElement('div'), {
    width,
    height,
    font: false,
    features: { copyScrollbar: false, restoreScrollPosition: false },
    style: { display: 'flow-root', margin: `${-scrollY}px 0 0 ${-scrollX}px`, overflow: 'visible' },
    filter: around.filter,
    fetchFn: readPicture,
    async onCloneEachNode(clone: Node) {
      const node = open.pop() as HTMLElement
      clones.set(node, clone as HTMLElement)
      reflect(node, clone as HTMLElement)
      if (isMasked(node)) cover(node, clone as HTMLElement)
      if (performance.now() - breath > breathMs) {
        await new Promise((resolve) => setTimeout(resolve))
        breath = performance.now()
      }
      if (isOver()) throw new Error('timeout')
    },
    async onCloneNode(clone: Node) {
      for (const video of around.videos) await videoFrame(video, clones)
      await Promise.all(Array.from(clones.values(), (clone) => readSprite(clone, context.svgDefsElement)))
      place(root, clone as HTMLElement, clones, around)
      context.svgStyleElement?.append(await fontFaces())
    },
  })) as Context & { sandbox: HTMLIFrameElement }
  context.node = root
  context.sandbox = sandbox
  // Asked for each node before its children are cloned: it tells which node a clone was made from.
  context.ownerWindow = {
    getComputedStyle(node: Element, pseudo?: string) {
      if (pseudo) return around.isShell(node) || isMasked(node) ? nothing : getComputedStyle(node, pseudo)
      open.push(node)
      return getComputedStyle(node)
    },
  } as unknown as Window & typeof globalThis
  return paintCanvas(await domToForeignObjectSvg(context), width, height, host.shadowRoot ?? host)
}
