import type { Feedback, SurveyAnswer } from '../../sdk/wire/index.ts'
import type { Column } from './column.ts'
import { cellMax, columnName, cutToCell, sheetText } from './sheet-text.ts'

/** Styles of cells, by their place in `xl/styles.xml`. */
export const styles = { plain: 0, date: 1, head: 2, wrapped: 3 } as const

const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
export const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const widthDefault = 18

/** White space that a program may take away unless it is told not to. */
const mayBeTrimmed = /^\s|\s$|\s\s|[\t\n]/

/** Saying for every cell that white space counts would be a third of a sheet. */
function inline(reference: string, style: number, text: string): string {
  const space = mayBeTrimmed.test(text) ? ' xml:space="preserve"' : ''
  const styled = style === styles.plain ? '' : ` s="${style}"`
  return `<c r="${reference}"${styled} t="inlineStr"><is><t${space}>${sheetText(text)}</t></is></c>`
}

/** The beginning of a sheet: its first row stays in sight. */
export function sheetHead(columns: readonly Column[], isFirst: boolean): string {
  const widths = columns
    .map(({ width = widthDefault }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  const heads = columns.map(({ header }, i) => inline(`${columnName(i)}1`, styles.head, cutToCell(header))).join('')
  return `${xml}<worksheet xmlns="${namespace}"><sheetViews><sheetView ${isFirst ? 'tabSelected="1" ' : ''}workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths}</cols><sheetData><row r="1">${heads}</row>`
}

/** The end of a sheet, with filters over its rows. */
export const sheetFoot = (columns: readonly Column[], lastRow: number): string =>
  `</sheetData><autoFilter ref="A1:${columnName(columns.length - 1)}${lastRow}"/></worksheet>`

/** The names of the columns, made once a sheet. */
export const columnNames = (columns: readonly Column[]): string[] => columns.map((_, i) => columnName(i))

/** Cells that had to be cut. */
export interface Cuts {
  cells: number
}

/**
 * One row. Texts are written as texts whatever they look like, so nothing in them is ever evaluated; so are booleans, of
 * which LibreOffice would make formulas.
 */
export function sheetRow(
  columns: readonly Column[],
  names: readonly string[],
  row: number,
  [item, answer]: readonly [Feedback, SurveyAnswer | undefined],
  cuts: Cuts,
): string {
  let text = `<row r="${row}">`
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i] as Column
    const value = column.cell(item, answer)
    if (value === undefined || value === '') continue
    const reference = `${names[i]}${row}`
    const serial = column.clock === undefined ? null : serialOf(column.clock(item))
    if (serial !== null) text += `<c r="${reference}" s="${styles.date}"><v>${serial}</v></c>`
    else if (typeof value === 'number' && isExact(value)) text += `<c r="${reference}"><v>${value}</v></c>`
    else {
      const whole = String(value)
      if (whole.length > cellMax) cuts.cells++
      text += inline(reference, styles.plain, cutToCell(whole))
    }
  }
  return `${text}</row>`
}

/** A sheet of two columns, each line a name and what it is. */
export function factsSheet(lines: readonly (readonly [string, string | number])[]): string {
  const rows = lines.map(([name, value], i) => {
    const cell =
      typeof value === 'number'
        ? `<c r="B${i + 1}"><v>${value}</v></c>`
        : inline(`B${i + 1}`, styles.wrapped, cutToCell(value))
    return `<row r="${i + 1}">${inline(`A${i + 1}`, styles.head, name)}${cell}</row>`
  })
  return `${xml}<worksheet xmlns="${namespace}"><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="28" customWidth="1"/><col min="2" max="2" width="90" customWidth="1"/></cols><sheetData>${rows.join('')}</sheetData></worksheet>`
}

const dayMs = 86_400_000
/** Day 0 of spreadsheets, whose calendar is right from March 1900 on, and the last day they know. */
const epoch = Date.UTC(1899, 11, 30)
const first = Date.UTC(1900, 2, 1)
const beyond = Date.UTC(10_000, 0, 1)

/** A wall clock's time as spreadsheets count days; null for those they cannot show, which are written as text. */
export function serialOf(clock: number): number | null {
  return clock >= first && clock < beyond ? (clock - epoch) / dayMs : null
}

/** Spreadsheets keep 15 digits of a number. */
const isExact = (value: number): boolean => Number.isFinite(value) && Number(value.toPrecision(15)) === value
