import type { Submission } from './wire/index.ts'
import type { DropReason } from './events.ts'
import type { Collector } from './transport.ts'

/** One submission that waits, with what is known of its attempts. */
export interface Entry {
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
  /** What its first attempt told of `dropped`, if the answer was lost: a repeat is stored with that. */
  dropped?: Submission['dropped']
  /** What amends the submission once the collector has it: only the same body again is given the token for that. */
  next?: Submission
  /** What is still to be uploaded, each at its place: bytes, since Firefox never finishes reading a kept `Blob`. */
  files?: readonly (ArrayBuffer | null)[]
  /** The collector has the submission, and the page knows: it is posted again for the tokens to upload with. */
  told?: boolean
}

/** What of the outbox is needed for files. */
export interface Shelf {
  collector: Collector
  waiting: () => Promise<Entry[]>
  /** Puts an entry in its place, or with nothing takes the one of this id out. */
  put: (id: string, entry?: Entry) => Promise<unknown>
  /** The same, and in one with it counts what is given up, under these ids, and says so. */
  lose: (ids: string[], reason: DropReason, id: string, entry?: Entry) => Promise<void>
  /** Runs `work` with the entry as it is now, unless it is gone or somebody is at it. */
  claim: <T>(id: string, work: (entry: Entry) => Promise<T>) => Promise<T | undefined>
}
