import type { EndMark } from '../../sdk/wire/index.ts'
import type { Table } from './column.ts'
import type { Pages } from './pages.ts'
import { columnName } from './sheet-text.ts'
import { columnNames, type Cuts, factsSheet, sheetFoot, sheetHead, sheetRow } from './sheet.ts'
import { makeUtf8 } from './utf8.ts'
import { closingParts, openingParts, type SheetEntry } from './workbook.ts'
import { type ZipEntry, zipStream } from './zip.ts'

/** A line of the second sheet. */
export type Fact = readonly [name: string, value: string | number]

export interface XlsxOptions {
  /** What the second sheet says of the selection. */
  facts: readonly Fact[]
  /** Rows of one sheet, its head left out; Excel takes no more. */
  rowsMax?: number
  /** Bytes of one sheet before it is compressed: programs read no part of 4 GB. */
  bytesMax?: number
}

export const sheetRowsMax = 1_048_575
const sheetBytesMax = 3_000_000_000
/** Rows that are made into text, and bytes that are compressed, before somebody must have read what came of them. */
const rowsAtOnce = 100
const pieceBytes = 128_000
const sheetName = 'Feedback'
const factsName = 'About this export'

/**
 * Streams a workbook: the rows in one sheet, or further ones where there are more than a sheet holds, and a sheet that
 * says what they are. A failure leaves an archive without its directory, which no program opens as a whole one.
 */
export function streamXlsx(table: Table, pages: Pages, options: XlsxOptions): ReadableStream<Uint8Array> {
  return zipStream(parts(table, pages, options), { zip64: false })
}

async function* parts(table: Table, pages: Pages, options: XlsxOptions): AsyncGenerator<ZipEntry> {
  for (const [name, text] of openingParts) yield { name, bytes: once(text) }
  const state: State = { pages: rowPages(table, pages), rows: 0, cuts: { cells: 0 }, left: [], end: null }
  const sheets: SheetEntry[] = []
  do {
    const before = state.rows
    const at = sheets.length + 1
    const path = at === 1 ? 'worksheets/sheet1.xml' : `worksheets/sheet${at + 1}.xml`
    yield { name: `xl/${path}`, bytes: sheet(table, state, at === 1, options) }
    const range = `$A$1:$${columnName(table.columns.length - 1)}$${state.rows - before + 1}`
    sheets.push({ name: at === 1 ? sheetName : `${sheetName} ${at}`, path, filtered: range })
  } while (state.end === null)
  const facts: Fact[] = [
    ...options.facts,
    ['Rows', state.rows],
    ['Complete', completeness(state.end)],
    ...(sheets.length > 1 ? [['Sheets of rows', sheets.length] as const] : []),
    [
      'Cells that were cut',
      state.cuts.cells === 0 ? 'None' : `${state.cuts.cells}, which are longer than the 32,767 characters a cell holds`,
    ],
  ]
  const path = 'worksheets/sheet2.xml'
  yield { name: `xl/${path}`, bytes: once(factsSheet(facts)) }
  sheets.splice(1, 0, { name: factsName, path, filtered: null })
  for (const [name, text] of closingParts(sheets)) yield { name, bytes: once(text) }
}

function completeness({ erased = 0, moved = 0 }: EndMark): string {
  const more = [
    ...(erased === 0 ? [] : [`${erased} announced rows were erased while it was written`]),
    ...(moved === 0 ? [] : [`${Math.abs(moved)} ${moved > 0 ? 'came in' : 'fell out'} as items changed meanwhile`]),
  ]
  return ['Yes: everything that was selected is here', ...more].join('; ')
}

const encoder = new TextEncoder()

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield encoder.encode(text)
}

type Row = Parameters<typeof sheetRow>[3]

interface State {
  pages: AsyncGenerator<Row[], EndMark>
  rows: number
  cuts: Cuts
  /** Rows of a page that the last sheet had no room for. */
  left: Row[]
  /** Set once everything is written. */
  end: EndMark | null
}

/** Pages of rows instead of items. */
async function* rowPages({ rowsOf }: Table, pages: Pages): AsyncGenerator<Row[], EndMark> {
  for (;;) {
    const page = await pages.next()
    if (page.done === true) return page.value
    yield page.value.flatMap((item) => rowsOf(item).map((answer): Row => [item, answer]))
  }
}

async function* sheet(
  { columns }: Table,
  state: State,
  isFirst: boolean,
  { rowsMax = sheetRowsMax, bytesMax = sheetBytesMax }: XlsxOptions,
): AsyncGenerator<Uint8Array> {
  const names = columnNames(columns)
  let row = 1
  let bytes = 0
  const text = makeUtf8(pieceBytes)
  yield encoder.encode(sheetHead(columns, isFirst))
  for (;;) {
    if (state.left.length === 0) {
      const page = await state.pages.next()
      if (page.done === true) {
        state.end = page.value
        break
      }
      state.left = page.value
    }
    const room = bytes < bytesMax ? rowsMax - (row - 1) : 0
    if (room <= 0 && state.left.length > 0) break
    const written = state.left.splice(0, Math.min(room, rowsAtOnce))
    for (const one of written) text.add(sheetRow(columns, names, ++row, one, state.cuts))
    state.rows += written.length
    for (const piece of text.take()) {
      bytes += piece.length
      yield piece
    }
  }
  yield encoder.encode(sheetFoot(columns, row))
}
