import type { Feedback } from '../../sdk/wire/index.ts'
import type { Column } from './columns.ts'

/** How a CSV is written. */
export interface CsvOptions {
  /** Guard cells that a spreadsheet would take for a formula. */
  guard: boolean
  /** Begin with a byte order mark, by which Excel knows UTF-8. */
  bom: boolean
}

/**
 * Beginnings that make spreadsheets run a cell, with their full-width forms.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const runnable = /^[=+\-@\t\r\n\u0000\uFF1D\uFF0B\uFF0D\uFF20]/

/**
 * The first line of a CSV (RFC 4180, CRLF), byte order mark included.
 */
export function csvHead(columns: readonly Column[], options: CsvOptions): string {
  return `${options.bom ? '\uFEFF' : ''}${columns.map(({ header }) => csvCell(header, options.guard)).join(',')}\r\n`
}

/** One item as a line of CSV. Numbers are never guarded. */
export function csvRow(columns: readonly Column[], item: Feedback, options: CsvOptions): string {
  let row = ''
  for (const [i, { cell }] of columns.entries()) row += (i === 0 ? '' : ',') + csvCell(cell(item), options.guard)
  return `${row}\r\n`
}

/** One cell: quoted where it must be, guarded with an apostrophe where a spreadsheet would run it. */
export function csvCell(value: string | number | boolean | undefined, guard: boolean): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const text = guard && runnable.test(value) ? `'${value}` : value
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
