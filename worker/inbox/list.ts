import type { FeedbackList } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { type Cursor, writeCursor } from '../filters/cursor.ts'
import type { Database } from '../storage/database.ts'
import { countListed, listByTime } from '../storage/listing.ts'
import { type ItemRow, toFeedback } from '../storage/row.ts'
import { searchRanked, searchRelaxed } from '../storage/search.ts'
import type { Selection } from '../storage/selection.ts'

/** One page of a list: by rank where words are searched for, else by time. */
export async function listPage(
  db: Database,
  selection: Selection,
  page: { cursor: Cursor | null; limit: number },
): Promise<FeedbackList> {
  const ranked = selection.terms.some((term) => !term.excluded) && (selection.sort ?? 'relevance') === 'relevance'
  const counting = countListed(db, selection)
  const listing =
    ranked && page.cursor?.by !== 'time' ? listByRank(db, selection, page) : listByDoc(db, selection, page)
  const [counted, listed] = await Promise.all([counting, listing])
  const total = listed.relaxed ? listed.total : counted.total
  return {
    items: listed.rows.map(toFeedback),
    next: listed.next === null ? null : writeCursor(listed.next),
    total,
    hidden: counted.hidden,
    ...(listed.relaxed ? { relaxed: true } : {}),
  }
}

interface Listed {
  rows: ItemRow[]
  next: Cursor | null
  relaxed: boolean
  total: FeedbackList['total']
}

const uncounted = { count: 0, exact: false }

async function listByDoc(
  db: Database,
  selection: Selection,
  page: { cursor: Cursor | null; limit: number },
): Promise<Listed> {
  const after = page.cursor?.by === 'time' ? page.cursor.doc : null
  const rows = await listByTime(db, selection, { after, limit: page.limit + 1 })
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  const next = rows.length > page.limit && last !== undefined ? ({ by: 'time', doc: last.doc } as const) : null
  return { rows: shown, next, relaxed: false, total: uncounted }
}

async function listByRank(
  db: Database,
  selection: Selection,
  page: { cursor: Cursor | null; limit: number },
): Promise<Listed> {
  const { offset, relaxed } = page.cursor?.by === 'rank' ? page.cursor : { offset: 0, relaxed: false }
  const wanted = { offset, limit: page.limit + 1 }
  const strict = relaxed ? null : await searchRanked(db, selection, wanted)
  const tooFew = offset === 0 && strict !== null && strict.rows.length < page.limit
  const loose = relaxed || tooFew ? await searchRelaxed(db, selection, wanted) : null
  const useLoose = loose !== null && loose.rows.length > (strict?.rows.length ?? 0)
  const found = useLoose ? loose : strict
  if (found === null) return { rows: [], next: null, relaxed: false, total: uncounted }
  const more = found.rows.length > page.limit
  const rows = found.rows.slice(0, page.limit)
  const older: Cursor | null = found.poolEnd === null || useLoose ? null : { by: 'time', doc: found.poolEnd }
  return {
    rows,
    next: more ? { by: 'rank', offset: offset + page.limit, relaxed: useLoose } : older,
    relaxed: useLoose,
    total: { count: Math.min(found.matches, limits.countMax), exact: found.matches < limits.countMax },
  }
}
