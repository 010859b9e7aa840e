import { CsvError, parse } from 'csv-parse'
import type { Info } from 'csv-parse'
import { findDelimiter } from '../../mapping/delimiter.ts'
import { Failure } from '../failure.ts'
import { readText } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** One record of a table, and the line it begins on. */
export interface Row {
  line: number
  cells: string[]
}

const lineEnds = ['\r\n', '\n']

/**
 * Reads a table (RFC 4180; any delimiter) record by record, the header first, in constant memory.
 *
 * @param delimiter found out from the first line when it is not given
 * @throws Failure naming the line where the file stops being CSV
 */
export async function* readCsv(file: SourceFile, delimiter?: string): AsyncGenerator<Row> {
  const text = readText(file)
  const first = await text.next()
  const start = first.done ? '' : first.value
  const parser = parse({
    delimiter: delimiter ?? findDelimiter(start),
    // A file of an old Mac ends its lines with CR alone; elsewhere a CR belongs to the text.
    record_delimiter: start.includes('\n') || !start.includes('\r') ? lineEnds : ['\r'],
    relax_column_count: true,
    info: true,
  })
  const feeding = feed(parser, start, text)
  let line = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      // An empty line is no row.
      if (record.length > 1 || record[0] !== '') yield { line, cells: record }
      line = info.lines + 1
    }
    await feeding
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Failure('wrongUse', `${file.path} is no CSV from line ${line} on: ${explain(error)}`, { cause: error })
  } finally {
    parser.destroy()
  }
}

async function feed(parser: ReturnType<typeof parse>, start: string, rest: AsyncGenerator<string>): Promise<void> {
  try {
    await write(parser, start)
    for await (const piece of rest) await write(parser, piece)
    parser.end()
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error(String(error)))
  }
}

async function write(parser: ReturnType<typeof parse>, piece: string): Promise<void> {
  if (parser.destroyed || piece === '' || parser.write(piece)) return
  await new Promise<void>((resolve) => {
    const go = () => {
      parser.off('drain', go).off('close', go)
      resolve()
    }
    parser.on('drain', go).on('close', go)
  })
}

function explain(error: CsvError): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote opens there and is never closed.'
  if (error.code === 'INVALID_OPENING_QUOTE') {
    return 'a quote stands inside a field that is not quoted. Put the field in quotes and double the quote ("").'
  }
  if (error.code === 'CSV_INVALID_CLOSING_QUOTE') {
    return 'something follows a closing quote. Double a quote that belongs to the text ("").'
  }
  return `${error.message}.`
}
