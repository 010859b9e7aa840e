import type { Submission } from './wire/index.ts'
import type { Emitter } from './events.ts'

/** What `createEarshot` takes. Only `key` and `endpoint` are needed. */
export interface EarshotOptions {
  /** The project's publishable key, `pub_…`. It may stand in the open. */
  key: string
  /** The collector's address, such as `https://feedback.example.com`; may have a path, needs no slash at its end. */
  endpoint: string
  /** The app's version. */
  release?: string
  /** Query parameters that stay in addresses, as a list or as `plan,tab`. Default: none. */
  query?: readonly string[] | string
  /**
   * Sees each submission before it is kept; gives it back, changed or not, or `null` to cancel. May be async. When it
   * throws, the submission is cancelled too: it may have been there to take something out.
   */
  beforeSend?: (submission: Submission) => Submission | null | Promise<Submission | null>
  /** Say in the console what happens and why. Default: false. */
  debug?: boolean
  /** False does nothing at all: for tests and previews. Default: true. */
  enabled?: boolean
  /** The `fetch` to use. Default: the global one, as it is when this module loads. */
  fetch?: typeof fetch
  /** Listeners made elsewhere, such as by the widget before the client was there. */
  emitter?: Emitter
}
