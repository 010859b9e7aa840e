import type { Receipt, Submission } from './wire/index.ts'
import type { DropReason } from './events.ts'

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
  /** What amends the submission once the collector has it: only the same body again is given the token for that. */
  next?: Submission
  /** What is still to be uploaded, each at its place: bytes, since Firefox never finishes reading a kept `Blob`. */
  files?: readonly (ArrayBuffer | null)[]
  /** The collector has the submission, and the page knows: it is posted again for the tokens to upload with. */
  told?: boolean
}

/** What of the outbox is needed for that. */
export interface Shelf {
  put: (entry: Entry) => Promise<unknown>
  remove: (id: string) => Promise<unknown>
  drop: (id: string, reason: DropReason) => Promise<unknown>
  waiting: () => Promise<Entry[]>
}

/** What is done with files, by code that is loaded when there are some. Rejects when it cannot be. */
export interface Files {
  upload: (shelf: Shelf, entry: Entry, receipt: Receipt) => Promise<void>
  trim: (shelf: Shelf) => Promise<void>
}
