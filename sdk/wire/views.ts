import type { Total } from './feedback.ts'

/** A saved view: `GET /v1/views`. */
export interface SavedView {
  /** UUID. */
  id: string
  name: string
  /** The list's own query string without a cursor, such as `status=new&not.label=ux`; `group` may stand in it. */
  query: string
  /** `private` ones are seen by their owner alone. */
  visibility: 'private' | 'shared'
  /** The member's id; null where a key made it. */
  owner: string | null
  /** The owner's name. */
  ownerName: string | null
  /** ISO 8601. */
  createdAt: string
  updatedAt: string
}

/** `POST /v1/views`. */
export interface NewSavedView {
  name: string
  query: string
  /** Default: `private`. */
  visibility?: SavedView['visibility']
}

/** `PATCH /v1/views/{id}`. */
export type SavedViewPatch = Partial<NewSavedView>

/** `POST /v1/visits`: a member opens the console. */
export interface Visit {
  /**
   * When the visit before this one ended, ISO 8601: `since` of what is new. Null on the first. Visits less than half an
   * hour apart are one.
   */
  since: string | null
}

/** `GET /v1/views/counts`: how many items each view lists, counted as lists count. */
export interface ViewCounts {
  all: Total
  spam: Total
  /** By the key of a status. */
  statuses: Record<string, Total>
  /** By the id of a saved view. Left out where its query cannot be read any more. */
  views: Record<string, Total>
  /** What was received since `since`; null where that was not asked. */
  since: Total | null
}
