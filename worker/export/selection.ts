import {
  type CsvDelimiter,
  csvDelimiters,
  type ExportFormat,
  exportFormats,
  type ExportShape,
  exportShapes,
  type Issue,
} from '../../sdk/wire/index.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'

/** What an export is asked for besides its filters. */
export interface Wanted {
  format: ExportFormat
  shape: ExportShape
  /** Keys of columns; null for the default ones. */
  columns: string | null
  guard: boolean
  bom: boolean
  delimiter: CsvDelimiter
  /** Images go along, in an archive. */
  isArchive: boolean
  /** Received before, in epoch ms, where the asker says so. */
  asOf: number | null
  cursor: Cursor | null
  /** Items of this part; null for all that is left. */
  limit: number | null
}

/** Where a part begins, and what all parts of one export have to share. */
export interface Cursor {
  /** The `doc` of the last item before. */
  after: number
  /** What fixes the selection; see `Selection.bornBy`. */
  bornBy: number
  /** When the export began, in epoch ms. */
  asOf: number
  /** Whether the asker gave `asOf`. */
  isGiven: boolean
  /** Of the filters, the columns and how the table is written. */
  digest: string
}

/** The parameters of the route that are no filters. */
export const ownParameters = [
  'format',
  'columns',
  'shape',
  'guard',
  'bom',
  'delimiter',
  'attachments',
  'asOf',
  'cursor',
  'limit',
]

/** Which formats know a parameter. */
const formatsOf: Record<string, readonly ExportFormat[]> = {
  columns: ['csv', 'xlsx'],
  shape: ['csv', 'xlsx'],
  guard: ['csv'],
  bom: ['csv'],
  delimiter: ['csv'],
  attachments: ['csv', 'xlsx'],
  cursor: ['csv', 'ndjson'],
  limit: ['csv', 'ndjson'],
}
const choices: Record<string, readonly string[]> = {
  format: exportFormats,
  shape: exportShapes,
  guard: ['on', 'off'],
  bom: ['on', 'off'],
  delimiter: csvDelimiters,
  attachments: ['zip'],
}

/** Reads them; one that cannot be, or that the format does not know, is a failure that names it. */
export function readWanted(query: URLSearchParams, now: number): Outcome<Wanted> {
  const issues: Issue[] = []
  const bad = (path: string, reason: string) => void issues.push({ path, reason })
  const format = (query.get('format') ?? '') as ExportFormat
  for (const name of ownParameters) {
    const values = query.getAll(name)
    const [value] = values
    if (values.length > 1) bad(name, 'may stand once only')
    const allowed = choices[name]
    if ((value !== undefined || name === 'format') && allowed !== undefined && !allowed.includes(value ?? '')) {
      bad(name, `must be one of ${allowed.join(', ')}`)
    }
    const formats = formatsOf[name]
    if (value !== undefined && formats !== undefined && exportFormats.includes(format) && !formats.includes(format)) {
      bad(name, `is for ${formats.join(' and ')} alone`)
    }
  }
  if (query.has('attachments') && (query.has('limit') || query.has('cursor'))) {
    bad('attachments', 'makes one archive, which does not come in parts')
  }
  const limit = query.get('limit')
  const most = serverLimits.exportPartMax
  if (limit !== null && !(/^\d{1,6}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= most)) {
    bad('limit', `must be a whole number from 1 to ${most}`)
  }
  const asOf = readInstant(query.get('asOf'))
  if (Number.isNaN(asOf)) bad('asOf', 'is no instant: use 2026-11-22T09:30:00Z')
  if (asOf !== null && asOf > now) bad('asOf', 'lies in the future')
  if (issues.length > 0) {
    return failed('bad-filter', `'${issues[0]?.path}' ${issues[0]?.reason}.`, { issues })
  }
  const cursor = query.get('cursor')
  const start = cursor === null ? null : readCursor(cursor)
  if (start === 'unreadable' || (start !== null && asOf !== null && asOf !== start.asOf)) return badCursor
  return done({
    format,
    shape: (query.get('shape') ?? 'wide') as ExportShape,
    columns: query.get('columns'),
    guard: query.get('guard') !== 'off',
    bom: query.get('bom') !== 'off',
    delimiter: (query.get('delimiter') ?? 'comma') as CsvDelimiter,
    isArchive: query.get('attachments') === 'zip',
    asOf,
    cursor: start,
    limit: limit === null ? null : Number(limit),
  })
}

export const badCursor = failed(
  'bad-cursor',
  'This cursor is none of this export: its filters, its columns or how it is written are others. Begin again without one.',
)

function readInstant(text: string | null): number | null {
  if (text === null) return null
  return /^\d{4}-\d\d-\d\dT.+(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
}

/** A cursor as the wire gives it: opaque, and safe in an address. */
export function writeCursor({ after, bornBy, asOf, isGiven, digest }: Cursor): string {
  return `e1-${[after, bornBy, asOf, Number(isGiven)].map((part) => part.toString(36)).join('-')}-${digest}`
}

function readCursor(text: string): Cursor | 'unreadable' {
  const parts = /^e1-([0-9a-z]{1,11})-([0-9a-z]{1,11})-([0-9a-z]{1,11})-([01])-([0-9a-f]{16})$/.exec(text)
  if (parts === null) return 'unreadable'
  const [after = 0, bornBy = 0, asOf = 0, isGiven = 0] = parts.slice(1, 5).map((part) => Number.parseInt(part, 36))
  return { after, bornBy, asOf, isGiven: isGiven === 1, digest: parts[5] ?? '' }
}

/** What all parts of one export share, as 16 hexadecimal digits. */
export async function digestOf(
  query: URLSearchParams,
  keys: readonly string[],
  relaxed: string | null,
): Promise<string> {
  const asked = [...query].filter(([name]) => !['cursor', 'limit', 'asOf'].includes(name)).map((pair) => pair.join('='))
  const text = JSON.stringify([asked.toSorted(), keys, relaxed])
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
