import { openAsBlob } from 'node:fs'
import { BlobReader, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js'

/** The second sheet says what the export is; all others hold rows, each below a line of names. */
const rowSheet = /^xl\/worksheets\/sheet(?!2\.xml$)\d+\.xml$/
const rowStart = '<row '

/**
 * Counts the rows of a workbook.
 *
 * @returns null where it is not whole: its directory stands at the end
 */
export async function countRows(path: string): Promise<number | null> {
  const zip = new ZipReader(new BlobReader(await openAsBlob(path)), {
    useWebWorkers: false,
    useCompressionStream: true,
  })
  try {
    let rows = 0
    for (const entry of await zip.getEntries()) {
      if (entry.directory || !rowSheet.test(entry.filename)) continue
      const counter = makeCounter()
      await entry.getData(counter.sink)
      rows += counter.count - 1
    }
    return rows
  } catch {
    // No archive, or one that was cut.
    return null
  } finally {
    await zip.close()
  }
}

/** Counts where rows begin, in whatever pieces they come. */
function makeCounter(): { sink: WritableStream<Uint8Array>; readonly count: number } {
  const decoder = new TextDecoder('latin1')
  let count = 0
  let rest = ''
  return {
    get count() {
      return count
    },
    sink: new WritableStream({
      write(chunk: Uint8Array) {
        const text = rest + decoder.decode(chunk)
        for (let at = text.indexOf(rowStart); at >= 0; at = text.indexOf(rowStart, at + 1)) count++
        rest = text.slice(-(rowStart.length - 1))
      },
    }),
  }
}
