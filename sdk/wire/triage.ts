import type { Feedback, FeedbackPatch, Total } from './feedback.ts'
import type { Rating, Tags } from './submission.ts'

/** `POST /v1/feedback/{id}/notes`. */
export interface NewTeamNote {
  /** UUID made by the sender; a repeat adds nothing. Left out: one is made. */
  id?: string
  text: string
}

/** Somebody who may work in the project: `GET /v1/members`. */
export interface Member {
  id: string
  name: string
  email: string | null
  role: 'viewer' | 'editor' | 'admin'
  /** What `Feedback.assignee` says where it is this member's: the e-mail address, else the name. */
  assignee: string
}

/** `POST /v1/feedback`: what somebody said elsewhere, entered by the team. Says something: a message or a rating. */
export interface TeamSubmission {
  /** UUID made by the sender; a repeat stores nothing new. Left out: one is made. */
  id?: string
  /** Default: `other`. */
  kind?: string
  message?: string
  rating?: Rating
  person?: {
    id?: string
    name?: string
    email?: string
    /** The account's id. */
    account?: string
  }
  tags?: Tags
  labels?: string[]
  status?: string
  assignee?: string
  environment?: string
  /** Where it was said: `call`, `e-mail`, … Default: `team`. */
  source?: string
  /** When it was said, ISO 8601, not in the future. Default: now. */
  createdAt?: string
}

/**
 * `POST /v1/feedback/{id}/merge`: null takes it out again. Both items stay, and both count. Merged into an item that is
 * itself merged, it stands in the one at the end. What was merged into this one before stays with it.
 */
export interface Merge {
  into: string | null
}

/** What was merged into an item, at one remove or several: `GET /v1/feedback/{id}/merged`, the newest first. */
export interface MergedList {
  items: Feedback[]
  /** Give it back as `cursor`; null on the last page. */
  next: string | null
  total: Total
}

/**
 * `POST /v1/feedback/{id}/redact`: blacks out for good. Each occurrence of each text, in any case, becomes `█` of the
 * same length, wherever the item says it: message, answers, notes, person, tags, context, crumbs, page. What can be no
 * mask goes whole: a person's id, an account, an e-mail address that is hit in full, a number that is not a tag's.
 */
export interface Redaction {
  texts?: string[]
  /** Numbers of images to remove, from 0. */
  attachments?: number[]
  /** Answers with the item as it would be, and changes nothing. */
  dryRun?: boolean
}

/** Items and what is to become of them. With `change`, an item that somebody changed since is left alone. */
export interface BulkChange {
  patch: FeedbackPatch
  items: {
    id: string
    change?: number
    /** Only in `BulkResult.undo`: the change it stood at before. A request need not say it. */
    before?: number
  }[]
}

/**
 * `POST /v1/feedback/bulk`: the same change to many, by ids or by filter; or several changes at once, which is how one
 * is undone. At most `limits.bulkMax` items a request: by filter, go on with `cursor` until it is null. A filter means
 * what it meant at the first request: what came in since is not touched. Words are never loosened, as a list may do.
 */
export type BulkRequest =
  | { changes: BulkChange[] }
  | {
      /** The list's own query string, such as `status=new&kind=bug`. */
      filter: string
      patch: FeedbackPatch
      /** The `cursor` of the answer before. */
      cursor?: string
    }

export interface BulkResult {
  /** How many were changed by this request. */
  changed: number
  /** How many stood so before. */
  unchanged: number
  /** Ids of those that somebody changed meanwhile, or that are gone. */
  conflicts: string[]
  /** Give it back as `changes` to undo this request; items that change again until then are left alone. */
  undo: BulkChange[]
  /** By filter: where to go on, null at the end. */
  cursor: string | null
}

/** What to group a list by. */
export const groupings = ['kind', 'path', 'score', 'release', 'label'] as const
export type Grouping = (typeof groupings)[number]

/** A group of a list: `GET /v1/feedback/groups?by=path` and the list's filters. */
export interface Group {
  /** What the items have in common; `''` for those that say nothing of it. Scores are `nps:9`. */
  value: string
  /**
   * The filters that lead to them, such as `{"path": ["/checkout"]}`: each name replaces the list's own filter of that
   * name, and a `not.NAME` is added to it.
   */
  filter: Record<string, string[]>
  count: number
  /** False where the count stopped at `limits.countMax`. */
  exact: boolean
}

/** `GET /v1/feedback/groups?by=path`: scores by scale and from the best down, all others the largest first. */
export interface GroupList {
  items: Group[]
  /** Where there are more values than are listed: everything else, those that say nothing of it included. */
  rest: Omit<Group, 'value'> | null
}
