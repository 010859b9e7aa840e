import { answersOf } from './answers.ts'
import { addCells, takeCells } from './cells.ts'
import { chunksOf } from './chunks.ts'
import type { Database } from './database.ts'
import { fixedFacets } from './facets.ts'
import { documentsOf } from './index-text.ts'
import { instantOf } from './instant.ts'
import { nextChange } from './items.ts'
import type { WholeRow } from './revise.ts'
import type { ItemBody } from './row.ts'
import { triageOf } from './triage.ts'

/**
 * What a retention that keeps scores leaves of an item's body: what it was about and what it scored. Of whoever said it
 * stays a hash of their id, so that of one person's answers the latest counts still, and an erasure finds them.
 */
export function reducedBody(row: Pick<WholeRow, 'doc' | 'body' | 'facets'>, now: number): ItemBody {
  const { source, rating, survey, scores, release, revision, quiet, reducedAt } = JSON.parse(row.body) as ItemBody
  const { who } = answersOf(row, [])
  const answers = survey?.answers.filter(({ value }) => typeof value === 'number') ?? []
  return {
    tags: {},
    person: null,
    page: null,
    source,
    ...(rating && { rating }),
    ...(survey && { survey: { ...survey, answers } }),
    ...(scores && { scores }),
    ...(release !== undefined && { release }),
    ...(revision !== undefined && { revision }),
    ...(quiet && { quiet }),
    ...(who >= 0 && { who }),
    reducedAt: reducedAt ?? instantOf(now),
  }
}

const unmoved = `FROM json_each(?1) AS line CROSS JOIN item
  ON item.doc = line.value ->> 'doc' AND item.change = line.value ->> 'change'`
const counted = `item.born <= (SELECT change FROM consumer WHERE name = 'counts')`
const day = `date(item.created_at / 1000, 'unixepoch')`
const gone = `SELECT item.project, item.environment, pair.value ->> 0, pair.value ->> 1, ${day},
    count(*) ${unmoved}, json_each(item.facets) AS pair
  WHERE ${counted} AND pair.value ->> 0 <> 'person' AND pair.value NOT IN (SELECT kept.value FROM json_each(line.value -> 'facets') AS kept)
  GROUP BY 1, 2, 3, 4, 5`
const fresh = `SELECT item.project, item.environment, pair.value ->> 0, pair.value ->> 1, ${day}, count(*)
  ${unmoved}, json_each(line.value -> 'facets') AS pair
  WHERE ${counted} AND pair.value NOT IN (SELECT before.value FROM json_each(item.facets) AS before)
  GROUP BY 1, 2, 3, 4, 5`
const theirs = `(project, item) IN (SELECT item.project, item.id ${unmoved})`

/** The items last: once they have moved, nothing else would find them. */
const statements = [
  ...takeCells(gone),
  addCells(fresh),
  `INSERT OR REPLACE INTO facet (rowid, tokens) SELECT item.doc, line.value ->> 'facet' ${unmoved}`,
  `INSERT OR REPLACE INTO words (rowid, scope, said)
    SELECT item.doc, line.value ->> 'scope', line.value ->> 'said' ${unmoved}`,
  `UPDATE file SET due_at = ?2 WHERE due_at IS NULL AND ${theirs}`,
  // What a receiver answered may repeat what it was told.
  `DELETE FROM delivery WHERE state <> 'pending' AND ${theirs}`,
  `UPDATE item SET message = '', body = fresh.body, facets = fresh.facets, updated_at = ?2, change = fresh.change,
      born = iif(born > (SELECT change FROM consumer WHERE name = 'counts'), fresh.change, born)
    FROM (SELECT item.doc AS doc, line.value ->> 'body' AS body, line.value ->> 'facets' AS facets,
        next.change + row_number() OVER (ORDER BY line.key) - 1 AS change
      ${unmoved}, (SELECT ${nextChange} AS change) AS next) AS fresh
    WHERE item.doc = fresh.doc RETURNING item.doc`,
  // All that the index writes stands already, answers too: an index that had caught up before need not write it again.
  `UPDATE consumer SET change = change + changes() WHERE name = 'search' AND changes() > 0
    AND change + changes() = (SELECT max(change) FROM item)`,
]

/**
 * Reduces items to their scores, in one transaction for a megabyte of them: rows, both indexes and counts; their images
 * are due for sweeping. One that somebody changed meanwhile is left alone. `also` goes into the transaction. Answers with the `doc` of each that was written.
 */
export async function reduceItems(
  db: Database,
  rows: readonly WholeRow[],
  now: number,
  also: (count: number) => readonly D1PreparedStatement[],
): Promise<Set<number>> {
  const lines = rows.flatMap((row) => {
    const body = reducedBody(row, now)
    if (row.message === '' && JSON.stringify(body) === row.body) return []
    const facets = fixedFacets({ ...body, environment: row.environment, kind: row.kind })
    const next = { ...row, message: '', body: JSON.stringify(body), facets: JSON.stringify(facets) }
    const documents = documentsOf(next, triageOf(row))
    return [{ doc: row.doc, change: row.change, body: next.body, facets, ...documents }]
  })
  const written = new Set<number>()
  for (const chunk of chunksOf(lines)) {
    const bound = JSON.stringify(chunk)
    const results = await db.batch<{ doc: number }>([
      ...statements.map((sql) => {
        if (!sql.includes('?1')) return db.prepare(sql)
        return sql.includes('?2') ? db.prepare(sql).bind(bound, now) : db.prepare(sql).bind(bound)
      }),
      ...also(chunk.length),
    ])
    for (const { doc } of results.flatMap((result) => result.results)) written.add(doc)
  }
  return written
}
