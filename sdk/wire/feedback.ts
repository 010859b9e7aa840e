import type { Retention } from './retention.ts'
import type {
  Account,
  Context,
  Crumb,
  Page,
  Primitive,
  Rating,
  RatingScale,
  Submission,
  SurveyResponse,
  Tags,
} from './submission.ts'
import type { Note } from './receipt.ts'
import type { Screened } from './screen.ts'
import type { WidgetConfig } from './widget-config.ts'

/** Statuses every project has. A project may rename them and add more; the key never changes. */
export const builtInStatuses = [
  { key: 'new', label: 'New', stage: 'open' },
  { key: 'open', label: 'Open', stage: 'open' },
  { key: 'planned', label: 'Planned', stage: 'open' },
  { key: 'done', label: 'Done', stage: 'closed' },
  { key: 'declined', label: 'Declined', stage: 'closed' },
] as const satisfies Status[]

/** Where an item stands. The wire and exports use the key. */
export interface Status {
  key: string
  label: string
  stage: 'open' | 'closed'
}

/** An image that came with an item, or was announced and has not come yet. */
export interface Attachment {
  /** `image/png`, `image/jpeg` or `image/webp`: as announced, then by what the file itself says. */
  type: string
  bytes: number
  /** CSS pixels times the device's ratio; absent until it is stored. */
  width?: number
  height?: number
  /**
   * Where to read it, absolute; absent until it is stored. Good for an hour from this answer, for seven days where it
   * stands in an export or in `GET /v1/changes`.
   */
  url?: string
  /** True where the team removed it; its number stays, so that the others keep theirs. */
  removed?: true
}

/** Who said it, as it was known then. */
export interface FeedbackPerson {
  /** The id in the customer's own system. */
  id?: string
  /** The person's own, for `GET /v1/people/{id}`; absent where the person has no id. */
  uuid?: string
  name?: string
  email?: string
  traits?: Tags
  account?: Account
  anonymousId?: string
  /** True only when a signed token said so, or an import by a secret key. */
  verified: boolean
}

/** A note inside the team: `Feedback.teamNotes`. Nobody outside ever sees it. */
export interface TeamNote {
  /** UUID. */
  id: string
  text: string
  /** Who wrote it, as `Member.assignee` names members, or the hint of a key. */
  author: string
  /** ISO 8601. */
  createdAt: string
}

/** One item, whole: what the console, the CLI and exports read. Optional fields are absent when there is nothing. */
export interface Feedback {
  id: string
  reference: string
  /** Rises with every change; `If-Match` takes it. */
  change: number
  kind: string
  /** Exactly as typed; `''` where only a score was given. */
  message: string
  status: string
  environment: string
  /** When it was said: ISO 8601. */
  createdAt: string
  /** When the collector stored it: ISO 8601. */
  receivedAt: string
  updatedAt: string
  tags: Tags
  labels: string[]
  person: FeedbackPerson | null
  page: Page | null
  /** `widget`, `sdk`, `import`, `team`, or what an import says. */
  source: string
  rating?: Rating
  survey?: SurveyResponse
  email?: string
  mayContact?: boolean
  mayContactVersion?: string
  assignee?: string
  context?: Context
  crumbs?: Crumb[]
  release?: string
  attachments?: Attachment[]
  /** What was left out or replaced on the way in. */
  notes?: Note[]
  sdk?: string
  /** Where it stood in the system it was imported from. */
  externalId?: string
  revision?: number
  /** What the sender had to drop before this one, by reason. */
  dropped?: Record<string, number>
  spam?: boolean
  /** Why it came into the spam tray, where the collector put it there. */
  screened?: Screened
  /** The id of the item this one was merged into. */
  mergedInto?: string
  /** When the project's retention took all but its score from it: ISO 8601. */
  reducedAt?: string
  /** What the team noted on it, the oldest first. */
  teamNotes?: TeamNote[]
}

/** A list: `GET /v1/feedback`. */
export interface FeedbackList {
  items: Feedback[]
  /** Give it back as `cursor`; null on the last page. */
  next: string | null
  total: Total
  /** How many items that match otherwise are hidden by `spam` and `merged`. */
  hidden: { spam: number; merged: number }
  /** Set when too few items held all the words, and the rarest were searched for singly. */
  relaxed?: boolean
}

/** A number that says whether it is exact; lists stop counting at `limits.countMax`. */
export interface Total {
  count: number
  exact: boolean
}

/** `PATCH /v1/feedback/{id}`: what is left out stays as it is. */
export interface FeedbackPatch {
  status?: string
  /** The whole set of labels. */
  labels?: string[]
  addLabels?: string[]
  removeLabels?: string[]
  /** Null unassigns. */
  assignee?: string | null
  spam?: boolean
}

/** One line of `POST /v1/import`: an item as an export gives it, or a submission. */
export type ImportLine = Submission | (Partial<Feedback> & { id: string })

/** The answer to one line of an import, in the order of the lines. */
export interface ImportResult {
  /** From 1. */
  line: number
  id: string | null
  result: 'stored' | 'repeated' | 'refused'
  /** Why it was refused, in one sentence. */
  reason?: string
  notes?: Note[]
}

/** One line of `GET /v1/changes`: the item as it is now, or a tombstone. */
export type Change = Feedback | Tombstone

/** What is left of an item that was erased. */
export interface Tombstone {
  id: string
  change: number
  erased: true
  /** ISO 8601. */
  erasedAt: string
}

/** The last line of an NDJSON export and of one page of `GET /v1/changes`. A stream without it is broken. */
export interface EndMark {
  end: true
  count: number
  /** Items erased while the export ran. */
  erased?: number
  /**
   * How many more items (fewer, where negative) than were announced, besides the erased ones: they changed while the
   * export ran, so that the filters select them now, or no longer do.
   */
  moved?: number
  /** `GET /v1/export` with `limit`: where the next part begins; absent on the last one. */
  next?: string
  /** `GET /v1/changes` only: where to go on. */
  cursor?: string
  /** `GET /v1/changes` only: true when there was more than one page holds. */
  more?: boolean
}

/** A name that was seen in the project: a tag, a trait, a context object, a survey's question; of made-up ones not all are listed. */
export interface KnownName {
  /** As a filter or a column names it: `tag.plan`, `trait.role`, `context.cart`, `question.q1`, or a field such as `release`. */
  name: string
  /** ISO 8601. */
  firstSeenAt: string
}

/** A value of a name with how often it was seen, the most frequent first. */
export interface KnownValue {
  value: string
  count: number
  /** What people call it, where that is something else: the name of a survey, of a person, of an account. */
  label?: string
}

/** A project as the console reads it: `GET /v1/projects/{id}`. */
export interface Project {
  id: string
  name: string
  /** In the order they are shown in. */
  statuses: Status[]
  /** Every label in use or offered, in alphabetical order. */
  labels: string[]
  /** Keys of the kinds in use and offered. */
  kinds: { key: string; label: string }[]
  environments: string[]
  /** IANA name; days and weeks follow it. */
  timeZone: string
  weekStart: 'monday' | 'sunday'
  /**
   * Origins of pages that may send: exact (`https://app.example.com`), any subdomain (`https://*.example.com`), apps
   * (`capacitor://localhost`, or `capacitor://` for all of a scheme), `null`. Empty admits every page; a request without
   * an origin always passes. This keeps strangers' pages out, and proves nothing.
   */
  origins: string[]
  /** New items that pages may add a day (UTC), in all environments; what is more waits in outboxes. */
  quota: { perDay: number }
  /** How long feedback is kept; null for ever. */
  retention: Retention | null
  /** Rises with every change of the settings; `If-Match` takes it. */
  revision: number
}

/** `PATCH /v1/projects/{id}`: what is left out stays as it is. With `If-Match`, somebody faster means 409. */
export interface ProjectPatch {
  name?: string
  /** The whole list, in order. One that items stand in is not left out: 409 says how many there are. */
  statuses?: Status[]
  /** The whole list. Those that items carry stay listed. */
  labels?: string[]
  widget?: Partial<Omit<WidgetConfig, 'project' | 'attachments' | 'surveys'>>
  timeZone?: string
  weekStart?: Project['weekStart']
  /** The whole list; an address with a path is cut to its origin. Allowing works within seconds, refusing within a minute. */
  origins?: string[]
  quota?: Project['quota']
  /** Works within the hour, and cannot be undone; `GET /v1/projects/{id}/retention` says what it would do. */
  retention?: Project['retention']
}

/** Who is signed in: `GET /v1/session`. */
export interface Session {
  member: { id: string; name: string; email: string | null }
  projects: { id: string; name: string; role: Role }[]
}

/** What a member may do in a project. */
export type Role = 'viewer' | 'editor' | 'admin'

/** What a secret key may do. */
export const scopes = ['read', 'write', 'export', 'admin'] as const
export type Scope = (typeof scopes)[number]

export type { Primitive, RatingScale }
