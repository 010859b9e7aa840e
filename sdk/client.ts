import { limits } from './wire/index.ts'
import type { Context, Crumb, Primitive, Submission, Tags } from './wire/index.ts'
import type { CrumbType, Earshot, Facts, Feedback } from './api.ts'
import { byteLength, crumbsMaxBytes, fit, fitContext, readPage, toJson } from './context.ts'
import { createEmitter } from './events.ts'
import { guard } from './guard.ts'
import { createIdentities } from './identity.ts'
import { readOptions } from './options.ts'
import type { EarshotOptions } from './options.ts'
import { createOutbox, within } from './outbox.ts'
import type { Sent } from './outbox.ts'
import { scrub } from './scrub.ts'
import type { Collector } from './transport.ts'
import { uuidv7 } from './uuid.ts'
import { version } from './wire/version.ts'

// What few pages need is loaded when they do.
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
  // How many times somebody was forgotten, and what was said since then and is not yet through its first attempt.
  let era = 0
  let saying: Promise<unknown> = Promise.resolve()

  const collector: Collector = { ...settings, fetch: settings.fetch ?? nativeFetch }
  const debugging =
    settings.debug && enabled && loadDiagnostics().then(({ debug }) => debug(emitter, collector), String)
  const outbox = createOutbox(name, emitter, identities.tokenFor, collector)

  const note = (message: string, data: object | undefined, at: number, type: CrumbType) => {
    const crumb: Crumb = {
      at: new Date(at).toISOString(),
      type,
      message: message.slice(0, limits.crumbMaxChars),
      data: data && (scrub(data, crumbMaxChars) as Crumb['data']),
    }
    // A new list: what was asked for before, through facts(), stays as it was. What came late takes its place in time.
    crumbs = [...crumbs, crumb].sort((a, b) => a.at.localeCompare(b.at)).slice(-limits.crumbsMax)
  }
  // The page's uncaught errors, and those that it notes itself.
  const onFault = (fault: object, at = Date.now()) => {
    // Else what reads them is on its way, or cannot be had.
    if (!shy && faults++ < limits.crumbsMax) {
      const now = era
      const read = async () => {
        const { readFault } = await loadDiagnostics()
        if (now === era) note(...readFault(fault), at, 'error')
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

  const say = async (feedback: Feedback): Promise<Sent> => {
    const { id = uuidv7(), attachments } = feedback
    try {
      // Who speaks now, and what goes along now: what is waited for below may take until somebody else does.
      const speaker = identities.speaker()
      const now = era
      const built = build(id, feedback)
      await debugging
      const submission = beforeSend ? await beforeSend(built) : built
      if (submission) {
        emitter.emit('beforesend', submission)
        // As it will travel: what cannot be JSON fails here, before it is kept.
        const kept = JSON.parse(toJson({ ...submission, id })) as Submission
        const files =
          kept.attachments && attachments && (await Promise.all(attachments.map((file) => file.arrayBuffer())))
        return await outbox.add(kept, now, speaker, files)
      }
      emitter.emit('cancelled', { id })
    } catch (error) {
      emitter.emit('error', error)
    }
    return { id, state: 'cancelled' }
  }

  const earshot: Earshot = {
    identify: identities.set,
    async reset() {
      // At once: what is said from now on is somebody else's.
      const forget = identities.clear()
      const said = saying
      saying = Promise.resolve()
      const now = ++era
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
      // What may still be in `beforeSend`.
      await within(said)
      await outbox.flush()
      await outbox.clear(now)
      forget()
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
    send(feedback) {
      const sent = say(feedback)
      saying = saying.then(() => sent)
      return sent
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
