import type { Database } from './database.ts'
import { type ItemRow, itemColumns } from './row.ts'
import { docRange, saidMatch, type Selection, wordsMatch } from './selection.ts'
import { matchAny, tellingTerms, type Term } from './words.ts'

/** Newest matches that are ranked; older ones follow by time, so that nothing is left out. */
const poolMax = 5_000
/** Newest matches of the rarest words that are looked at when too few items hold all of them. */
const relaxedPoolMax = 20_000
/** A word in more items than this is not counted on when a search is relaxed. */
const commonWordCount = 20_001

/** A page of a ranked search. */
export interface RankedPage {
  rows: ItemRow[]
  /** Where the ranked pool ends: older matches are listed by time beyond this `doc`. Null when there are none. */
  poolEnd: number | null
  /** How many items the pool holds. */
  matches: number
}

/** Ranks the newest matches by bm25 and gives `limit` of them from `offset` on; null when no word is asked for. */
export async function searchRanked(
  db: Database,
  selection: Selection,
  page: { offset: number; limit: number },
): Promise<RankedPage | null> {
  const said = saidMatch(selection)
  return said === null ? null : rank(db, selection, said, { ...page, pool: poolMax })
}

/** Ranks what holds at least one of the rarest words; null when there is nothing to relax. */
export async function searchRelaxed(
  db: Database,
  selection: Selection,
  page: { offset: number; limit: number },
): Promise<RankedPage | null> {
  const said = await relaxedMatch(db, selection)
  return said === null ? null : rank(db, selection, said, { ...page, pool: relaxedPoolMax })
}

/** The rarer half of the words, joined by OR, with all of them together still counting for more. */
async function relaxedMatch(db: Database, selection: Selection): Promise<string | null> {
  const all = saidMatch(selection)
  const wanted = tellingTerms(selection.terms.filter((term) => !term.excluded))
  if (all === null || wanted.length < 2) return null
  const counts = await db.batch<{ count: number }>(
    wanted.map((term) =>
      db
        .prepare(`SELECT count(*) AS count FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ${commonWordCount})`)
        .bind(wordsMatch(selection, `(${term.match})`)),
    ),
  )
  const seen = wanted
    .map((term, i): [Term, number] => [term, counts[i]?.results[0]?.count ?? 0])
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => a - b)
  const rarest = seen.slice(0, Math.ceil(wanted.length / 2)).map(([term]) => term)
  return rarest.length === 0 ? null : `(${all} OR ${matchAny(rarest, selection.terms)})`
}

/**
 * The pool is picked newest first by words and facets together; the score is taken from the words alone, because bm25
 * visits every document of every phrase it is given, and a facet's token stands in most of them.
 */
async function rank(
  db: Database,
  selection: Selection,
  said: string,
  page: { offset: number; limit: number; pool: number },
): Promise<RankedPage> {
  const { low, high } = docRange(selection)
  const { results } = await db
    .prepare(
      `WITH pool AS MATERIALIZED (
        SELECT rowid AS doc FROM words WHERE words MATCH ?1 AND rowid >= ?2 AND rowid <= ?3
        ORDER BY rowid DESC LIMIT ${page.pool}
      ), ranked AS MATERIALIZED (
        SELECT words.rowid AS doc, bm25(words, 0, 1) AS score FROM words
        WHERE words MATCH ?4 AND words.rowid >= (SELECT min(doc) FROM pool)
          AND words.rowid <= (SELECT max(doc) FROM pool) AND +words.rowid IN (SELECT doc FROM pool)
        ORDER BY score, words.rowid DESC LIMIT ?5 OFFSET ?6
      )
      SELECT ${itemColumns}, (SELECT min(doc) FROM pool) AS oldest, (SELECT count(*) FROM pool) AS size
      FROM ranked CROSS JOIN item ON item.doc = ranked.doc ORDER BY ranked.score, ranked.doc DESC`,
    )
    .bind(wordsMatch(selection, said), low, high, `said : ${said}`, page.limit, page.offset)
    .all<ItemRow & { oldest: number; size: number }>()
  const inTime = (row: ItemRow) =>
    (selection.from === null || row.created_at >= selection.from) &&
    (selection.to === null || row.created_at < selection.to)
  const [first] = results
  return {
    rows: results.filter(inTime),
    poolEnd: first !== undefined && first.size === page.pool ? first.oldest : null,
    matches: first?.size ?? 0,
  }
}
