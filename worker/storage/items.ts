import { allocateBases } from './allocate.ts'
import { chunksOf } from './chunks.ts'
import { type Database, isConflict, runAlong } from './database.ts'
import { isMarked } from './erasures.ts'
import { type FacetSource, fixedFacets } from './facets.ts'
import { type ItemBody, type ItemRow, itemColumns } from './row.ts'
import { docsPerMs } from './selection.ts'
import { withScores } from './survey-scores.ts'

/** An item as it comes in: whole, but for what the table itself gives it. */
export interface NewItem extends ItemBody {
  project: string
  id: string
  environment: string
  kind: string
  status: string
  labels: string[]
  assignee: string | null
  spam: boolean
  mergedInto: string | null
  /** Epoch ms. */
  createdAt: number
  /** Epoch ms. */
  receivedAt: number
  /** Epoch ms. */
  updatedAt: number
  message: string
  /** What an erasure would have marked of it, as `worker/people/marks.ts` makes it. */
  marks?: readonly string[]
}

/** Times that an insert is tried again when somebody else took its number. */
const attemptsMax = 5
/** The same for one item, at doubling distance: somebody may have filled some seconds. Within `spillMs`. */
const placesMax = 15

/** The next change number: after every item and every tombstone, in the order of commits. */
export const nextChange = `(SELECT max(coalesce((SELECT max(change) FROM item), 0),
  coalesce((SELECT max(change) FROM tombstone), 0)) + 1)`

/** An item as the columns of a row. */
interface Prepared {
  base: number
  /** JSON of the marks. */
  marks: string
  values: Record<string, string | number | null>
}

/** Makes the row of an item that is to stand behind `base`. */
export function prepareItem(item: NewItem, base: number): Prepared {
  const { project, id, environment, kind, status, labels, assignee, spam, mergedInto, ...rest } = item
  const { createdAt, receivedAt, updatedAt, message, marks = [], ...body } = rest
  const facetsOf: FacetSource = { ...body, environment, kind }
  return {
    base,
    marks: JSON.stringify(marks),
    values: {
      project,
      id,
      environment,
      kind,
      status,
      labels: JSON.stringify(labels),
      assignee,
      spam: spam ? 1 : 0,
      merged_into: mergedInto,
      created_at: createdAt,
      received_at: receivedAt,
      updated_at: updatedAt,
      message,
      body: JSON.stringify(body),
      facets: JSON.stringify(fixedFacets(facetsOf)),
    },
  }
}

/** The columns that an item brings along; `doc` and the change numbers come from the table. */
export const insertColumns = [
  'project',
  'id',
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
  'message',
  'body',
  'facets',
] as const

/** The SQL condition that a fresh row is not of something, or somebody, that was erased since. */
export const mayStand = (fresh: string): string =>
  `NOT EXISTS (SELECT 1 FROM tombstone WHERE tombstone.project = ${fresh}.project AND tombstone.id = ${fresh}.id)
    AND NOT ${isMarked(`${fresh}.project`, `${fresh}.marks`, `${fresh}.created_at`)}`

const numberOf = (column: (typeof insertColumns)[number]): string => `?${insertColumns.indexOf(column) + 2}`

const insertOne = `INSERT INTO item (doc, change, born, ${insertColumns.join(', ')})
  SELECT coalesce((SELECT max(doc) + 1 FROM item WHERE doc >= ?1 AND doc < ?1 + ${docsPerMs}), ?1), next.change, next.change,
    ${insertColumns.map(numberOf).join(', ')}
  FROM (SELECT ${nextChange} AS change) AS next
  WHERE NOT EXISTS (SELECT 1 FROM tombstone WHERE project = ?2 AND id = ?3)
    AND NOT ${isMarked(numberOf('project'), `?${insertColumns.length + 2}`, numberOf('created_at'))}
  ON CONFLICT (project, id) DO NOTHING`

/**
 * Inserts one item with the next change number; `audit` goes along. False when its id stands there already, or when it,
 * or somebody whom it names, was erased since it was said.
 */
export async function insertItem(
  db: Database,
  item: NewItem,
  audit: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const [scored] = await withScores(db, item.project, [item])
  for (let attempt = 0; ; attempt++) {
    const { base, marks, values } = prepareItem(scored ?? item, (item.createdAt + 2 ** attempt - 1) * docsPerMs)
    try {
      const insert = db.prepare(insertOne).bind(base, ...insertColumns.map((column) => values[column]), marks)
      const { meta } = audit.length === 0 ? await insert.run() : await runAlong(db, insert, audit)
      return meta.changes > 0
    } catch (error) {
      // The millisecond is full: 1,024 items were said in it. A neighbour has room.
      if (!isConflict(error) || attempt >= placesMax) throw error
    }
  }
}

/**
 * Inserts many items, some maybe known already; answers with the ids that were new. Each statement is atomic, and `after`
 * goes into its transaction.
 */
export async function insertItems(
  db: Database,
  items: readonly NewItem[],
  after: readonly D1PreparedStatement[] = [],
): Promise<Set<string>> {
  const stored = new Set<string>()
  const scored = await withScores(db, items[0]?.project ?? '', items)
  // The body stands as JSON inside JSON, and its facets repeat some of it: twice the bytes is enough for both.
  for (const chunk of chunksOf(scored, 2)) {
    for (const id of await insertChunk(db, chunk, after)) stored.add(id)
  }
  return stored
}

async function insertChunk(
  db: Database,
  chunk: readonly NewItem[],
  after: readonly D1PreparedStatement[],
): Promise<string[]> {
  for (let attempt = 0; ; attempt++) {
    const bases = await allocateBases(
      db,
      chunk.map((item) => item.createdAt),
    )
    const rows = chunk.map((item, i) => prepareItem(item, bases[i] ?? 0))
    try {
      const insert = db
        .prepare(
          `INSERT INTO item (doc, change, born, ${insertColumns.join(', ')})
           SELECT coalesce((SELECT max(doc) + 1 FROM item WHERE doc >= base AND doc < base + ${docsPerMs}), base)
             + row_number() OVER (PARTITION BY base ORDER BY key) - 1,
             next + row_number() OVER (ORDER BY key) - 1, next + row_number() OVER (ORDER BY key) - 1, ${insertColumns.join(', ')}
           FROM (SELECT line.key AS key, ${nextChange} AS next, line.value ->> 'base' AS base,
               line.value ->> 'marks' AS marks,
               ${insertColumns.map((column) => `line.value ->> '${column}' AS ${column}`).join(', ')}
             FROM json_each(?1) AS line) AS fresh
           WHERE ${mayStand('fresh')}
           ON CONFLICT (project, id) DO NOTHING RETURNING id`,
        )
        .bind(JSON.stringify(rows.map(({ base, marks, values }) => ({ base, marks, ...values }))))
      const [inserted] = await db.batch<{ id: string }>([insert, ...after])
      return (inserted?.results ?? []).map(({ id }) => id)
    } catch (error) {
      if (!isConflict(error) || attempt >= attemptsMax) throw error
    }
  }
}

/** Finds one item by its id. */
export async function findItem(db: Database, project: string, id: string): Promise<ItemRow | null> {
  return db.prepare(`SELECT ${itemColumns} FROM item WHERE project = ?1 AND id = ?2`).bind(project, id).first<ItemRow>()
}

/** Whether an item stood here once and was erased, or somebody whom it names was erased since it was said. */
export async function isErased(
  db: Database,
  { project, id, marks = [], createdAt = 0 }: Pick<NewItem, 'project' | 'id' | 'marks'> & { createdAt?: number },
): Promise<boolean> {
  const row = await db
    .prepare(
      `SELECT 1 WHERE EXISTS (SELECT 1 FROM tombstone WHERE project = ?1 AND id = ?2) OR ${isMarked('?1', '?3', '?4')}`,
    )
    .bind(project, id, JSON.stringify(marks), createdAt)
    .first()
  return row !== null
}

/** Which of these ids stand there. */
export async function listStanding(db: Database, project: string, ids: readonly string[]): Promise<Set<string>> {
  const { results } = await db
    .prepare('SELECT id FROM item WHERE project = ?1 AND id IN (SELECT value FROM json_each(?2))')
    .bind(project, JSON.stringify(ids))
    .all<{ id: string }>()
  return new Set(results.map(({ id }) => id))
}
