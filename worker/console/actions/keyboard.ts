import { createKeyReader, strokeName } from './action.ts'
import { overlay } from './overlay.ts'
import { actions } from './registry.ts'

/** Listens for the registry's keys on the whole page; call once. */
export function listenForKeys(): void {
  const read = createKeyReader(() => actions.value)
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || overlay.value) return
    const stroke = strokeName(event)
    if (!stroke) return
    // Inside of a shadow root, such as a survey's preview, the event itself names only the host.
    const target = event.composedPath()[0] ?? event.target
    if (takesText(target)) {
      const action = actions.value.find(({ keys, inFields }) => inFields && keys.includes(stroke))
      if (action) run(event, action.run)
      return
    }
    if (isForReading(target, stroke)) return
    const { action, pending } = read(stroke, event.timeStamp)
    if (action) run(event, action.run)
    else if (pending) event.preventDefault()
  })
}

function run(event: Event, action: () => void): void {
  event.preventDefault()
  action()
}

/** In the reading pane the arrows scroll and Ctrl A selects the text, as in any text. */
function isForReading(target: EventTarget | null, stroke: string): boolean {
  if (!(target instanceof Element) || !target.closest('.pane-scroll')) return false
  return stroke.includes('Arrow') || stroke === 'Mod+a'
}

function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
