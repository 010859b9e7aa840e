/** Something that was left out or replaced; nothing else about the submission changed. */
export interface Note {
  /** Where in the submission, as dotted path: `tags.plan`, `email`, `createdAt`. */
  path: string
  /** Stable, for programs: see `noteCodes`. */
  code: NoteCode
  /** One plain sentence for people. */
  detail: string
}

/** Every `Note.code`, and what it means. */
export const noteCodes = {
  ignored: 'A field was ignored: it is not known, or the signed token says otherwise.',
  dropped: 'A part that cannot be stored was left out.',
  replaced: 'Characters or values that cannot be stored were replaced.',
  truncated: 'A part longer than its limit was cut. Never the message.',
  clock: 'The sender’s time cannot be; the collector’s own time was used.',
  unverified: 'Nothing proves it: a signed token was not accepted, or revenue came without one.',
  redacted: 'The team blacked something out here, for good, or removed an image.',
} as const
export type NoteCode = keyof typeof noteCodes

/**
 * What the collector answers to a submission: `201` for a new one, `200` and the same receipt for a repeat. It is sent
 * only after the database commit: whoever holds it may forget the submission.
 *
 * @example
 * { "id": "0198c5a2-7d1e-7c3a-9b52-0d6d7c1f4e11", "reference": "K7M4XQ2P", "receivedAt": "2026-11-22T09:30:01.301Z",
 *   "notes": [], "edit": "4pX…" }
 */
export interface Receipt {
  /** The submission's own id. An answer without it is no receipt. */
  id: string
  /** 8 characters of Crockford's base 32 that can be read aloud; found by search. */
  reference: string
  /** ISO 8601, on the collector's clock. */
  receivedAt: string
  notes: Note[]
  /**
   * Allows this sender to amend its survey with a higher `revision`. Good for 30 days. Left out on a repeat whose body is
   * not the one that was stored: whoever knows an id only may not change what stands under it.
   */
  edit?: string
  /** One token for each announced attachment, in their order; given and left out as `edit` is. */
  upload?: string[]
}
