import { limits } from './wire/index.ts'
import type { Context, Crumb, Page, Person, Submission, Tags } from './wire/index.ts'
import { fitContext, readPage, toJson } from './context.ts'
import { createEmitter } from './events.ts'
import type { Emitter } from './events.ts'
import { createIdentities } from './identity.ts'
import type { Identity } from './identity.ts'
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

/** What one call to `send` says. At least a message, a rating or a survey's answers. */
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

/** The SDK. Nothing here throws; what is asynchronous never rejects. */
export interface Earshot {
  /** Says who speaks from now on. Without a token the person is stored as unverified. */
  identify: (identity: Identity) => void
  /** Sends what waits, then forgets the person and all that belongs to them; what could not be sent is counted. */
  reset: () => Promise<void>
  /** Sets a flat value, or several, to filter and group by. */
  tag: (name: string | Record<string, unknown>, value?: unknown) => void
  untag: (name: string) => void
  /** Sets a named object to read beside the words, or removes it with null. */
  context: (name: string, value: object | null) => void
  /** Notes something that happened; the last 30 go along. `at` is when, in ms, if not now. */
  crumb: (message: string, data?: object, at?: number) => void
  /** Sends feedback. Resolves after the first attempt; never rejects. */
  send: (feedback: Feedback) => Promise<Sent>
  /** Listens; returns what unsubscribes. */
  on: Emitter['on']
  /** True allows an anonymous id at once, false forgets it and makes none. */
  consent: (given: boolean) => void
  /** Replaces the option of the same name. */
  beforeSend: (fn: EarshotOptions['beforeSend']) => void
  /** Tries everything that waits; resolves with how many still do. */
  flush: () => Promise<number>
  /** What would be sent along now. */
  facts: () => Facts
  /** Stops timers and listeners. What waits stays kept for the next load. */
  destroy: () => void
}

const loadFiles = () => import('./uploads.ts')

// Taken at load: pages patch what comes later.
const nativeFetch = globalThis.fetch

/**
 * Makes a client.
 *
 * @example
 * const earshot = createEarshot({ key: 'pub_…', endpoint: 'https://feedback.example.com', release: '1.4.2' })
 * earshot.identify({ id: 'u_42', email: 'ada@example.com' })
 * const sent = await earshot.send({ kind: 'bug', message: 'The total is wrong' })
 * if (sent.state === 'queued') toast('Kept. It goes out when you are online.')
 */
export function createEarshot(options: EarshotOptions): Earshot {
  const { key, release, query, debug, emitter = createEmitter(debug) } = options
  const name = `earshot:${key}`
  const shy = (globalThis.navigator as { globalPrivacyControl?: boolean } | undefined)?.globalPrivacyControl
  const identities = createIdentities(`${name}:visitor`, shy)
  let { beforeSend, enabled = true } = options
  let tags: Tags = {}
  let contexts: Context = {}
  let crumbs: Crumb[] = []

  const collector: Collector = { ...options, fetch: options.fetch ?? nativeFetch }
  const outbox = createOutbox(name, emitter, identities.tokenFor, (submission) => post(collector, submission), {
    upload: async (...args) => (await loadFiles()).upload(collector, ...args),
    trim: async (shelf) => (await loadFiles()).trim(shelf),
  })
  const online = () => void outbox.flush()
  globalThis.addEventListener?.('online', online)

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
    return {
      sdk: `earshot/${version}`,
      ...said,
      ...along,
      tags: { ...along.tags, ...(scrub(said.tags) as Tags) },
      context: fitContext({ ...along.context, ...(scrub(said.context) as Context) }),
      attachments: attachments?.map(({ type, size }) => ({ type, bytes: size })),
      id,
      anonymousId: identities.anonymousId(),
      createdAt: new Date().toISOString(),
    }
  }

  const earshot: Earshot = {
    identify: identities.set,
    async reset() {
      if (enabled) {
        await outbox.flush()
        await outbox.clear()
      }
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
    tag(given, value) {
      Object.assign(tags, scrub(typeof given === 'string' ? { [given]: value } : given))
    },
    untag: (tag) => delete tags[tag],
    context(title, value) {
      // Undefined is left out on the wire.
      contexts[title] = (value ? scrub(value) : undefined) as Context[string]
    },
    crumb(message, data, at = Date.now()) {
      const crumb: Crumb = {
        at: new Date(at).toISOString(),
        message: message.slice(0, limits.crumbMaxChars),
        data: data && (scrub(data) as Crumb['data']),
      }
      // A new list: what was asked for before, through facts(), stays as it was.
      crumbs = [...crumbs, crumb].slice(-limits.crumbsMax)
    },
    async send(feedback) {
      const { id = uuidv7(), attachments } = feedback
      // Who speaks now: what is waited for below may take until somebody else does.
      const speaker = identities.speaker()
      try {
        const built = enabled && build(id, feedback)
        const submission = built && beforeSend ? await beforeSend(built) : built
        if (submission) {
          emitter.emit('beforesend', submission)
          // As it will travel: what cannot be JSON fails here, before it is kept.
          const kept = JSON.parse(toJson({ ...submission, id })) as Submission
          const files =
            kept.attachments && attachments && (await Promise.all(attachments.map((file) => file.arrayBuffer())))
          return await outbox.add(kept, speaker, files)
        }
      } catch (error) {
        emitter.emit('error', error)
      }
      return { id, state: 'cancelled' }
    },
    on: emitter.on,
    consent: identities.consent,
    beforeSend: (fn) => (beforeSend = fn),
    flush: async () => (enabled ? outbox.flush() : 0),
    facts,
    destroy() {
      enabled = false
      outbox.stop()
      globalThis.removeEventListener?.('online', online)
    },
  }
  void earshot.flush()
  return earshot
}
