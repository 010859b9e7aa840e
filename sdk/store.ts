import type { Submission } from './wire/index.ts'
import type { Entry } from './entry.ts'
import { inTurn, withLock } from './locks.ts'

/** All that an outbox keeps: one record, so that what belongs together changes together. */
export interface Kept {
  /** By id, in the order they came. */
  waiting: Map<string, Entry>
  /** How many were given up, by reason, as far as the collector does not know. */
  dropped: NonNullable<Submission['dropped']>
}

/** Nothing here rejects: what the disk denies stays in memory. */
export interface Store {
  /**
   * Alters what is kept, all or nothing, and no other tab comes between. `alter` does nothing else, for it is called
   * again where the disk fails. Gives where it is kept now: on the `device`, or in this `page` only.
   */
  change(alter: (kept: Kept) => void): Promise<'device' | 'page'>
  read(): Promise<Kept>
}

const openWithinMs = 3_000

/** Adds counts by reason to others, or with -1 takes them off; none is left at or below zero. */
export function add(to: Kept['dropped'], counts: Kept['dropped'], sign = 1): void {
  for (const [reason, count] of Object.entries(counts)) {
    to[reason] = (to[reason] ?? 0) + sign * count
    if (to[reason] <= 0) delete to[reason]
  }
}

/**
 * A store in IndexedDB, in memory where that is denied or full. The database exists only while something is in it, so
 * that `indexedDB.databases()` tells whether anything waits without creating anything.
 */
export function createStore(name: string): Store {
  /** What the disk does not have yet. */
  let changes: ((kept: Kept) => void)[] = []
  /** How many of them are being written. */
  let written = 0

  /** Gives what is on the disk, after `changes` are done to it. Rejects where storage is denied, full or hangs. */
  const onDisk = async (toWrite?: true): Promise<Kept> =>
    new Promise((resolve, reject) => {
      const begin = () => {
        const opening = indexedDB.open(name, 1)
        // What was listed may be about to go.
        opening.onupgradeneeded = () =>
          toWrite ? opening.result.createObjectStore('items') : opening.transaction?.abort()
        opening.addEventListener('error', reject)
        opening.onsuccess = () => {
          clearTimeout(timer)
          const database = opening.result
          // Strict: what is reported as kept survives the machine's crash, not only the browser's.
          const transaction = database.transaction('items', 'readwrite', { durability: 'strict' })
          const items = transaction.objectStore('items')
          const reading = items.get(name)
          let kept: Kept
          reading.onsuccess = () => {
            kept = after(reading.result)
            if (toWrite) {
              written = changes.length
              items.put(kept, name)
            }
          }
          transaction.oncomplete = () => resolve(kept)
          transaction.addEventListener('abort', reject)
          // Once the transaction is over.
          database.close()
        }
      }
      // A reader asks first: WebKit keeps the empty database of an upgrade that was aborted. Where the page has no
      // origin, Chromium would also reject a promise that nobody holds; opening is simply denied. Firefox before 126
      // cannot be asked.
      if (toWrite || globalThis.origin === 'null' || !('databases' in indexedDB)) begin()
      else
        indexedDB
          .databases()
          .then((all) => (all.some((one) => one.name === name) ? begin() : reject()))
          .catch(reject)
      // Only where there is a database at all: nothing is left running elsewhere.
      const timer = setTimeout(reject, openWithinMs)
    })

  const after = (kept: Kept = { waiting: new Map(), dropped: {} }) => {
    for (const alter of changes) alter(kept)
    return kept
  }

  // Under a lock: no tab deletes the database under another one's write.
  const commit = inTurn(() =>
    withLock(`${name}:writing`, {}, async (held) => {
      written = 0
      try {
        const { waiting, dropped } = await onDisk(true)
        changes = changes.slice(written)
        if (held && !waiting.size && !Object.keys(dropped)[0]) indexedDB.deleteDatabase(name)
        return 'device'
      } catch {
        // Denied, full or broken: this page keeps it as long as it lives, and tries again with the next change.
        const { waiting, dropped } = after()
        // Where there is no disk at all, no list of changes grows.
        if (!written) {
          changes = [
            (kept) => {
              for (const [id, entry] of waiting) kept.waiting.set(id, entry)
              add(kept.dropped, dropped)
            },
          ]
        }
        return 'page'
      }
    }),
  )

  return {
    change(alter) {
      changes.push(alter)
      return commit()
    },
    read: () => onDisk().catch(() => after()),
  }
}
