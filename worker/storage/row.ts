import type { Attachment, Feedback, Rating } from '../../sdk/wire/index.ts'
import { instantOf } from './instant.ts'
import { referenceOf } from './reference.ts'

/** An item as the table holds it. `body` is the JSON of everything that has no column of its own. */
export interface ItemRow {
  doc: number
  project: string
  id: string
  change: number
  environment: string
  kind: string
  status: string
  labels: string
  assignee: string | null
  spam: number
  merged_into: string | null
  created_at: number
  received_at: number
  updated_at: number
  message: string
  body: string
}

/** An image of an item, announced or stored. */
export interface StoredAttachment extends Omit<Attachment, 'url'> {
  /** The key of its object; absent until it is stored. */
  file?: string
}

/** What `ItemRow.body` holds. */
export type ItemBody = Pick<Feedback, 'tags' | 'person' | 'page' | 'source'> &
  Partial<
    Pick<
      Feedback,
      | 'rating'
      | 'survey'
      | 'email'
      | 'mayContact'
      | 'mayContactVersion'
      | 'context'
      | 'crumbs'
      | 'release'
      | 'notes'
      | 'sdk'
      | 'externalId'
      | 'revision'
      | 'dropped'
      | 'teamNotes'
      | 'screened'
      | 'reducedAt'
    >
  > & {
    attachments?: StoredAttachment[]
    /** What a survey's answers score beside the rating, one of each scale; see `survey-scores.ts`. */
    scores?: Rating[]
    /** What tells the sender's own repeat from somebody else's body under the same id. */
    digest?: string
    /** Of a reduced item: `Answers.who` as it was, so that of one person's answers the latest counts still. */
    who?: number
    /** It was imported or restored: nobody is told that it came. */
    quiet?: true
  }

/** An item as storage gives it: with the keys of its images, which are links to everybody outside. */
export type StoredItem = Omit<Feedback, 'attachments'> & { attachments?: StoredAttachment[] }

/** The columns of `ItemRow`, for a SELECT. */
export const itemColumns = `item.doc, item.project, item.id, item.change, item.environment, item.kind, item.status,
  item.labels, item.assignee, item.spam, item.merged_into, item.created_at, item.received_at, item.updated_at,
  item.message, item.body`

/** The same with the facets of the body. */
export const whole = `${itemColumns}, item.facets`

/** A row as an item; `worker/access/links.ts` makes links of its images. */
export function toItem(row: ItemRow): StoredItem {
  const {
    tags,
    person,
    page,
    source,
    digest: _digest,
    scores: _scores,
    who: _who,
    quiet: _quiet,
    ...rest
  } = JSON.parse(row.body) as ItemBody
  return {
    id: row.id,
    reference: referenceOf(row.id),
    change: row.change,
    kind: row.kind,
    message: row.message,
    status: row.status,
    environment: row.environment,
    createdAt: instantOf(row.created_at),
    receivedAt: instantOf(row.received_at),
    updatedAt: instantOf(row.updated_at),
    tags,
    labels: row.labels === '[]' ? [] : (JSON.parse(row.labels) as string[]),
    person,
    page,
    source,
    ...rest,
    ...(row.assignee === null ? {} : { assignee: row.assignee }),
    ...(row.spam === 0 ? {} : { spam: true }),
    ...(row.merged_into === null ? {} : { mergedInto: row.merged_into }),
  }
}
