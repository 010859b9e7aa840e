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
