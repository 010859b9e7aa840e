import type { Submission } from './wire/index.ts'
import type { Emitter } from './events.ts'
import { explain } from './guard.ts'

/**
 * What `createEarshot` takes. Only `key` and `endpoint` are needed.
 *
 * @example
 * { key: 'pub_…', endpoint: 'https://feedback.example.com', release: '1.4.2', query: ['tab'] }
 */
export interface EarshotOptions {
  /** The project's publishable key, `pub_…`. It may stand in the open; a secret one, `sec_…` or `idn_…`, never may. */
  key: string
  /** The collector's address, such as `https://feedback.example.com`; may have a path, needs no slash at its end. */
  endpoint: string
  /** The app's version, such as `1.4.2` or a commit. */
  release?: string
  /** Query parameters that stay in addresses, as a list or as `plan,tab`. Default: none. */
  query?: readonly string[] | string
  /**
   * Sees each submission before it is kept; gives it back, changed or not, or `null` to cancel. May be async. When it
   * throws, the submission is cancelled too: it may have been there to take something out.
   *
   * @example
   * beforeSend: ({ page, ...rest }) => rest
   */
  beforeSend?: ((submission: Submission) => Submission | null | Promise<Submission | null>) | undefined
  /** Say in the console what happens and why. Default: false. */
  debug?: boolean
  /** False does nothing at all: for tests and previews. Default: true. */
  enabled?: boolean
  /** The `fetch` to use. Default: the global one, as it is when this module loads. */
  fetch?: typeof fetch
  /** Listeners made elsewhere, such as by the widget before the client was there. */
  emitter?: Emitter
}

/** A copy, switched off and with a word in the console where no collector would take it. */
export function readOptions(options: EarshotOptions): EarshotOptions {
  try {
    // An address may be a `URL`.
    const { endpoint }: { endpoint: unknown } = options
    const copy = { ...options, endpoint: String(endpoint), query: String(options.query ?? '') }
    if (copy.enabled === false || (copy.key.startsWith('pub_') && /^(https?:\/)?\//.test(copy.endpoint))) return copy
  } catch {
    // Options that cannot be read are no options.
  }
  explain('createEarshot', [options])
  return { key: '', endpoint: '', enabled: false }
}
