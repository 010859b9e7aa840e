import { type CsvFault, type CsvRow, readRows } from '../../../sdk/mapping/csv.ts'
import { findDelimiter } from '../../../sdk/mapping/delimiter.ts'
import { detectEncoding, type Encoding } from '../../../sdk/mapping/encoding.ts'

/** A file as it was chosen. */
export interface Chosen {
  name: string
  bytes: Uint8Array
}

/** How a file is read. */
export interface Reading {
  encoding: Encoding
  delimiter: string
}

/** A file that was read: the names in its first line, and the rows below it. */
export interface Table {
  headers: string[]
  rows: CsvRow[]
  /** Where it stops being a table; the rows above are there. */
  fault: CsvFault | null
}

/** Rows that are read before the screen may draw again. */
const rowsAStep = 5_000

/** Lets the browser draw and listen. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/** Why a file is no table at all, in a sentence that says what to do; null where it may be one. */
export function refusalOf({ bytes }: Chosen): string | null {
  if (bytes.length === 0) return 'The file is empty.'
  const head = String.fromCharCode(...bytes.subarray(0, 4))
  if (head.startsWith('PK') || head.startsWith('\u00d0\u00cf')) {
    return 'This is a workbook or an archive. Open it, save the sheet as “CSV UTF-8”, and choose that file.'
  }
  if (head.startsWith('{') || head.startsWith('[')) {
    return 'This is JSON, not a table. An export in NDJSON goes in whole from the command line: npx earshot import FILE.'
  }
  return null
}

export function decode({ bytes }: Chosen, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(bytes)
}

/** How a file is probably meant. */
export function detect(chosen: Chosen): Reading {
  const encoding = detectEncoding(chosen.bytes)
  return {
    encoding,
    delimiter: findDelimiter(decode({ ...chosen, bytes: chosen.bytes.subarray(0, 100_000) }, encoding)),
  }
}

/** Reads all of a file, and lets the browser breathe in between; null when it is not wanted any more. */
export async function readTable(chosen: Chosen, reading: Reading, isWanted: () => boolean): Promise<Table | null> {
  await breathe()
  const found = readRows(decode(chosen, reading.encoding), reading.delimiter)
  const rows: CsvRow[] = []
  for (;;) {
    const next = found.next()
    if (next.done === true) {
      if (rows[0] && isHint(rows[0])) rows.shift()
      const [first, ...rest] = rows
      return { headers: first?.cells ?? [], rows: rest, fault: next.value }
    }
    rows.push(next.value)
    if (rows.length % rowsAStep === 0) await breathe()
    if (!isWanted()) return null
  }
}

/** A first line by which programs tell Excel the delimiter, such as `sep=;`: it is none of the table. */
const isHint = ({ cells }: CsvRow): boolean => cells.length === 2 && /^sep=$/i.test(cells[0] ?? '') && cells[1] === ''
