import type { Earshot } from '../api.ts'
import { scrubUrl } from '../scrub.ts'
import { recordClicks } from './clicks.ts'
import { recordConsole } from './console.ts'
import type { ConsoleLevel } from './console.ts'
import { mask, maskSecrets } from './mask.ts'
import { recordNavigation } from './navigation.ts'
import type { Note } from './note.ts'
import { recordRequests } from './requests.ts'

export type { ConsoleLevel } from './console.ts'

/** What is recorded. Everything, unless told otherwise. */
export interface CrumbOptions {
  /** What is said in the console; the levels, or true for warnings and errors. */
  console?: boolean | readonly ConsoleLevel[]
  /** What is clicked, by selector and label; never what stands in a field, nor what the page masks. */
  clicks?: boolean
  /** `fetch` and `XMLHttpRequest`: method, address, status and time. */
  requests?: boolean
  /** `pushState`, `replaceState`, back, forward and the hash. */
  navigation?: boolean
  /** Query parameters that stay in addresses, as a list or as `plan,tab`. Default: none. */
  query?: readonly string[] | string
}

const recording = new WeakMap<object, () => void>()

/**
 * Also notes console, clicks, requests and navigation as crumbs, for the SDK or the widget. What it must patch it
 * patches now and not before; all of it is undone by what this returns and by `destroy()`. Called again, it starts anew
 * with the new options. Card numbers, bearer tokens and the queries of addresses never get in. Never throws.
 *
 * @example
 * import { recordCrumbs } from 'earshot/crumbs'
 * const stop = recordCrumbs(earshot, { console: ['error'], navigation: false })
 */
export function recordCrumbs(earshot: Pick<Earshot, 'crumb' | 'on'>, options: CrumbOptions = {}): () => void {
  try {
    recording.get(earshot)?.()
    const { console: levels = true, clicks = true, requests = true, navigation = true, query = [] } = { ...options }
    const note: Note = (type, message, data, at) => earshot.crumb(message, data, at, type)
    const address = (given: string) => scrubAddress(given, query)
    const undo = [
      levels && recordConsole(note, levels === true ? ['warn', 'error'] : [...levels]),
      clicks && recordClicks(note),
      requests && recordRequests(note, address),
      navigation && recordNavigation(note, address),
    ]
    const stop = () => {
      for (const one of undo.splice(0)) if (one) one()
      unsubscribe?.()
    }
    const unsubscribe = earshot.on('destroy', stop)
    recording.set(earshot, stop)
    return stop
  } catch (error) {
    globalThis.console?.error('earshot: recordCrumbs(earshot, { console?, clicks?, requests?, navigation? })', error)
    return () => undefined
  }
}

/** Relative ones are the page's; those that are none, such as `?`, and `data:` are cut to what says nothing. */
function scrubAddress(address: string, query: readonly string[] | string): string {
  try {
    const { href, protocol } = new URL(address, globalThis.location?.href)
    return protocol === 'data:' ? protocol : maskSecrets(scrubUrl(href, query))
  } catch {
    return mask(address)
  }
}
