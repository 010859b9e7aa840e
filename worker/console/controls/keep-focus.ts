import { tabStops } from './tab-order.ts'

/** What floats above the page, and gives the focus back to what is below it. */
const floating = 'dialog, [popover]'
/** Where the search for a neighbour ends: a part that is named to whoever hears the page takes the focus itself. */
const part = 'dialog, section, nav, main, [tabindex]'

/** What is disabled for longer passes the focus on. */
const busyMs = 1_000

/**
 * Keeps the focus near where it was when what had it goes away: on what took its place, else on what stood before it,
 * else on the part of the page it was in. Browsers leave it to the page as a whole, and whoever uses the keyboard or
 * hears the page begins anew. What is disabled for a moment, as a button while it saves, gets it back. Call once.
 */
export function keepFocus(): void {
  let last: HTMLElement | null = null
  /** The same, below whatever floats. */
  let below: HTMLElement | null = null

  addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return
    last = target
    if (!target.closest(floating)) below = target
  })
  addEventListener('focusout', ({ target }) => {
    queueMicrotask(() => {
      // Somebody left it for nothing in particular: no window gives the focus back to it, and no key is typed into it.
      if (!isLost() || last !== target || !last?.isConnected || last.matches(':disabled')) return
      if (below === last) below = null
      last = null
    })
  })

  /** Called a task later: on its way from one control to the next the focus is nowhere, too. */
  const restore = () => {
    if (last && isLost()) focus(last)
  }
  const observer = new MutationObserver((records) => {
    if (below && !below.isConnected) below = successor(below, records)
    if (last && !last.isConnected) last = successor(last, records) ?? below
    if (last?.matches(':disabled')) {
      if (records.some(({ type }) => type === 'attributes')) passOn(last)
    } else if (isLost()) setTimeout(restore)
  })
  const passOn = (disabled: HTMLElement) =>
    setTimeout(() => {
      if (last !== disabled || !isLost() || !disabled.matches(':disabled')) return
      const next = near(disabled.nextSibling, disabled.previousSibling) ?? disabled.closest<HTMLElement>(part)
      if (next) focus(next)
    }, busyMs)
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] })
}

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body

function focus(element: HTMLElement): void {
  if (element.tabIndex < 0) element.tabIndex = -1
  element.focus({ preventScroll: true })
}

/** What is to have the focus in place of something that was taken out of the page; null where all that floated went. */
function successor(gone: Element, records: readonly MutationRecord[]): HTMLElement | null {
  const removal = removalOf(gone, records)
  if (!removal) return null
  const { target, node, record } = removal
  if (node.closest(floating)) return null
  const isPart = [...record.removedNodes].some((one) => one.contains(node) && isPartItself(one))
  const added = records.flatMap(({ addedNodes }) => [...addedNodes]).filter((one) => one.parentNode === target)
  if (isPart) return added.find(isPartItself) ?? around(target)
  const [instead] = added.flatMap(stopsIn)
  return instead ?? near(record.nextSibling, record.previousSibling) ?? around(target)
}

const isPartItself = (node: Node): node is HTMLElement => node instanceof HTMLElement && node.matches(part)

/** Where in the page something was: what took it out may have been taken out itself. */
function removalOf(gone: Element, records: readonly MutationRecord[]) {
  for (let node = gone; !node.isConnected;) {
    const inner = node
    const record = records.findLast(({ removedNodes }) => [...removedNodes].some((one) => one.contains(inner)))
    if (!(record?.target instanceof Element)) return null
    if (record.target.isConnected) return { record, target: record.target, node }
    node = record.target
  }
  return null
}

function near(next: Node | null, previous: Node | null): HTMLElement | null {
  for (let one = next; one; one = one.nextSibling) {
    const [stop] = stopsIn(one)
    if (stop) return stop
  }
  for (let one = previous; one; one = one.previousSibling) {
    const stops = stopsIn(one)
    // Of a list the line before; else what stands right before it.
    const stop = one.nodeName === 'LI' ? stops[0] : stops.at(-1)
    if (stop) return stop
  }
  return null
}

function around(target: Element): HTMLElement | null {
  for (let one: Element | null = target; one; one = one.parentElement) {
    if (one instanceof HTMLElement && one.matches(part)) return one
    const stop = near(one.nextSibling, one.previousSibling)
    if (stop) return stop
  }
  return null
}

function stopsIn(node: Node): HTMLElement[] {
  if (!(node instanceof Element) || !node.isConnected || !node.parentElement) return []
  return tabStops(node.parentElement).filter((stop) => node.contains(stop))
}
