import { type ItemRow, type StoredItem, toItem } from './row.ts'

/**
 * An item as few values: what a column costs on its way out of the database is paid for every row, and exports read a
 * million. The words and the body stay apart, because a letter beyond Latin-1 doubles the text that it stands in.
 */
export interface PackedRow {
  doc: number
  /** JSON of the other columns, in the order of `packed`. */
  head: string
  message: string
  body: string
}

const packed = [
  'project',
  'id',
  'change',
  'environment',
  'kind',
  'status',
  'labels',
  'assignee',
  'spam',
  'merged_into',
  'created_at',
  'received_at',
  'updated_at',
] as const

/** The columns of `PackedRow`, for a SELECT. */
export const packedColumns = `item.doc, json_array(${packed.map((name) => `item.${name}`).join(', ')}) AS head,
  item.message, item.body`

type Head = [
  project: string,
  id: string,
  change: number,
  environment: string,
  kind: string,
  status: string,
  labels: string,
  assignee: string | null,
  spam: number,
  mergedInto: string | null,
  createdAt: number,
  receivedAt: number,
  updatedAt: number,
]

/** A packed row as an item, like `toItem`. */
export function unpack({ doc, head, message, body }: PackedRow): StoredItem {
  const values = JSON.parse(head) as Head
  const [project, id, change, environment, kind, status, labels, assignee, spam, merged_into] = values
  const [, , , , , , , , , , created_at, received_at, updated_at] = values
  const row: ItemRow = {
    doc,
    project,
    id,
    change,
    environment,
    kind,
    status,
    labels,
    assignee,
    spam,
    merged_into,
    created_at,
    received_at,
    updated_at,
    message,
    body,
  }
  return toItem(row)
}
