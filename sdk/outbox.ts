import { limits } from './wire/index.ts'
import type { Problem, Receipt, Submission } from './wire/index.ts'
import { byteLength } from './context.ts'
import type { DropReason, Emitter } from './events.ts'
import type { Identities } from './identity.ts'
import { withLock } from './locks.ts'
import { judge } from './retry.ts'
import { createStore } from './store.ts'
import type { Delivery } from './transport.ts'

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
  /** Writes, then tries once. */
  add(submission: Submission, speaker: string | undefined): Promise<Sent>
  /** Tries what is due, or everything not held back by the collector; resolves with how many still wait. */
  flush(dueOnly?: boolean): Promise<number>
  /** Gives up everything, counted as `reset`. */
  clear(): Promise<void>
  stop(): void
}

/** One submission that waits, with what is known of its attempts. */
interface Entry {
  id: string
  submission: Submission
  /** Whose token may go with it; see identity.ts. The token itself is never here. */
  speaker?: string
  /** When it was kept, in ms on this device's clock. */
  keptAt: number
  attempts: number
  /** Not to be tried before, in ms on this device's clock. */
  notBefore: number
  /** The collector asked for `notBefore`. */
  firm?: boolean
}

/** What stays of a submission that was given up, until the collector was told. */
interface Dropped {
  id: string
  dropped: DropReason
}

const maxAgeMs = limits.outboxMaxAgeDays * 24 * 60 * 60 * 1000
const shortestTimerMs = 1_000

/**
 * An outbox over IndexedDB. Two tabs may have one of the same name: a lock for each submission keeps them apart.
 *
 * @param name the database's name; one outbox for each key
 */
export function createOutbox(
  name: string,
  emitter: Emitter,
  tokenFor: Identities['tokenFor'],
  post: (submission: Submission) => Promise<Delivery>,
): Outbox {
  const store = createStore<Entry | Dropped>(name)
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let passing: Promise<number> | undefined

  const waiting = async () => (await store.all()).filter((item) => 'submission' in item)

  const drop = async (id: string, reason: DropReason, problem?: Problem) => {
    // Removed first: on a full disk the mark lands in memory, and the submission must be gone all the same.
    await store.remove(id)
    await store.put({ id, dropped: reason })
    emitter.emit('dropped', { id, reason, problem })
  }

  const locked = <T>(id: string, work: () => Promise<T>) =>
    withLock(`${name}:${id}`, { ifAvailable: true }, async (held) => (held === false ? undefined : work()))

  /** One attempt, under the submission's lock. */
  const attempt = async (entry: Entry, kept?: Sent['kept']): Promise<Sent & { pause?: boolean }> => {
    const { id } = entry
    const token = await tokenFor(entry.speaker).catch((error: unknown) => emitter.emit('error', error))
    const dropped = (await store.all()).filter((item) => 'dropped' in item)
    const counts: Submission['dropped'] = {}
    for (const { dropped: reason } of dropped) counts[reason] = (counts[reason] ?? 0) + 1
    const delivery = await post({
      ...entry.submission,
      token: token || undefined,
      dropped: dropped.length > 0 ? counts : undefined,
      sentAt: new Date().toISOString(),
    })
    const now = Date.now()
    const verdict = judge(delivery, id, entry.attempts, now, Math.random())
    const { state, receipt, problem, delayMs = 0, firm, pause } = verdict
    if (receipt) {
      for (const told of [entry, ...dropped]) await store.remove(told.id)
      emitter.emit('sent', { id, receipt })
    } else if (state === 'refused') {
      await drop(id, state, problem)
    } else if (now - entry.keptAt > maxAgeMs) {
      // Only after a last attempt: a clock that was put right must not cost anybody's words.
      await drop(id, 'expired')
    } else {
      kept = await store.put({ ...entry, attempts: entry.attempts + 1, notBefore: now + delayMs, firm })
      emitter.emit('queued', { id, problem })
    }
    return { id, state, receipt, problem, reason: delivery.reason, kept, pause }
  }

  const trim = async (newest: string) => {
    let bytes = 0
    let items = 0
    for (const entry of (await waiting()).toReversed()) {
      bytes += byteLength(JSON.stringify(entry))
      const over = ++items > limits.outboxMaxItems || bytes > limits.outboxMaxBytes
      if (over && entry.id !== newest) await drop(entry.id, 'full')
    }
  }

  /** Sets the timer for what is due next; gives how many wait. */
  const schedule = async () => {
    const entries = await waiting()
    clearTimeout(timer)
    if (!stopped && entries.length > 0) {
      const waitMs = Math.min(...entries.map((entry) => entry.notBefore)) - Date.now()
      timer = setTimeout(() => void flush(true), Math.max(waitMs, shortestTimerMs))
    }
    return entries.length
  }

  const pass = async (dueOnly: boolean) => {
    for (const { id } of await waiting()) {
      const sent = await locked(id, async () => {
        // Another tab may have been at it since the list was read.
        const entry = (await waiting()).find((one) => one.id === id)
        if (!entry || stopped) return undefined
        const free = !dueOnly && !entry.firm
        return free || entry.notBefore <= Date.now() ? attempt(entry) : undefined
      })
      if (sent?.pause) break
    }
    return schedule()
  }

  const flush = (dueOnly = false) => (passing ??= pass(dueOnly).finally(() => (passing = undefined)))

  return {
    async add(submission, speaker) {
      const { id } = submission
      const entry: Entry = {
        id,
        submission,
        speaker,
        keptAt: Date.now(),
        attempts: 0,
        notBefore: 0,
      }
      const sent = await locked(id, async () => attempt(entry, await store.put(entry)))
      await trim(id)
      await schedule()
      return sent ?? { id, state: 'queued' }
    },
    flush,
    async clear() {
      for (const { id } of await waiting()) await drop(id, 'reset')
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
