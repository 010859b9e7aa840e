import { addCells, addNames, takeCells } from './cells.ts'
import type { Database } from './database.ts'
import { type Facet, fixedFacets } from './facets.ts'
import { nextChange } from './items.ts'
import { type ItemBody, type ItemRow, whole } from './row.ts'

/** An item's row with the facets that its body gave it. */
export type WholeRow = ItemRow & { facets: string }

/** Finds an item with its facets, for whatever changes it. */
export async function findWhole(db: Database, project: string, id: string): Promise<WholeRow | null> {
  return db.prepare(`SELECT ${whole} FROM item WHERE project = ?1 AND id = ?2`).bind(project, id).first<WholeRow>()
}

/** Finds many items with their facets; those that are not there are left out. */
export async function listWhole(db: Database, project: string, ids: readonly string[]): Promise<WholeRow[]> {
  const { results } = await db
    .prepare(`SELECT ${whole} FROM item WHERE project = ?1 AND id IN (SELECT value FROM json_each(?2))`)
    .bind(project, JSON.stringify(ids))
    .all<WholeRow>()
  return results
}

/** What an item is to become. */
export interface Revision {
  body: ItemBody
  message: string
  /** The key of a file that must still be waiting for this item; the revision is not written without it. */
  file?: string
}

/**
 * Writes an item's body and message anew, under the next change number, and moves the counts along where the item was
 * counted already: what deletion takes away later is what stands there. `after` goes into the same transaction, and `audit` where the item was written. False
 * when somebody else changed the item meanwhile: nothing was written then.
 */
export async function reviseItem(
  db: Database,
  row: WholeRow,
  next: Revision,
  now: number,
  after: readonly D1PreparedStatement[] = [],
  audit: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const facets = fixedFacets({ ...next.body, environment: row.environment, kind: row.kind })
  const moved = recount(db, row, next.file, facets, now)
  const results = await db.batch([
    ...moved,
    db
      .prepare(
        `UPDATE item SET body = ?3, facets = ?4, message = ?5, updated_at = ?6, change = next.change,
          born = iif(born > (SELECT change FROM consumer WHERE name = 'counts'), next.change, born)
        FROM (SELECT ${nextChange} AS change) AS next WHERE ${mayRevise('?1', '?2', '?7', '?6')}`,
      )
      .bind(
        row.doc,
        row.change,
        JSON.stringify(next.body),
        JSON.stringify(facets),
        next.message,
        now,
        next.file ?? null,
      ),
    ...audit,
    ...after,
  ])
  return (results[moved.length]?.meta.changes ?? 0) > 0
}

const mayRevise = (doc: string, change: string, file: string, now: string) =>
  `item.doc = ${doc} AND item.change = ${change}
    AND (${file} IS NULL OR EXISTS (SELECT 1 FROM file WHERE key = ${file} AND due_at > ${now}))`

/** Takes facets that are gone out of the rollups, values that nobody says any more too, and adds new ones, where the item stands in them; before it changes. */
function recount(
  db: Database,
  row: WholeRow,
  file: string | undefined,
  facets: readonly Facet[],
  now: number,
): D1PreparedStatement[] {
  const before = JSON.parse(row.facets) as Facet[]
  const isIn = (list: readonly Facet[], [name, value]: Facet) => list.some(([n, v]) => n === name && v === value)
  // Persons are not counted; see `countNext`.
  const without = (list: readonly Facet[], others: readonly Facet[]) =>
    list.filter((facet) => facet[0] !== 'person' && !isIn(others, facet))
  const gone = without(before, facets)
  const fresh = without(facets, before)
  const counted = `FROM item, json_each(?4) AS pair WHERE ${mayRevise('?1', '?2', '?5', '?3')}
    AND item.born <= (SELECT change FROM consumer WHERE name = 'counts')`
  const cells = `SELECT item.project, item.environment, pair.value ->> 0, pair.value ->> 1,
    date(item.created_at / 1000, 'unixepoch'), 1 ${counted}`
  const statements = (sql: readonly string[], list: readonly Facet[]) =>
    list.length === 0
      ? []
      : sql.map((one) => db.prepare(one).bind(row.doc, row.change, now, JSON.stringify(list), file ?? null))
  // What comes later may be the first to use a name: it is in the catalogue before it is counted.
  const names = addNames(`SELECT item.project, pair.value ->> 0, ?3 ${counted}
    AND (pair.value ->> 0 LIKE 'tag.%' OR pair.value ->> 0 LIKE 'trait.%')`)
  return [...statements(takeCells(cells), gone), ...statements([names, addCells(cells)], fresh)]
}
