import type { FeedbackList } from '../../sdk/wire/index.ts'
import type { Viewer } from '../access/links.ts'
import { type Cursor, writeCursor } from '../filters/cursor.ts'
import type { Database } from '../storage/database.ts'
import { countListed, listByTime } from '../storage/listing.ts'
import { type ItemRow, toItem } from '../storage/row.ts'
import { relaxSearch, searchRanked } from '../storage/search.ts'
import type { Selection } from '../storage/selection.ts'

/**
 * One page of a list: by rank where words are searched for, else by time. The first page is one of `begin`, which is what
 * is left of the list where it begins later; counts are of the whole list.
 */
export async function listPage(
  db: Database,
  selection: Selection,
  page: { cursor: Cursor | null; limit: number; begin: Selection },
  view: Viewer,
): Promise<FeedbackList> {
  const meant = await relaxSearch(db, selection)
  const ranked = selection.terms.some((term) => !term.excluded) && (selection.sort ?? 'relevance') === 'relevance'
  const listing =
    ranked && page.cursor?.by !== 'time' ? listByRank(db, meant, page) : listByDoc(db, narrowed(meant, page), page)
  const [{ total, hidden }, { rows, next }] = await Promise.all([countListed(db, meant), listing])
  return {
    items: await view(rows.map(toItem)),
    next: next === null ? null : writeCursor(next),
    total,
    hidden,
    ...(meant.relaxed === null ? {} : { relaxed: true }),
  }
}

function narrowed(meant: Selection, { cursor, begin }: { cursor: Cursor | null; begin: Selection }): Selection {
  return cursor === null ? { ...meant, from: begin.from, to: begin.to } : meant
}

interface Listed {
  rows: ItemRow[]
  next: Cursor | null
}

interface Page {
  cursor: Cursor | null
  limit: number
}

async function listByDoc(db: Database, selection: Selection, page: Page): Promise<Listed> {
  const after = page.cursor?.by === 'time' ? page.cursor.doc : null
  const rows = await listByTime(db, selection, { after, limit: page.limit + 1 })
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > page.limit && last !== undefined ? { by: 'time', doc: last.doc } : null }
}

async function listByRank(db: Database, selection: Selection, page: Page): Promise<Listed> {
  const offset = page.cursor?.by === 'rank' ? page.cursor.offset : 0
  const { rows, poolEnd } = await searchRanked(db, selection, { offset, limit: page.limit + 1 })
  const older: Cursor | null = poolEnd === null ? null : { by: 'time', doc: poolEnd }
  return {
    rows: rows.slice(0, page.limit),
    next: rows.length > page.limit ? { by: 'rank', offset: offset + page.limit } : older,
  }
}
