import type { Viewer } from '../access/links.ts'
import { serverLimits } from '../limits.ts'
import type { Database } from '../storage/database.ts'
import { listByTime } from '../storage/listing.ts'
import { toItem } from '../storage/row.ts'
import type { Selection } from '../storage/selection.ts'
import type { Format } from './format.ts'

/**
 * Streams every item of a selection, oldest first, in pages by keyset and in constant memory. A failure breaks the
 * stream and never ends it cleanly; `expected` less what came is what was erased meanwhile;
 * `view` makes links of images.
 */
export function streamExport(
  db: Database,
  selection: Selection,
  format: Format,
  expected: number,
  view: Viewer,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const oldestFirst: Selection = { ...selection, sort: 'oldest' }
  let after: number | null = null
  let count = 0
  const readPage = (from: number | null) => listByTime(db, oldestFirst, { after: from, limit: serverLimits.exportPage })
  let ahead: ReturnType<typeof readPage> | null = null
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (format.head !== '') controller.enqueue(encoder.encode(format.head))
    },
    pull: async (controller) => {
      const rows = await (ahead ?? readPage(after))
      const last = rows.at(-1)
      after = last?.doc ?? after
      // The next page is read while this one is written.
      ahead = rows.length === serverLimits.exportPage ? readPage(after) : null
      ahead?.catch(() => undefined)
      let text = ''
      const items = await view(rows.map(toItem))
      for (const item of items) text += format.item(item, count++ === 0)
      const isLast = ahead === null
      if (isLast) text += format.end({ end: true, count, ...(expected > count ? { erased: expected - count } : {}) })
      if (text !== '') controller.enqueue(encoder.encode(text))
      if (isLast) controller.close()
    },
  })
}
