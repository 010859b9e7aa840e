/** Numbers that sender and collector both obey. Server-only numbers stand in `worker/limits.ts`. */
export const limits = {
  /** One submission as UTF-8 JSON, in bytes. Larger is refused with 413 `too-large`. */
  submissionMaxBytes: 256_000,
  /** What the form lets a person type, in UTF-16 code units. The collector never cuts a message. */
  messageMaxChars: 50_000,
  /** Tags a submission may carry; the rest is left out and noted. */
  tagsMax: 50,
  /** A tag's or trait's name, in UTF-16 code units. */
  nameMaxChars: 64,
  /** A tag's or trait's value as text, in UTF-16 code units. */
  valueMaxChars: 256,
  /** All context objects together, as UTF-8 JSON, in bytes. */
  contextMaxBytes: 16_000,
  /** The latest crumbs that are kept. */
  crumbsMax: 30,
  /** One crumb's message, in UTF-16 code units. */
  crumbMaxChars: 500,
  /** A `kind`'s key, in UTF-16 code units. */
  kindMaxChars: 40,
  emailMaxChars: 254,
  urlMaxChars: 2_000,
  titleMaxChars: 300,
  releaseMaxChars: 100,
  surveyAnswersMax: 100,
  /** Questions in one survey: nobody answers more. */
  surveyQuestionsMax: 30,
  surveyChoicesMax: 30,
  /** One text of a survey in one language, in UTF-16 code units. */
  surveyTextMaxChars: 500,
  /** One survey as UTF-8 JSON, in bytes, every language included. */
  surveyMaxBytes: 64_000,
  /** How far away the `exp` of a signed identity may be, in seconds. */
  tokenMaxSeconds: 3_600,
  attachmentsMax: 5,
  /** One attachment, in bytes. */
  attachmentMaxBytes: 2_000_000,
  /** Width times height of one attachment: 25 megapixels decode in 100 MB. */
  attachmentMaxPixels: 25_000_000,
  /** Pixels along one side: what a canvas takes in every browser; nobody looks at a line a mile long. */
  attachmentMaxSide: 32_767,
  /** How far back `createdAt` may lie, in days, before the collector uses its own time. */
  createdAtMaxAgeDays: 14,
  /** How long an outbox keeps what it could not deliver, in days. */
  outboxMaxAgeDays: 14,
  outboxMaxItems: 100,
  outboxMaxBytes: 5_000_000,
  /** Requests up to this size go out with `keepalive`, in bytes, headers left some room under the browsers' 64 KiB. */
  keepaliveMaxBytes: 60_000,
  /** Items a list answers with unless told, and at most. */
  pageDefault: 50,
  pageMax: 200,
  /** Lists count exactly up to here, then say "at least". */
  countMax: 10_001,
  /** Items that one `POST /v1/feedback/bulk` changes. */
  bulkMax: 500,
  /** The name of a saved view, in UTF-16 code units. */
  viewNameMaxChars: 80,
  /** One note of the team, in UTF-16 code units, and notes on one item. */
  teamNoteMaxChars: 5_000,
  teamNotesMax: 200,
  /** Texts that one `POST …/redact` blacks out. */
  redactMaxTexts: 100,
  /** Origins that a project allows, and one of them, in UTF-16 code units. */
  originsMax: 100,
  originMaxChars: 300,
  /** What a project may set as its quota of new items a day, at most. */
  quotaMaxPerDay: 10_000_000,
  /** How many days a project may keep feedback where it sets a number: ten years. */
  retentionMaxDays: 3_650,
  /** Lines in one `POST /v1/import`. */
  importMaxLines: 500,
  /** Bytes in one `POST /v1/import`. */
  importMaxBytes: 1_500_000,
} as const
