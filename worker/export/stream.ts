import type { EndMark, Feedback } from '../../sdk/wire/index.ts'
import type { Viewer } from '../access/links.ts'
import { serverLimits } from '../limits.ts'
import type { Database } from '../storage/database.ts'
import { countErased, type ExportPage, readExportPage, type Stretch } from '../storage/export.ts'
import { unpack } from '../storage/packed-row.ts'
import type { Selection } from '../storage/selection.ts'
import type { RowsOf } from './column.ts'
import type { Pages } from './pages.ts'

/** What an export reads, and what was said of it before it began. */
export interface Reading {
  db: Database
  selection: Selection
  stretch: Stretch
  /** Rows that were announced. */
  expected: number
  /** Where the next part begins, for the end mark. */
  next: string | null
  /** Makes links of images. */
  view: Viewer
}

/**
 * Reads the items of a selection, oldest first, in pages by keyset and in constant memory; the next page is read while
 * one is written, some of its items at a time. Its end mark says what became of announced rows that did not come.
 */
export async function* readPages(reading: Reading, rowsOf: RowsOf): Pages {
  const { db, selection, stretch, view } = reading
  let after = stretch.after
  let count = 0
  const { firstRows, rows: rowsMax, bytes, rowsAtOnce } = serverLimits.exportPage
  let size: number = firstRows
  const read = () => {
    const page = readExportPage(db, selection, { ...stretch, after }, { rows: size, bytes })
    size = Math.min(rowsMax, size * 2)
    // Where nobody asks for it any more, its failure concerns nobody.
    page.catch(() => undefined)
    return page
  }
  for (let ahead: Promise<ExportPage> | null = read(); ahead !== null;) {
    const { rows, isLast }: ExportPage = await ahead
    after = rows.at(-1)?.doc ?? after
    ahead = isLast ? null : read()
    for (let i = 0; i < rows.length; i += rowsAtOnce) {
      const items: Feedback[] = await view(rows.slice(i, i + rowsAtOnce).map(unpack))
      for (const item of items) count += rowsOf(item).length
      yield items
    }
  }
  return endMark(reading, count)
}

async function endMark({ db, selection, expected, next }: Reading, count: number): Promise<EndMark> {
  const gap = expected - count
  const erasedSince = gap > 0 ? await countErased(db, selection.project, selection.bornBy ?? 0) : 0
  const erased = Math.min(Math.max(gap, 0), erasedSince)
  const moved = count + erased - expected
  return {
    end: true,
    count,
    ...(erased === 0 ? {} : { erased }),
    ...(moved === 0 ? {} : { moved }),
    ...(next === null ? {} : { next }),
  }
}
