const types = 'keydown keyup keypress pointerdown mousedown touchstart click focusin'.split(' ')

/**
 * Keeps what happens inside the widget from the page, from here on. A focus trap of the page's hears clicks and keys at
 * the document, before they come to us, and stops them; a page's popover takes them for a click beside it and closes.
 * The browser's own doing (typing, Tab, submitting) is not touched by this. `signal` ends it.
 */
export function shelter(host: Element, signal?: AbortSignal): void {
  for (const type of types) {
    addEventListener(type, (event) => pass(event, host), { capture: true, signal })
  }
}

/** Stops an event on its way in and gives our own listeners a copy that does not leave the shadow root. */
function pass(event: Event, host: Element): void {
  if (event.target !== host) return
  event.stopImmediatePropagation()
  // A plain event: one of the same kind would make the browser act a second time.
  const copy = new Event(event.type, { bubbles: true, cancelable: true }) as Event & Record<string, unknown>
  for (const name in event) if (!(name in copy)) copy[name] = event[name as 'type']
  if (!event.composedPath()[0]?.dispatchEvent(copy)) event.preventDefault()
}
