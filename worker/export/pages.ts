import type { EndMark, Feedback } from '../../sdk/wire/index.ts'
import { makeUtf8 } from './utf8.ts'

/** The items of an export, page by page; it returns the end mark, and throws where it breaks off. */
export type Pages = AsyncGenerator<readonly Feedback[], EndMark>

/** How a format turns pages into bytes. */
export interface Format {
  type: string
  extension: string
  stream: (pages: Pages) => ReadableStream<Uint8Array>
}

/** A format of lines: a head, the lines of each item, and an end that only a whole export gets. */
export interface Lines {
  head: string
  item: (item: Feedback, isFirst: boolean) => string
  end: (mark: EndMark) => string
}

/** Streams lines page by page, as they are asked for. A failure breaks the stream and never ends it cleanly. */
export function streamLines({ head, item, end }: Lines, pages: Pages): ReadableStream<Uint8Array> {
  const bytes = makeUtf8()
  let isFirst = true
  let isBegun = false
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      bytes.add(head)
      for (const piece of bytes.take()) controller.enqueue(piece)
    },
    pull: async (controller) => {
      // The head goes out before the first page is read.
      if (!isBegun) await new Promise((resolve) => setTimeout(resolve, 0))
      isBegun = true
      const page = await pages.next()
      if (page.done === true) bytes.add(end(page.value))
      else {
        for (const one of page.value) {
          bytes.add(item(one, isFirst))
          isFirst = false
        }
      }
      const pieces = bytes.take()
      for (const piece of pieces) controller.enqueue(piece)
      if (page.done === true) controller.close()
      // Where a page wrote nothing, the stream would wait for ever to be pulled again.
      else if (pieces.length === 0) controller.enqueue(new Uint8Array(0))
    },
    cancel: async () => {
      await pages.return({ end: true, count: 0 })
    },
  })
}
