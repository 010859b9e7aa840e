import type { EndMark, Feedback } from '../../sdk/wire/index.ts'
import type { Column } from './columns.ts'
import { csvHead, type CsvOptions, csvRow } from './csv.ts'

/** A format writes a head, each item, and an end that only a whole export gets. */
export interface Format {
  type: string
  extension: string
  head: string
  item: (item: Feedback, isFirst: boolean) => string
  end: (mark: EndMark) => string
}

export const formatNames = ['csv', 'ndjson', 'json'] as const
export type FormatName = (typeof formatNames)[number]

/** The writer of a format. */
export function formatOf(name: FormatName, columns: readonly Column[], csv: CsvOptions): Format {
  switch (name) {
    case 'csv':
      return {
        type: 'text/csv; charset=utf-8; header=present',
        extension: 'csv',
        head: csvHead(columns, csv),
        item: (item) => csvRow(columns, item, csv),
        end: () => '',
      }
    case 'ndjson':
      return {
        type: 'application/x-ndjson',
        extension: 'ndjson',
        head: '',
        item: (item) => `${JSON.stringify(item)}\n`,
        end: (mark) => `${JSON.stringify(mark)}\n`,
      }
    case 'json':
      return {
        type: 'application/json',
        extension: 'json',
        head: '[',
        item: (item, isFirst) => `${isFirst ? '\n' : ',\n'}${JSON.stringify(item)}`,
        end: () => '\n]\n',
      }
  }
}
