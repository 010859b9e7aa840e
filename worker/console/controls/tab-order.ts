const focusable = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]'

/** What the Tab key reaches below `root`, in its order; of a group of radio buttons the one that is chosen. */
export function tabStops(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(focusable)].filter(
    (one) => one.tabIndex >= 0 && !one.matches(':disabled, [inert] *') && one.checkVisibility() && !isPassedOver(one),
  )
}

function isPassedOver(one: HTMLElement): boolean {
  if (!(one instanceof HTMLInputElement) || one.type !== 'radio' || one.checked) return false
  const group = one.form ?? document
  return group.querySelector(`input[type="radio"][name="${CSS.escape(one.name)}"]:checked`) !== null
}

/** Has Tab go round in what holds the page, instead of into the browser's own controls; for its `keydown`. */
export function goRound(event: KeyboardEvent): void {
  if (event.key !== 'Tab' || event.defaultPrevented || !(event.currentTarget instanceof HTMLElement)) return
  const stops = tabStops(event.currentTarget)
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]]
  const { activeElement } = document
  const isOutside = activeElement === event.currentTarget || !stops.some((stop) => stop === activeElement)
  // A field for a date has parts of its own, which Tab visits.
  if (from instanceof HTMLInputElement && /date|time/.test(from.type)) return
  if (activeElement !== from && !(event.shiftKey && isOutside)) return
  event.preventDefault()
  to?.focus()
}

/** Moves the focus where Tab would have moved it from `from`; at the end of the page it stays there. */
export function focusAfter(from: Element | null): void {
  const stops = tabStops(document)
  const next = from ? stops.find((one) => isAfter(one, from)) : stops[0]
  if (next) next.focus()
  else if (from instanceof HTMLElement) from.focus()
}

function isAfter(one: Element, other: Element): boolean {
  const where = other.compareDocumentPosition(one)
  return (where & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && (where & Node.DOCUMENT_POSITION_CONTAINED_BY) === 0
}
