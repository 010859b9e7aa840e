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
    if (takesText(event.target)) {
      const action = actions.value.find(({ keys, inFields }) => inFields && keys.includes(stroke))
      if (action) run(event, action.run)
      return
    }
    const { action, pending } = read(stroke, event.timeStamp)
    if (action) run(event, action.run)
    else if (pending) event.preventDefault()
  })
}

function run(event: Event, action: () => void): void {
  event.preventDefault()
  action()
}

function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
