import { frameDocument, isInFlow, parentOf } from './visible.ts'
import type { Around } from './visible.ts'

type Clones = Map<Element, HTMLElement>

/** Puts what was cloned where it is on screen: behind what was left out, scrolled, stuck, on top. */
export function place(root: Element, rootClone: HTMLElement, clones: Clones, { squeezed }: Around): void {
  for (const [node, clone] of clones) {
    const frame = node.tagName === 'IFRAME' && frameDocument(node)
    const { scrollTop, scrollLeft } = frame ? (frame.ownerDocument.scrollingElement ?? frame) : node
    if ((scrollTop || scrollLeft) && node !== root && node !== node.ownerDocument.scrollingElement) {
      scroll(clone, scrollTop, scrollLeft)
    }
  }
  for (const parent of squeezed) squeeze(parent, clones)
  for (const [node, clone] of clones) {
    const { position } = clone.style
    if (position === 'sticky') stick(node, clone)
    if (node.matches(':modal,:popover-open')) lift(node, clone, rootClone)
  }
}

/** Where an element would be if nothing were stuck. */
function flowBox(node: Element): DOMRect {
  if (getComputedStyle(node).position !== 'sticky') return node.getBoundingClientRect()
  // An animation changes no attribute, so that no observer of the page's hears of it.
  const auto = ['auto', 'auto']
  const loose = node.animate({ top: auto, bottom: auto, left: auto, right: auto }, { duration: 1, fill: 'both' })
  const box = node.getBoundingClientRect()
  loose.cancel()
  return box
}

function stick(node: Element, clone: HTMLElement): void {
  const [is, was] = [node.getBoundingClientRect(), flowBox(node)]
  Object.assign(clone.style, {
    position: 'relative',
    inset: 'auto',
    top: `${is.top - was.top}px`,
    left: `${is.left - was.left}px`,
  })
}

/** Gives what is left in a column its distance to what was before it. */
function squeeze(parent: Element, clones: Clones): void {
  const column = clones.get(parent)
  if (!column) return
  const style = getComputedStyle(parent)
  const isRows = style.display.startsWith('table')
  let bottom =
    parent.getBoundingClientRect().top +
    (isRows ? 0 : parent.clientTop + Number.parseFloat(style.paddingTop)) -
    parent.scrollTop * Number(parent !== document.scrollingElement)
  if (style.display === 'block') column.style.display = 'flow-root'
  for (const [index, child] of [...parent.children].entries()) {
    const clone = clones.get(child)
    if (!clone || !isInFlow(getComputedStyle(child))) continue
    const box = flowBox(child)
    const gap = box.top - bottom
    if (isRows) {
      if (gap > 1) clone.before(spacer(gap))
    } else if (!isRows) {
      Object.assign(clone.style, { marginTop: `${gap}px`, marginBottom: 0 })
      if (parent.tagName === 'OL')
        clone.setAttribute('value', String(index + ((parent as HTMLOListElement).start || 1)))
    }
    bottom = box.bottom
  }
  const rest = parent.getBoundingClientRect().bottom - bottom
  if (isRows && rest > 1) column.append(spacer(rest))
}

/** A row that takes the room of those that are left out. */
function spacer(height: number): HTMLElement {
  const row = document.createElement('tr')
  row.style.height = `${height}px`
  return row
}

/** Shifts what stands in a scrolled box; a transform would catch what is fixed. */
function scroll(clone: HTMLElement, top: number, left: number): void {
  for (const child of Array.from(clone.childNodes)) {
    let box = child as HTMLElement
    if (!box.style) {
      box = document.createElement('span')
      child.replaceWith(box)
      box.append(child)
    }
    const position = box.style.position.replace('static', '')
    if (position === 'fixed' || position === 'sticky') continue
    const from = (side: 'top' | 'left') => (position ? Number.parseFloat(box.style[side]) || 0 : 0)
    const moved = { top: `${from('top') - top}px`, left: `${from('left') - left}px` }
    Object.assign(box.style, { position: position || 'relative', bottom: 'auto', right: 'auto' }, moved)
  }
}

/** What is on top of everything is drawn last, with what lies behind it. */
function lift(node: Element, clone: HTMLElement, rootClone: HTMLElement): void {
  const shade = document.createElement('div')
  const { backgroundColor } = getComputedStyle(node, '::backdrop')
  Object.assign(shade.style, { position: 'fixed', inset: 0, backgroundColor, zIndex: 2147483647 })
  clone.style.zIndex = '2147483647'
  if (parentOf(node)) rootClone.append(shade, clone)
}
