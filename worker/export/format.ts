import type { EndMark, ExportFormat } from '../../sdk/wire/index.ts'
import type { Table } from './column.ts'
import { csvHead, type CsvOptions, csvRows } from './csv.ts'
import { type Format, type Lines, streamLines } from './pages.ts'
import { type Fact, streamXlsx } from './xlsx.ts'

/** How a table or its items are written. */
export interface FormatOptions extends CsvOptions {
  /** Goes on where an earlier part ended: without what only stands at the beginning of a file. */
  isContinued: boolean
  /** What the second sheet of a workbook says. */
  facts: readonly Fact[]
}

const types: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ndjson: 'application/x-ndjson',
  json: 'application/json',
}

/** The writer of a format. */
export function formatOf(name: ExportFormat, table: Table, options: FormatOptions): Format {
  const base = { type: types[name], extension: name }
  if (name === 'xlsx') return { ...base, stream: (pages) => streamXlsx(table, pages, options) }
  const lines = linesOf(name, table, options)
  const type = name === 'csv' && options.isContinued ? 'text/csv; charset=utf-8; header=absent' : base.type
  return { ...base, type, stream: (pages) => streamLines(lines, pages) }
}

function linesOf(name: Exclude<ExportFormat, 'xlsx'>, table: Table, options: FormatOptions): Lines {
  switch (name) {
    case 'csv':
      return {
        head: options.isContinued ? '' : csvHead(table.columns, options),
        item: (item) => csvRows(table, item, options),
        end: () => '',
      }
    case 'ndjson':
      return {
        head: '',
        item: (item) => `${JSON.stringify(item)}\n`,
        end: (mark: EndMark) => `${JSON.stringify(mark)}\n`,
      }
    case 'json':
      return {
        head: '[',
        item: (item, isFirst) => `${isFirst ? '\n' : ',\n'}${JSON.stringify(item)}`,
        end: () => '\n]\n',
      }
  }
}
