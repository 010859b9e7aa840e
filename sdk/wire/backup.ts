import type { Tags } from './submission.ts'

/**
 * Tables that a backup takes row by row, in the order in which they are restored. `erasure` is read last, so that nobody
 * who is erased meanwhile is missed, and restored first.
 */
export const backupTables = [
  'survey',
  'survey_version',
  'survey_display',
  'name',
  'saved_view',
  'person',
  'account',
  'erasure',
] as const
export type BackupTable = (typeof backupTables)[number]

/** What `GET /v1/backup?part=` takes: the tables, the project itself, and items with tombstones by change. */
export const backupParts = ['project', ...backupTables, 'item'] as const
export type BackupPart = (typeof backupParts)[number]

/** One line of a page of `GET /v1/backup`, and of `POST /v1/restore`. */
export type BackupLine =
  | { type: 'project'; row: BackupProject }
  | { type: 'item'; row: BackupItem }
  | { type: 'tombstone'; row: BackupTombstone }
  | { type: BackupTable; row: BackupRow }

/** A row as the schema has it (`worker/storage/README.md`), without its project. JSON stands in it as text. */
export type BackupRow = Record<string, string | number | null>

/** The project itself. */
export interface BackupProject {
  name: string
  settings: Record<string, unknown>
  /**
   * The collector's own secret of the project. Without it persons would get other UUIDs, and nobody could tell who was
   * erased. Whoever has it can make links to images and tokens of receipts: keep a backup as you would the database.
   */
  secret: string
  /** What receipts and links are signed with, where that secret was replaced for it. */
  signing?: string | undefined
  /** Epoch ms. */
  createdAt: number
}

/** An item whole, with its place in the order of time (`doc`) and of changes. Times are epoch ms. */
export interface BackupItem {
  doc: number
  id: string
  change: number
  environment: string
  kind: string
  status: string
  labels: string[]
  assignee: string | null
  spam: boolean
  mergedInto: string | null
  createdAt: number
  receivedAt: number
  updatedAt: number
  message: string
  /** Everything that has no column of its own. */
  body: BackupBody
}

export interface BackupBody {
  tags: Tags
  person: { verified: boolean; [name: string]: unknown } | null
  page: { [name: string]: unknown } | null
  source: string
  attachments?: BackupImage[]
  [name: string]: unknown
}

/** An image of an item. */
export interface BackupImage {
  type: string
  bytes: number
  width?: number
  height?: number
  /** The team removed it; its number stays. */
  removed?: true
  /** Where to fetch it, on its way out. Absent where it was announced and never came. */
  url?: string
  /** On its way in: what `POST /v1/restore/images` answered. */
  file?: string
}

/** What is left of an item that was erased. */
export interface BackupTombstone {
  id: string
  change: number
  /** Epoch ms. */
  erasedAt: number
}

/** The last line of a page of `GET /v1/backup`. */
export interface BackupEnd {
  end: true
  count: number
  /** Where to go on; null where the part ends. */
  cursor: string | null
  /** Part `item`: the last change number that anybody was given when the page was read. */
  head?: number
}

/** The answer to `POST /v1/restore/project`. */
export interface RestoreStart {
  /** What the lines are to be sent with: it says by which secret they were made. */
  lineage: string
  /** `adopted`: the project was empty and is the one of the backup from now on. `same`: it was before. `other`: things of the backup are added to another project. */
  project: 'adopted' | 'same' | 'other'
}

/** The answer to `POST /v1/restore`. */
export interface RestoreResult {
  stored: number
  /** Stood there already, and stay as they are. */
  repeated: number
  /** Stay erased. */
  erased: number
  /** Lines, from 1, that were not taken. */
  refused: { line: number; reason: string }[]
}

/** The answer to `POST /v1/restore/images`: an image that waits an hour for its item. */
export interface RestoredImage {
  file: string
  type: string
  bytes: number
  width: number
  height: number
}
