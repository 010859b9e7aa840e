/** The kinds every project knows; a project may define more, each a key of lower-case letters, digits and hyphens. */
export const builtInKinds = ['bug', 'idea', 'praise', 'question', 'other'] as const
export type BuiltInKind = (typeof builtInKinds)[number]

/** Inclusive bounds of each rating scale; values are whole numbers. */
export const ratingScales = {
  nps: { min: 0, max: 10 },
  csat: { min: 1, max: 5 },
  ces: { min: 1, max: 7 },
  stars: { min: 1, max: 5 },
  thumbs: { min: 0, max: 1 },
} as const
export type RatingScale = keyof typeof ratingScales

/** Whether a name, or the type of a question, is that of a scale. */
export const isScale = (name: string): name is RatingScale => Object.hasOwn(ratingScales, name)

/** One score on one scale. */
export interface Rating {
  scale: RatingScale
  /** A whole number within the scale's bounds. */
  value: number
}

/** What a tag or a trait may hold. Values compare as text in filters: `true` is `tag.beta=true`. */
export type Primitive = string | number | boolean

/** Flat names to filter and group by. At most `limits.tagsMax`. */
export type Tags = Record<string, Primitive>

/** Anything JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Named objects to read beside the words: shown and exported, never filtered on. */
export type Context = Record<string, { [key: string]: Json }>

/** The company or team a person belongs to. */
export interface Account {
  /** The account's id in the customer's own system. */
  id: string
  name?: string
  /** Counts as true only from a signed token or the private routes. */
  plan?: string
  /** Revenue a year in the project's currency. Counts as true only from a signed token or the private routes. */
  revenue?: number
  traits?: Tags
}

/** Who speaks, as far as the page says. Without a signed token this is stored as unverified. */
export interface Person {
  /** The person's id in the customer's own system. */
  id?: string
  name?: string
  email?: string
  traits?: Tags
  account?: Account
}

/** One answer to one survey question; both ids survive relabelling. */
export interface SurveyAnswer {
  question: string
  /** A score, a text, a choice's id, or several choices' ids. */
  value: string | number | boolean | string[]
}

/** Answers to a survey, with the version of its definition that was on screen. */
export interface SurveyResponse {
  id: string
  version: number
  answers: SurveyAnswer[]
}

/** The page as it was when the form opened. */
export interface Page {
  /** Without query and hash unless the page allows them. */
  url?: string
  title?: string
  /** The referrer's origin, never its path. */
  referrer?: string
  /** BCP 47, as the page or the browser says. */
  locale?: string
  /** IANA name, such as `Europe/Berlin`. */
  timeZone?: string
  viewport?: Viewport
  device?: Device
}

/** The visible area, in CSS pixels. */
export interface Viewport {
  width: number
  height: number
  /** Device pixels for each CSS pixel. */
  ratio?: number
}

/** What the browser says of itself. The collector fills in from `userAgent` what is left out. */
export interface Device {
  browser?: string
  os?: string
  /** `phone`, `tablet` or `desktop`. */
  form?: string
  userAgent?: string
}

/** One thing that happened shortly before. */
export interface Crumb {
  /** ISO 8601, on the sender's clock. */
  at: string
  message: string
  /** `manual`, `error`, `console`, `click`, `request` or `navigation`. */
  type?: string
  data?: { [key: string]: Json }
}

/** An image that follows the receipt by `PUT /v1/feedback/{id}/attachments/{n}`. */
export interface AnnouncedAttachment {
  /** `image/png`, `image/jpeg` or `image/webp`. */
  type: string
  bytes: number
}

/** Cheap hints against spam. */
export interface Signals {
  /** Milliseconds between opening the form and sending it. */
  elapsedMs?: number
  /** What stood in a field that people do not see. */
  trap?: string
}

/**
 * What one click sends: the body of `POST /v1/feedback?key=pub_…`.
 *
 * Only `id` is required, and at least one of `message`, `rating` and `survey.answers`. Nothing said is refused for a
 * detail: what cannot be stored is left out or replaced, and the receipt's `notes` say so. Unknown fields are ignored
 * and noted.
 *
 * @example
 * { "id": "0198c5a2-7d1e-7c3a-9b52-0d6d7c1f4e11", "kind": "bug", "message": "The total is wrong",
 *   "tags": { "screen": "checkout" }, "createdAt": "2026-11-22T09:30:00.000Z", "sentAt": "2026-11-22T09:30:01.250Z" }
 */
export interface Submission {
  /** UUIDv7 made by the sender, in lower case. Unique in its project: the idempotency key. */
  id: string
  /** A built-in kind or one the project defines. `other` when left out. */
  kind?: string
  /** The words, exactly as typed. Never cut. */
  message?: string
  rating?: Rating
  survey?: SurveyResponse
  /** Where to answer. A malformed one is left out with a note. */
  email?: string
  /** The person agreed to be contacted. */
  mayContact?: boolean
  /** Which wording they agreed to: `WidgetConfig.mayContact.version`. */
  mayContactVersion?: string
  /** A JWT signed with the project's identity secret. Wins over `person`. */
  token?: string
  person?: Person
  /** Random, stored in the browser from the first submission on, or from `consent(true)`. */
  anonymousId?: string
  tags?: Tags
  context?: Context
  /** Oldest first; the last `limits.crumbsMax` are kept. */
  crumbs?: Crumb[]
  page?: Page
  /** The app's version, as the page names it. */
  release?: string
  /** When it was said: ISO 8601, on the sender's clock. */
  createdAt?: string
  /** When this attempt began: ISO 8601, on the same clock. */
  sentAt?: string
  /** 0 at first; a higher one amends a survey, with the receipt's `edit` token. */
  revision?: number
  /** The `edit` token of the first receipt; needed for a `revision` above 0. */
  edit?: string
  attachments?: AnnouncedAttachment[]
  /** How many submissions this sender had to drop since its last success, by reason. */
  dropped?: Record<string, number>
  signals?: Signals
  /** Name and version of the sender, such as `earshot/0.1.0`. */
  sdk?: string
}
