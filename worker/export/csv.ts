import type { Cell, Column, Table } from './column.ts'
import { type CsvDelimiter, csvDelimiterSigns, type Feedback } from '../../sdk/wire/index.ts'

/** How a CSV is written. */
export interface CsvOptions {
  /** Guard cells that a spreadsheet would take for a formula. */
  guard: boolean
  /** Begin with a byte order mark, by which Excel knows UTF-8. */
  bom: boolean
  /** What stands between two cells. */
  delimiter: CsvDelimiter
}

/**
 * Beginnings that make spreadsheets run a cell: = + - @ tab CR LF NUL, and the full-width forms of the first four.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const runnable: ReadonlySet<number> = new Set([0x3d, 0x2b, 0x2d, 0x40, 9, 13, 10, 0, 0xff1d, 0xff0b, 0xff0d, 0xff20])

/** Whether a guard is needed: where the text runs, or would be taken for a guarded one when guards are taken away. */
function isRunnable(text: string): boolean {
  let at = 0
  while (text.charCodeAt(at) === 0x27) at++
  return runnable.has(text.charCodeAt(at))
}

/** The first line of a CSV (RFC 4180, CRLF), byte order mark included. */
export function csvHead(columns: readonly Column[], options: CsvOptions): string {
  const cells = columns.map(({ header }) => csvCell(header, options))
  return `${options.bom ? '\uFEFF' : ''}${cells.join(csvDelimiterSigns[options.delimiter])}\r\n`
}

/** The rows of one item. */
export function csvRows({ columns, rowsOf }: Table, item: Feedback, options: CsvOptions): string {
  const delimiter = csvDelimiterSigns[options.delimiter]
  let text = ''
  for (const answer of rowsOf(item)) {
    for (let i = 0; i < columns.length; i++) {
      const value = columns[i]?.cell(item, answer)
      if (i > 0) text += delimiter
      if (value !== undefined) text += csvCell(value, options)
    }
    text += '\r\n'
  }
  return text
}

const special: Record<CsvDelimiter, RegExp> = { comma: /[",\r\n]/, semicolon: /[";\r\n]/, tab: /["\t\r\n]/ }

/**
 * One cell: guarded with an apostrophe where a spreadsheet would run it, then quoted where it must be, or begins or ends
 * with white space. Numbers and booleans are never guarded.
 */
export function csvCell(value: Cell, { guard, delimiter }: CsvOptions): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  if (value === '') return ''
  const text = guard && isRunnable(value) ? `'${value}` : value
  if (special[delimiter].test(text)) return `"${text.replaceAll('"', '""')}"`
  return isSpace(text.charCodeAt(0)) || isSpace(text.charCodeAt(text.length - 1)) ? `"${text}"` : text
}

/** White space that programs trim: up to the blank, no-break space, byte order mark and beyond. */
function isSpace(code: number): boolean {
  return code <= 0x20 || (code >= 0x7f && /\s/.test(String.fromCharCode(code)))
}
