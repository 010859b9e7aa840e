import { withLock } from './locks.ts'

/** Small records by id. Nothing here rejects: what the disk denies stays in memory. */
export interface Store<Item extends { id: string }> {
  /** Gives where it is kept now: on the `device`, or in this `page` only. */
  put(item: Item): Promise<'device' | 'page'>
  /** In the order of their ids. */
  all(): Promise<Item[]>
  remove(id: string): Promise<void>
}

const openWithinMs = 3_000

/**
 * A store in IndexedDB, in memory where that is denied or full. The database exists only while something is in it, so
 * that `indexedDB.databases()` tells whether anything waits without creating anything.
 */
export function createStore<Item extends { id: string }>(name: string): Store<Item> {
  const memory = new Map<string, Item>()
  const writing = `${name}:writing`

  /** Rejects where there is no database and none is to be made, and where storage is denied or hangs. */
  const onDisk = async <T>(work: (items: IDBObjectStore) => IDBRequest<T>, create = false): Promise<T> =>
    new Promise((resolve, reject) => {
      const begin = () => {
        const opening = indexedDB.open(name, 1)
        // What was listed may be about to go.
        opening.onupgradeneeded = () =>
          create ? opening.result.createObjectStore('items') : opening.transaction?.abort()
        opening.addEventListener('error', reject)
        opening.onsuccess = () => {
          const database = opening.result
          // Strict: what is reported as kept survives the machine's crash, not only the browser's.
          const transaction = database.transaction('items', 'readwrite', { durability: 'strict' })
          const request = work(transaction.objectStore('items'))
          transaction.oncomplete = () => resolve(request.result)
          transaction.addEventListener('abort', reject)
          // Once the transaction is over.
          database.close()
        }
      }
      // A reader asks first: WebKit keeps the empty database of an upgrade that was aborted. Where the page has no
      // origin, Chromium would also reject a promise that nobody holds; opening is simply denied.
      if (create || globalThis.origin === 'null') begin()
      else
        indexedDB
          .databases()
          .then((all) => (all.some((one) => one.name === name) ? begin() : reject()))
          .catch(reject)
      // After what throws where there is no database at all: no timer then keeps a process alive.
      setTimeout(reject, openWithinMs)
    })
  const onDiskIfAny = <T>(work: (items: IDBObjectStore) => IDBRequest<T>) => onDisk(work).catch(() => undefined)

  return {
    put: (item) =>
      // Shared, against the exclusive lock of remove(): no tab deletes the database under another one's write.
      withLock(writing, { mode: 'shared' }, async () => {
        memory.delete(item.id)
        try {
          await onDisk((items) => items.put(item, item.id), true)
          return 'device'
        } catch {
          // Denied, full or broken: this page keeps it as long as it lives.
          memory.set(item.id, item)
          return 'page'
        }
      }),
    all: async () => [...((await onDiskIfAny<Item[]>((items) => items.getAll())) ?? []), ...memory.values()],
    async remove(id) {
      memory.delete(id)
      await onDiskIfAny((items) => items.delete(id))
      await withLock(writing, { ifAvailable: true }, async (held) => {
        if (held && (await onDiskIfAny((items) => items.count())) === 0) indexedDB.deleteDatabase(name)
      })
    },
  }
}
