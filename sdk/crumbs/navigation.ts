import { patch, safely } from './patch.ts'
import type { Note } from './index.ts'

/** Notes where the visitor goes within the page: `pushState`, `replaceState`, back and forward, and the hash. */
export function recordNavigation(note: Note, scrubAddress: (address: string) => string): () => void {
  if (!globalThis.document) return () => undefined
  let from = scrubAddress(location.href)
  const tell = (by: string) =>
    safely(() => {
      const to = scrubAddress(location.href)
      // Pages replace their state for many reasons, and a hash comes with a popstate: only another address is news.
      if (to !== from || /^(push|hash)/.test(by)) note('navigation', `${from} → ${to}`, { from, to, by })
      from = to
    })
  const methods = ['pushState', 'replaceState']
  const undo = methods.map((name) =>
    patch(history, name, (proceed) => {
      const result = proceed()
      tell(name)
      return result
    }),
  )
  const events = ['popstate', 'hashchange']
  const onEvent = ({ type }: Event) => tell(type)
  for (const type of events) addEventListener(type, onEvent)
  return () => {
    undo.forEach((one) => one())
    for (const type of events) removeEventListener(type, onEvent)
  }
}
