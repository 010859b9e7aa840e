import { limits } from './wire/index.ts'
import type { Problem, Receipt, Submission } from './wire/index.ts'
import type { Entry, Shelf } from './entry.ts'
import type { DropReason, Emitter } from './events.ts'
import type { Identities } from './identity.ts'
import { inTurn, withLock } from './locks.ts'
import { judge, longestMs } from './retry.ts'
import { add, createStore } from './store.ts'
import { post } from './transport.ts'
import type { Collector, Delivery } from './transport.ts'

/** How it went at the first attempt. */
export interface Sent {
  id: string
  /** `stored`: the collector committed it. `queued`: kept, tried again. `refused` and `cancelled`: not sent. */
  state: 'stored' | 'queued' | 'refused' | 'cancelled'
  /** With `stored`. */
  receipt?: Receipt
  /** With `refused`, and with `queued` where the collector said why. */
  problem?: Problem
  /** With `queued`, where there was no answer. */
  reason?: Delivery['reason']
  /** With `queued`: on the device, or, storage being denied, only in this page for as long as it is open. */
  kept?: 'device' | 'page'
}

/** Keeps submissions until the collector has them. Nothing here rejects. */
export interface Outbox {
  /**
   * Writes, then tries once. One with the id of another follows that one and amends it. Files go after the receipt.
   *
   * @param era how many times somebody had been forgotten when it was said
   */
  add(submission: Submission, era: number, speaker?: string, files?: readonly ArrayBuffer[]): Promise<Sent>
  /** Tries everything that the collector does not hold back; resolves with how many still wait. */
  flush(): Promise<number>
  /** Gives up everything that was said before this era, counted as `reset`. */
  clear(era: number): Promise<void>
  stop(): void
}

const dayMs = 24 * 60 * 60 * 1000
const maxAgeMs = limits.outboxMaxAgeDays * dayMs
// What is off by more is no waiting, but a clock that was set.
const absurdWaitMs = 2 * dayMs
const absurdAgeMs = 400 * dayMs
const pageWithinMs = 30_000
const overdueTimerMs = 1_000

const dueInMs = ({ notBefore }: Entry) => {
  const ms = notBefore - Date.now()
  return ms > absurdWaitMs ? 0 : ms
}

/** What a promise of the page's gives: one that never comes must not keep anything from being sent. */
export function within<T>(promise: Promise<T>): Promise<T | void> {
  return Promise.race([
    promise,
    new Promise<void>((resolve) =>
      globalThis.AbortSignal?.timeout(pageWithinMs).addEventListener('abort', () => resolve()),
    ),
  ])
}

/**
 * An outbox over IndexedDB. Two tabs may have one of the same name: a lock for each submission keeps them apart.
 *
 * What was given up is counted, and the counts go with one submission at a time, until that one is stored. Where its
 * answer is lost and another one tells the same before it is repeated, they are counted twice: rather too many than
 * too few.
 *
 * @param name the database's name; one outbox for each key
 */
export function createOutbox(
  name: string,
  emitter: Emitter,
  tokenFor: Identities['tokenFor'],
  collector: Collector,
): Outbox {
  const store = createStore(name)
  /** First attempts stand in lanes: who sends thousands at once has few requests under way. */
  const lanes = Array<Promise<unknown>>(6).fill(Promise.resolve())
  const line = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let everything = false
  /** The era of each submission that this page said. */
  const eras = new Map<string, number>()
  let cleared = 0

  const lock = <T>(id: string, options: LockOptions, work: (held?: boolean) => Promise<T>) =>
    withLock(`${name}:${id}`, options, work)

  const waiting = async () => [...(await store.read()).waiting.values()]

  const put = (id: string, entry?: Entry, told: Submission['dropped'] = {}, sign?: number) =>
    store.change((kept) => {
      if (entry) kept.waiting.set(id, entry)
      else kept.waiting.delete(id)
      add(kept.dropped, told, sign)
    })

  const lose = async (ids: string[], reason: DropReason, id: string, entry?: Entry, problem?: Problem) => {
    await put(id, entry, { [reason]: ids.length })
    for (const lost of ids) emitter.emit('dropped', { id: lost, reason, problem })
  }

  // Of what the page knows to be stored only files are given up.
  const drop = ({ id, told, files = [] }: Entry, reason: DropReason, problem?: Problem) => {
    const ids = told ? files.flatMap((file, n) => (file ? `${id}/${n}` : [])) : [id]
    return lose(ids, told ? 'attachment' : reason, id, undefined, problem)
  }

  const claim = <T>(id: string, work: (entry: Entry) => Promise<T>, options: LockOptions = { ifAvailable: true }) =>
    lock(id, options, async (held) => {
      // Another tab is at it, or may have been since the list was read.
      const entry = held !== false && (await store.read()).waiting.get(id)
      return entry ? work(entry) : undefined
    })

  const shelf: Shelf = { collector, waiting, put, lose, claim }

  /** What is done with files; where its code cannot be had now, at the next attempt. */
  const ifLoaded = (work: (files: typeof import('./uploads.ts')) => Promise<void>) =>
    import('./uploads.ts').then(work).catch(() => undefined)

  /** Gives up what is not under way; with options that wait for it, after that what still is there. */
  const giveUp = async (entry: Entry, reason: DropReason, options?: LockOptions) =>
    line.delete(entry.id) ? drop(entry, reason) : claim(entry.id, (now) => drop(now, reason), options)

  /** One attempt, under the submission's lock. */
  const attempt = async (entry: Entry, kept?: Sent['kept']): Promise<Sent & { pause?: boolean }> => {
    const { id, next, told, speaker, submission } = entry
    const token = speaker && (await within(tokenFor(speaker).catch((error: unknown) => emitter.emit('error', error))))
    return lock('dropped', { ifAvailable: true }, async (held) => {
      // What only amends or repeats is stored without.
      const tells = held !== false && !told && !submission.revision
      const counts = tells ? (await store.read()).dropped : {}
      const dropped = Object.keys(counts)[0] ? counts : undefined
      const delivery = await post(collector, {
        ...submission,
        token: token || undefined,
        dropped,
        sentAt: new Date().toISOString(),
      })
      const now = Date.now()
      const verdict = judge(delivery, id, entry.attempts, now, Math.random())
      const { state, receipt, problem, delayMs = 0, firm } = verdict
      const keptAt = Math.abs(now - entry.keptAt) < absurdAgeMs ? entry.keptAt : now
      const later = { ...entry, attempts: entry.attempts + 1, firm, dropped: undefined }
      if (receipt) {
        const { edit = submission.edit } = receipt
        const after = next
          ? { ...later, submission: { edit, ...next }, next: undefined }
          : // At once, where the page has yet to hear that the words are stored; else later, should the code not load.
            entry.files && { ...later, told: true, notBefore: told ? now + longestMs : 0 }
        // A repeat was stored with what the first attempt told.
        const known = delivery.status === 201 ? counts : (entry.dropped ?? counts)
        kept = await put(id, after, known, -1)
        if (after && next) return attempt(after, kept)
        if (after && told) await ifLoaded(({ upload }) => upload(shelf, after, receipt))
        if (!told) emitter.emit('sent', { id, receipt })
      } else if (state === 'refused') {
        await drop(entry, state, problem)
      } else if (now - keptAt > maxAgeMs) {
        // Only after a last attempt: a clock that was put right must not cost anybody's words.
        await drop(entry, 'expired')
      } else {
        kept = await put(id, { ...later, keptAt, notBefore: now + delayMs, dropped: entry.dropped ?? counts })
        emitter.emit('queued', { id, problem, delayMs })
      }
      return { ...verdict, id, reason: delivery.reason, kept }
    })
  }

  /** Gives up what is too much and sets the timer for what is due next; resolves with how many wait. */
  const settle = inTurn(async () => {
    const all = (await waiting()).toReversed()
    // Bytes are counted by code that comes later: so many submissions are bounded by themselves.
    const over = all.splice(limits.outboxMaxItems)
    await Promise.all(over.map((entry) => giveUp(entry, 'full')))
    if (all[1]) void ifLoaded(({ trim }) => trim(shelf))
    if (timer) clearTimeout(timer)
    if (!stopped && all[0]) {
      const waitMs = Math.min(...all.map(dueInMs))
      // What is overdue, another tab is at.
      timer = globalThis.setTimeout?.(() => void pass(), waitMs > 0 ? waitMs : overdueTimerMs)
      // In Node, what waits does not keep the process alive.
      ;(timer as { unref?: () => void } | undefined)?.unref?.()
    }
    return all.length
  })

  const inOrder = inTurn(async () => {
    const isAll = everything
    everything = false
    for (const { id } of await waiting()) {
      const sent = await claim(id, async (entry) => {
        const isDue = dueInMs(entry) <= 0 || (isAll && !entry.firm)
        return isDue && !stopped ? attempt(entry) : undefined
      })
      if (sent?.pause) break
    }
    return settle()
  })
  // Only where the page has broken something that everybody needs.
  const pass = () => inOrder().catch(() => 0)

  const clear = async (era: number) => {
    cleared = era
    const before = (await waiting()).filter(({ id }) => (eras.get(id) ?? 0) < era)
    await Promise.all(before.map((entry) => giveUp(entry, 'reset', {})))
  }

  return {
    async add(submission, era, speaker, attached) {
      const { id } = submission
      eras.set(id, era)
      // Waits for an attempt that is under way: what amends must not be lost to it.
      const sent = await lock(id, {}, async (): Promise<Sent> => {
        let entry: Entry = { id, submission, speaker, files: attached, keptAt: Date.now(), attempts: 0, notBefore: 0 }
        const kept = await store.change((all) => {
          const before = all.waiting.get(id)
          if (before) entry = { ...before, next: submission }
          all.waiting.set(id, entry)
        })
        if (entry.firm && dueInMs(entry) > 0) return { id, state: 'queued', kept }
        line.add(id)
        // Not where it was given up meanwhile.
        const turn = (lanes.shift() as Promise<unknown>).then(() =>
          line.delete(id) ? attempt(entry, kept) : { id, state: 'cancelled' as const },
        )
        lanes.push(turn)
        return turn
      })
      // The page's `beforeSend` took longer than was waited for.
      if (era < cleared) await clear(cleared)
      await settle()
      if (attached) void pass()
      return sent
    },
    flush() {
      everything = true
      return pass()
    },
    clear,
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
