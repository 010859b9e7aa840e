import type { Context, Crumb, Page, Person, Primitive, Submission, Tags } from './wire/index.ts'
import type { Emitter } from './events.ts'
import type { Identity } from './identity.ts'
import type { EarshotOptions } from './options.ts'
import type { Sent } from './outbox.ts'

/** What the page sends along by itself, part by part; each can be left out. */
export interface Facts {
  page?: Page
  person?: Person
  tags?: Tags
  context?: Context
  crumbs?: Crumb[]
  release?: string
}

/**
 * What one call to `send` says. At least a message, a rating or a survey's answers.
 *
 * @example
 * { kind: 'bug', message: 'The total is wrong', tags: { screen: 'checkout' }, without: ['person'] }
 */
export interface Feedback extends Pick<
  Submission,
  | 'kind'
  | 'message'
  | 'rating'
  | 'survey'
  | 'email'
  | 'mayContact'
  | 'mayContactVersion'
  | 'tags'
  | 'context'
  | 'page'
  | 'signals'
  | 'sdk'
  | 'revision'
  | 'edit'
> {
  /** Images, at most `limits.attachmentsMax`; they follow the receipt. */
  attachments?: readonly Blob[]
  /** With a `revision` above 0: the id of the submission whose survey this amends, with all answers so far. */
  id?: string
  /** Parts that the person does not want sent along. */
  without?: readonly (keyof Facts)[]
}

/** What a crumb is about; all but `manual` are noted by code, and masked by it. */
export type CrumbType = 'manual' | 'error' | 'console' | 'click' | 'request' | 'navigation'

/**
 * The SDK. Nothing here throws; what is asynchronous never rejects. Wrong use does nothing, and says so in the console.
 */
export interface Earshot {
  /**
   * Says who speaks from now on, instead of whoever did before. Without a token the person is stored as unverified.
   *
   * @example
   * earshot.identify({ id: 'u_42', email: 'ada@example.com', account: { id: 'acme' } })
   * earshot.identify({ token: () => fetch('/earshot-token').then((response) => response.text()) })
   */
  identify: (identity: Identity) => void
  /** Sends what waits, then forgets the person and all that belongs to them; what could not be sent is counted. */
  reset: () => Promise<void>
  /**
   * Sets a flat value, or several, to filter and group by.
   *
   * @example
   * earshot.tag('screen', 'checkout')
   * earshot.tag({ plan: 'pro', beta: true })
   */
  tag: ((name: string, value: Primitive) => void) & ((tags: Tags) => void)
  /** Takes a tag away. */
  untag: (name: string) => void
  /**
   * Sets a named object to read beside the words, or removes it with null. Together at most 16 kB.
   *
   * @example
   * earshot.context('cart', { items: 3, total: 129.9 })
   */
  context: (name: string, value: object | null) => void
  /**
   * Notes something that happened, or an error that was caught; the last 30 go along. `at` is when, in ms, if not now.
   *
   * @example
   * earshot.crumb('coupon rejected', { code: 'SPRING' })
   * earshot.crumb(error)
   */
  crumb: (message: string | Error, data?: object, at?: number, type?: CrumbType) => void
  /**
   * Sends feedback. Resolves after the first attempt; never rejects.
   *
   * @example
   * const sent = await earshot.send({ kind: 'bug', message: 'The total is wrong' })
   * if (sent.state === 'queued') toast('Kept. It goes out when you are online.')
   */
  send: (feedback: Feedback) => Promise<Sent>
  /**
   * Listens; returns what unsubscribes.
   *
   * @example
   * const stop = earshot.on('sent', ({ receipt }) => toast(`Thank you. Reference ${receipt.reference}`))
   */
  on: Emitter['on']
  /** True allows an anonymous id at once, false forgets it and makes none. */
  consent: (given: boolean) => void
  /** Replaces the option of the same name; undefined takes it away. */
  beforeSend: (fn: EarshotOptions['beforeSend']) => void
  /** Tries everything that waits; resolves with how many still do. */
  flush: () => Promise<number>
  /** What would be sent along now. */
  facts: () => Facts
  /** Stops timers and listeners, those of `earshot/crumbs` too. What waits stays kept for the next load. */
  destroy: () => void
}
