import { isMasked } from './mask.ts'

/** What of the page is drawn. */
export interface Around {
  /** Whether the library clones a node. */
  filter: (node: Node) => boolean
  /** An element that only holds its place. */
  isShell: (node: Node) => boolean
  /** Boxes and table sections whose children outside the viewport are left out, not even a place kept. */
  squeezed: Set<Element>
  /** Drawn as pictures: the library would wait for them to play. */
  videos: HTMLVideoElement[]
}

// Shadows and outlines reach this far.
const marginPx = 32
const blocks = /^(block|flow-root|inline-block|table-cell)$/
const rows = /^table-(row|header|footer)-group$/
const levels = /^(block|flex|grid|table|list-item|flow-root)$/

/** The parent that a node is laid out in: a shadow root stands for its host. */
export function parentOf({ parentNode }: Node): Element | null {
  return (parentNode?.nodeType === 11 ? (parentNode as ShadowRoot).host : parentNode) as Element | null
}

export function isInFlow({ position, float, display }: CSSStyleDeclaration): boolean {
  return !/^(absolute|fixed)$/.test(position) && float === 'none' && display !== 'none'
}

/** Walks the page once and tells what is seen, with all that it stands in. */
export function lookAround(root: Element, host: Element): Around {
  const seen = new Set<Node>()
  const videos: HTMLVideoElement[] = []
  const squeezed = new Set<Element>()
  const kinds = new Map<Element, boolean>()

  const look = (node: Element, width: number, height: number): boolean => {
    if (node === host) return false
    const box = node.getBoundingClientRect()
    let isSeen =
      (box.width > 0 || box.height > 0) &&
      box.right > -marginPx &&
      box.bottom > -marginPx &&
      box.left < width + marginPx &&
      box.top < height + marginPx
    const frame = isSeen && !isMasked(node) && frameDocument(node)
    if (frame) look(frame, (node as HTMLElement).clientWidth, (node as HTMLElement).clientHeight)
    // What is inside a picture has no box of its own, or none that matters.
    if (node.tagName !== 'svg') {
      for (const child of [...(node.shadowRoot?.children ?? []), ...node.children]) {
        if (look(child, width, height)) isSeen = true
      }
    }
    if (isSeen) seen.add(node)
    return isSeen
  }

  /** In a plain column of boxes nothing needs to hold a place: what is left gets its distance to what was before. */
  const isSqueezed = (parent: Element) => {
    let is = kinds.get(parent)
    if (is === undefined) {
      const { display } = getComputedStyle(parent)
      const children = [...parent.children]
      is =
        !parent.shadowRoot &&
        (rows.test(display) ||
          (blocks.test(display) &&
            [...parent.childNodes].every((node) => node.nodeType !== 3 || !/\S/.test((node as Text).data)) &&
            children.every((child) => {
              const style = seen.has(child) || child === children[0] ? getComputedStyle(child) : null
              return !style || !isInFlow(style) ? style?.float !== 'left' : levels.test(style.display)
            })))
      kinds.set(parent, is)
      if (is) squeezed.add(parent)
    }
    return is
  }

  look(root, innerWidth, innerHeight)
  return {
    squeezed,
    videos,
    isShell: (node) => !seen.has(node) && !inPicture(node),
    filter(node) {
      const parent = parentOf(node)
      if (!parent || isMasked(parent) || node === host) return false
      if (node.nodeType !== 1) return seen.has(parent) || inPicture(parent)
      const item = node as HTMLElement
      if (item.tagName === 'VIDEO') {
        if (seen.has(item) && !isMasked(item)) videos.push(item as HTMLVideoElement)
        return false
      }
      if (!item.style) return false
      if (seen.has(item) || inPicture(item)) return true
      // Outside: its place is kept, unless it has none.
      return (
        seen.has(parent) && item.getClientRects().length > 0 && isInFlow(getComputedStyle(item)) && !isSqueezed(parent)
      )
    },
  }

  /** Inside an SVG or a list of choices everything belongs to the picture. */
  function inPicture(node: Node): boolean {
    const whole = (node as Element).closest?.('svg,select')
    return !!whole && whole !== node && seen.has(whole)
  }
}

/** The document of a frame of this origin. */
export function frameDocument(node: Element): Element | null | undefined {
  try {
    return (node as HTMLIFrameElement).contentDocument?.documentElement
  } catch {
    // Another origin's.
    return null
  }
}
