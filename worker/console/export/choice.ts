import { signal } from '@preact/signals'
import type { CsvDelimiter, ExportFormat, ExportShape } from '../../../sdk/wire/index.ts'

export const formats = [
  { key: 'csv', name: 'CSV', use: 'Opens in Excel, Sheets and LibreOffice' },
  { key: 'xlsx', name: 'Excel', use: 'A workbook with real dates; nothing in it is ever run' },
  { key: 'ndjson', name: 'NDJSON', use: 'One item a line, for warehouses and scripts' },
  { key: 'json', name: 'JSON', use: 'One array, for small things' },
] as const satisfies { key: ExportFormat; name: string; use: string }[]

/** What was chosen the last time on this machine. */
export interface Choice {
  format: ExportFormat
  shape: ExportShape
  /** Of a CSV; null for what Excel expects on this computer, as far as a browser can tell. */
  delimiter: CsvDelimiter | null
  /** IANA name; null for the project's own. */
  zone: string | null
  /** Keys in their order; null for all. */
  columns: string[] | null
  /** Images go along, in an archive. */
  images: boolean
}

/** What most people look for first; only those that a project has are taken. */
export const firstColumns = [
  'createdAt',
  'kind',
  'message',
  'rating',
  'status',
  'labels',
  'name',
  'personEmail',
  'accountName',
  'url',
]

const storageKey = 'earshot.export'
const standard: Choice = {
  format: 'csv',
  shape: 'wide',
  delimiter: null,
  zone: null,
  columns: null,
  images: false,
}

export const delimiters = [
  { key: 'comma', name: 'Comma' },
  { key: 'semicolon', name: 'Semicolon' },
  { key: 'tab', name: 'Tab' },
] as const satisfies { key: CsvDelimiter; name: string }[]

/** Where decimals have a comma, Excel separates by semicolons, and would show a row of commas as one cell. */
export function delimiterHere(locale?: string): CsvDelimiter {
  const decimal = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')
  return decimal?.value === ',' ? 'semicolon' : 'comma'
}

export const choice = signal<Choice>(remembered())

/** Changes it, and remembers it. */
export function choose(next: Partial<Choice>): void {
  choice.value = { ...choice.value, ...next }
  try {
    localStorage.setItem(storageKey, JSON.stringify(choice.value))
  } catch {
    // Storage is denied: the choice lasts as long as the page.
  }
}

function remembered(): Choice {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Choice>
    const { format, shape, delimiter, zone, columns, images } = kept
    return {
      format: formats.find(({ key }) => key === format)?.key ?? standard.format,
      shape: shape === 'long' ? 'long' : 'wide',
      delimiter: delimiters.find(({ key }) => key === delimiter)?.key ?? null,
      zone: typeof zone === 'string' ? zone : null,
      columns: Array.isArray(columns) && columns.every((key) => typeof key === 'string') ? columns : null,
      images: images === true,
    }
  } catch {
    // Nothing that can be read: as for somebody who is here for the first time.
    return standard
  }
}

export const isTable = (format: ExportFormat): boolean => format === 'csv' || format === 'xlsx'

/**
 * The zone of the second column of times. Where days are filtered it is the one they are counted in, because one
 * parameter says both.
 */
export function zoneOf(
  query: URLSearchParams,
  chosen: string | null,
  project: string,
): { zone: string; isFixed: boolean } {
  const days = query.has('from') || query.has('to') || query.has('since')
  const filtered = query.get('tz') ?? (days ? 'UTC' : null)
  return filtered === null ? { zone: chosen ?? project, isFixed: false } : { zone: filtered, isFixed: true }
}

/** The query string of an export, without `format`. */
export function exportQuery(
  list: URLSearchParams,
  { format, shape, delimiter, columns, images }: Choice,
  zone: string,
): URLSearchParams {
  const query = new URLSearchParams(list)
  // The order on screen is not the order of an export.
  query.delete('sort')
  if (!isTable(format)) return query
  query.set('tz', zone)
  if (shape === 'long') query.set('shape', shape)
  const between = delimiter ?? delimiterHere()
  if (format === 'csv' && between !== 'comma') query.set('delimiter', between)
  if (images) query.set('attachments', 'zip')
  if (columns !== null) query.set('columns', columns.map(quoted).join(','))
  return query
}

const quoted = (key: string): string => (/[,"]/.test(key) ? `"${key.replaceAll('"', '""')}"` : key)
