import { limits } from '../../sdk/wire/limits.ts'
import type { Database } from './database.ts'
import { countStatement } from './listing.ts'
import { type ItemRow, itemColumns } from './row.ts'
import { docBound, docRange, isSaidAlone, placesOf, saidMatch, type Selection, unfiltered } from './selection.ts'
import { wordsSource } from './source.ts'
import { matchAny, tellingTerms, type Term } from './words.ts'

/** Newest matches that are ranked; older ones follow by time, so that nothing is left out. */
const poolMax = 2_000
/** A word in so many items or more is not looked for when a search is relaxed, where rarer ones fill a page. */
const commonWordCount = 5_001

/** Words of a search that are counted to find the rarest: each is a walk through the index, and an address holds thousands. */
const countedTermsMax = 50

/** A page of a ranked search. */
export interface RankedPage {
  rows: ItemRow[]
  /** Where the ranked pool ends: older matches are listed by time beyond this `doc`. Null when there are none. */
  poolEnd: number | null
}

/**
 * The selection as it is meant: where fewer than a page of the project's items hold all the words, any of the rarest will
 * do. List, count, chart and export ask here, and the words alone decide, so that they always speak of the same items:
 * filters and ranges narrow what was found, and a week of a chart is what its link lists.
 */
export async function relaxSearch(db: Database, selection: Selection): Promise<Selection> {
  const wanted = tellingTerms(selection.terms.filter((term) => !term.excluded)).slice(0, countedTermsMax)
  if (wanted.length < 2) return selection
  const { project, environments, terms } = selection
  const words: Selection = { ...unfiltered, spam: 'with', project, environments, terms }
  const strict = await countUpTo(db, words, limits.pageDefault)
  if (strict >= limits.pageDefault) return selection
  const relaxed = await relaxedMatch(db, words, wanted)
  const found = relaxed === null ? 0 : await countUpTo(db, { ...words, relaxed }, limits.pageDefault)
  return found > strict ? { ...selection, relaxed } : selection
}

async function countUpTo(db: Database, selection: Selection, most: number): Promise<number> {
  return (await countStatement(db, selection, most).first<number>('count')) ?? 0
}

/**
 * The rarer half of the words, joined by OR, with all of them together still counting for more. Rare is what the project's own
 * items seldom say: how often others say it is nobody's business here.
 */
async function relaxedMatch(db: Database, selection: Selection, wanted: readonly Term[]): Promise<string | null> {
  const all = saidMatch(selection)
  const asked = wanted.map(({ match }) => `(said : ${match}) AND (scope : ${placesOf(selection)})`)
  const { results: counts } = await db
    .prepare(
      `SELECT (SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH asked.value LIMIT ${commonWordCount})) AS count
      FROM json_each(?) AS asked ORDER BY asked.key`,
    )
    .bind(JSON.stringify(asked))
    .all<{ count: number }>()
  const seen = wanted
    .map((term, i): [Term, number] => [term, counts[i]?.count ?? 0])
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => a - b)
  const half = seen.slice(0, Math.ceil(wanted.length / 2))
  const telling = half.filter(([, count]) => count < commonWordCount)
  const isPage = telling.reduce((sum, [, count]) => sum + count, 0) >= limits.pageDefault
  const rarest = (isPage ? telling : half).map(([term]) => term)
  return rarest.length === 0 || all === null ? null : `(${all} OR ${matchAny(rarest, selection.terms)})`
}

/**
 * Ranks the newest matches by bm25 and gives `limit` of them from `offset` on. The pool is picked newest first by words
 * and facets together; the score is taken from the words alone, because bm25 visits every document of every phrase it is
 * given, and a facet's token stands in many of them. Where no facet is asked for, one walk does both.
 */
export async function searchRanked(
  db: Database,
  selection: Selection,
  page: { offset: number; limit: number },
): Promise<RankedPage> {
  const said = saidMatch(selection) ?? '""'
  const { low, high } = docRange(selection)
  const source = wordsSource(selection, said)
  const score = 'bm25(words, 0, 1) AS score'
  const isOneWalk = isSaidAlone(selection)
  const scored = `SELECT words.rowid AS doc, ${score} FROM words
    WHERE words MATCH ? AND words.rowid >= (SELECT min(doc) FROM pool)
      AND words.rowid <= (SELECT max(doc) FROM pool) AND +words.rowid IN (SELECT doc FROM pool)`
  const { results } = await db
    .prepare(
      `WITH pool AS MATERIALIZED (
        SELECT words.rowid AS doc${isOneWalk ? `, ${score}` : ''} FROM words
        WHERE ${source.where} AND words.rowid >= ${docBound} AND words.rowid <= ${docBound}
        ORDER BY words.rowid DESC LIMIT ${poolMax}
      ), ranked AS MATERIALIZED (
        SELECT doc, score FROM (${isOneWalk ? 'SELECT doc, score FROM pool' : scored})
        ORDER BY score, doc DESC LIMIT ? OFFSET ?
      )
      SELECT ${itemColumns}, (SELECT min(doc) FROM pool) AS oldest, (SELECT count(*) FROM pool) AS size
      FROM ranked CROSS JOIN item ON item.doc = ranked.doc ORDER BY ranked.score, ranked.doc DESC`,
    )
    .bind(...source.bound, low, high, ...(isOneWalk ? [] : [`said : ${said}`]), page.limit, page.offset)
    .all<ItemRow & { oldest: number; size: number }>()
  const [first] = results
  const inTime = (row: ItemRow) =>
    (selection.from === null || row.created_at >= selection.from) &&
    (selection.to === null || row.created_at < selection.to) &&
    (selection.since === null || row.received_at >= selection.since)
  return {
    rows: results.filter(inTime),
    poolEnd: first !== undefined && first.size === poolMax ? first.oldest : null,
  }
}
