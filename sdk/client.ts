import { limits } from './wire/index.ts'
import type { Context, Crumb, Page, Person, Primitive, Submission, Tags } from './wire/index.ts'
import { byteLength, crumbsMaxBytes, fit, fitContext, readPage, toJson } from './context.ts'
import { createEmitter } from './events.ts'
import type { Emitter } from './events.ts'
import { guard } from './guard.ts'
import { createIdentities } from './identity.ts'
import type { Identity } from './identity.ts'
import { readOptions } from './options.ts'
import type { EarshotOptions } from './options.ts'
import { createOutbox } from './outbox.ts'
import type { Sent } from './outbox.ts'
import { scrub } from './scrub.ts'
import { post } from './transport.ts'
import type { Collector } from './transport.ts'
import { uuidv7 } from './uuid.ts'
import { version } from './version.ts'

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

// What few pages need is loaded when they do.
const loadFiles = () => import('./uploads.ts')
const loadDiagnostics = () => import('./diagnostics/index.ts')

// Taken at load: pages patch what comes later.
const nativeFetch = globalThis.fetch
// Left for what each attempt adds: token, time, counts.
const attemptMaxBytes = 6_000
// Small enough that the newest always goes along, in whatever letters.
const crumbMaxChars = 4_000

/**
 * Makes a client. Importing this touches nothing; without a key and an endpoint it stays off and says so.
 *
 * @example
 * const earshot = createEarshot({ key: 'pub_…', endpoint: 'https://feedback.example.com', release: '1.4.2' })
 * earshot.identify({ id: 'u_42', email: 'ada@example.com' })
 * const sent = await earshot.send({ kind: 'bug', message: 'The total is wrong' })
 * if (sent.state === 'queued') toast('Kept. It goes out when you are online.')
 */
export function createEarshot(options: EarshotOptions): Earshot {
  const settings = readOptions(options)
  const { key, release, query, emitter = createEmitter() } = settings
  const name = `earshot:${key}`
  const shy = (globalThis.navigator as { globalPrivacyControl?: boolean } | undefined)?.globalPrivacyControl
  const identities = createIdentities(`${name}:visitor`, shy)
  let { beforeSend, enabled = true } = settings
  let tags: Tags = {}
  let contexts: Context = {}
  let crumbs: Crumb[] = []
  let faults = 0

  const collector: Collector = { ...settings, fetch: settings.fetch ?? nativeFetch }
  const debugging =
    settings.debug && enabled && loadDiagnostics().then(({ debug }) => debug(emitter, collector), String)
  const outbox = createOutbox(name, emitter, identities.tokenFor, (submission) => post(collector, submission), {
    upload: async (...args) => (await loadFiles()).upload(collector, ...args),
    trim: async (shelf) => (await loadFiles()).trim(shelf),
  })

  const note = (message: string, data: object | undefined, at: number, type: CrumbType) => {
    const crumb: Crumb = {
      at: new Date(at).toISOString(),
      type,
      message: message.slice(0, limits.crumbMaxChars),
      data: data && (scrub(data, crumbMaxChars) as Crumb['data']),
    }
    // A new list: what was asked for before, through facts(), stays as it was. What came late takes its place in time.
    crumbs = [...crumbs, crumb].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).slice(-limits.crumbsMax)
  }
  // The page's uncaught errors, and those that it notes itself.
  const onFault = (fault: object, at = Date.now()) => {
    // Else what reads them is on its way, or cannot be had.
    if (!shy && faults++ < limits.crumbsMax) {
      const read = async () => {
        const { readFault } = await loadDiagnostics()
        note(...readFault(fault), at, 'error')
        faults = 0
      }
      read().catch(() => undefined)
    }
  }
  const online = () => void outbox.flush()
  const listen = (method: 'addEventListener' | 'removeEventListener') => {
    globalThis[method]?.('online', online)
    for (const type of ['error', 'unhandledrejection']) globalThis[method]?.(type, onFault)
  }

  const facts = (): Facts => ({
    page: shy ? undefined : readPage(query),
    person: identities.person(),
    tags: { ...tags },
    context: { ...contexts },
    crumbs: shy ? undefined : crumbs,
    release,
  })

  const build = (id: string, { without = [], page, attachments, ...said }: Feedback): Submission => {
    const along = facts()
    along.page = page ?? along.page
    for (const part of without) delete along[part]
    const built: Submission = {
      sdk: `earshot/${version}`,
      ...said,
      ...along,
      tags: { ...along.tags, ...(scrub(said.tags) as Tags) },
      context: fitContext({ ...along.context, ...(scrub(said.context) as Context) }),
      // The newest ones first.
      crumbs: along.crumbs && fit(along.crumbs.toReversed(), crumbsMaxBytes).toReversed(),
      attachments: attachments?.map(({ type, size }) => ({ type, bytes: size })),
      id,
      anonymousId: identities.anonymousId(),
      createdAt: new Date().toISOString(),
    }
    // What goes along must never cost what was said.
    for (const part of ['crumbs', 'context', 'tags', 'page'] as const) {
      if (byteLength(toJson(built)) > limits.submissionMaxBytes - attemptMaxBytes) delete built[part]
    }
    return built
  }

  const earshot: Earshot = {
    identify: identities.set,
    async reset() {
      await outbox.flush()
      await outbox.clear()
      identities.clear()
      tags = {}
      contexts = {}
      crumbs = []
      try {
        // The form's, which may not even be loaded.
        delete sessionStorage[`${name}:draft`]
      } catch {
        // Storage denied, or no browser.
      }
      emitter.emit('reset', undefined)
    },
    tag(given: string | Tags, value?: Primitive) {
      tags = { ...tags, ...(scrub(typeof given === 'string' ? { [given]: value } : given) as Tags) }
    },
    untag: (tag) => delete tags[tag],
    context(title, value) {
      // Undefined is left out on the wire.
      contexts = { ...contexts, [title]: (value ? scrub(value) : undefined) as Context[string] }
    },
    crumb(message, data, at = Date.now(), type = 'manual') {
      if (typeof message === 'string') note(message, data, at, type)
      else onFault(message, at)
    },
    async send(feedback) {
      const { id = uuidv7(), attachments } = feedback
      // Who speaks now: what is waited for below may take until somebody else does.
      const speaker = identities.speaker()
      try {
        await debugging
        const built = build(id, feedback)
        const submission = beforeSend ? await beforeSend(built) : built
        if (submission) {
          emitter.emit('beforesend', submission)
          // As it will travel: what cannot be JSON fails here, before it is kept.
          const kept = JSON.parse(toJson({ ...submission, id })) as Submission
          const files =
            kept.attachments && attachments && (await Promise.all(attachments.map((file) => file.arrayBuffer())))
          return await outbox.add(kept, speaker, files)
        }
        emitter.emit('cancelled', { id })
      } catch (error) {
        emitter.emit('error', error)
      }
      return { id, state: 'cancelled' }
    },
    on: emitter.on,
    consent: identities.consent,
    beforeSend: (fn) => (beforeSend = fn),
    flush: () => outbox.flush(),
    facts,
    destroy() {
      emitter.emit('destroy', undefined)
      enabled = false
      outbox.stop()
      listen('removeEventListener')
    },
  }
  if (enabled) {
    listen('addEventListener')
    void outbox.flush()
  }
  return guard(earshot, () => enabled)
}
