import { limits } from './wire/index.ts'
import type { Problem, Receipt, Submission } from './wire/index.ts'
import { byteLength, toJson } from './context.ts'
import type { DropReason, Emitter } from './events.ts'
import type { Identities } from './identity.ts'
import { withLock } from './locks.ts'
import { judge, longestMs } from './retry.ts'
import { createStore } from './store.ts'
import type { Delivery } from './transport.ts'
import type { Entry, Files, Shelf } from './entry.ts'

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
  /** Writes, then tries once. One with the id of another follows that one and amends it. Files go after the receipt. */
  add(submission: Submission, speaker: string | undefined, files?: readonly ArrayBuffer[]): Promise<Sent>
  /** Tries what is due, or everything not held back by the collector; resolves with how many still wait. */
  flush(dueOnly?: boolean): Promise<number>
  /** Gives up everything, counted as `reset`. */
  clear(): Promise<void>
  stop(): void
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
  files: Files,
): Outbox {
  const store = createStore<Entry | Dropped>(name)
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let passing: Promise<number> | undefined

  const waiting = async () => (await store.all()).filter((item) => 'submission' in item)

  const find = async (id: string) => (await waiting()).find((entry) => entry.id === id)

  const drop = async (id: string, reason: DropReason, problem?: Problem) => {
    // Removed first: on a full disk the mark lands in memory, and the submission must be gone all the same.
    await store.remove(id)
    await store.put({ id, dropped: reason })
    emitter.emit('dropped', { id, reason, problem })
  }

  const shelf: Shelf = { ...store, drop, waiting }

  /** One attempt, under the submission's lock. */
  const attempt = async (entry: Entry, kept?: Sent['kept']): Promise<Sent & { pause?: boolean }> => {
    const { id, next, told } = entry
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
      for (const item of dropped) await store.remove(item.id)
      if (next) {
        const { edit = entry.submission.edit } = receipt
        const amending = { ...entry, submission: { edit, ...next }, next: undefined }
        return attempt(amending, await store.put(amending))
      }
      if (entry.files) {
        // At once, where the page has yet to hear that the words are stored; else later, should the code not load.
        const after = { ...entry, told: true, attempts: entry.attempts + 1, notBefore: told ? now + longestMs : 0 }
        await store.put(after)
        if (told) await files.upload(shelf, after, receipt).catch(() => undefined)
      } else await store.remove(id)
      if (!told) emitter.emit('sent', { id, receipt })
    } else if (state === 'refused') {
      await drop(id, state, problem)
    } else if (now - entry.keptAt > maxAgeMs) {
      // Only after a last attempt: a clock that was put right must not cost anybody's words.
      await drop(id, told ? 'attachment' : 'expired')
    } else {
      kept = await store.put({ ...entry, attempts: entry.attempts + 1, notBefore: now + delayMs, firm })
      emitter.emit('queued', { id, problem, delayMs })
    }
    return { id, state, receipt, problem, reason: delivery.reason, kept, pause }
  }

  const trim = async (newest: string) => {
    let bytes = 0
    let items = 0
    for (const entry of (await waiting()).toReversed()) {
      bytes += byteLength(toJson(entry))
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
      ;(timer as { unref?: () => void }).unref?.()
    }
    return entries.length
  }

  const pass = async (dueOnly: boolean) => {
    for (const { id } of await waiting()) {
      const sent = await withLock(`${name}:${id}`, { ifAvailable: true }, async (held) => {
        // Another tab is at it, or may have been since the list was read.
        const entry = held !== false && (await find(id))
        if (!entry || stopped) return undefined
        const free = !dueOnly && !entry.firm
        return free || entry.notBefore <= Date.now() ? attempt(entry) : undefined
      })
      if (sent?.pause) break
    }
    return schedule()
  }

  const flush = (dueOnly = false) =>
    (passing ??= pass(dueOnly)
      .catch(() => 0)
      .finally(() => (passing = undefined)))

  return {
    async add(submission, speaker, attached) {
      const { id } = submission
      // Waits for an attempt that is under way: what amends must not be lost to it.
      const sent = await withLock(`${name}:${id}`, {}, async () => {
        const now = Date.now()
        const before = await find(id)
        const entry = before
          ? { ...before, next: submission }
          : { id, submission, speaker, files: attached, keptAt: now, attempts: 0, notBefore: 0 }
        const kept = await store.put(entry)
        return before?.firm && before.notBefore > now ? { id, state: 'queued' as const, kept } : attempt(entry, kept)
      })
      await trim(id)
      await schedule()
      if (attached) {
        files.trim(shelf).catch(() => undefined)
        void flush()
      }
      return sent
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
