/** What `GET /v1/export` writes. */
export const exportFormats = ['csv', 'xlsx', 'ndjson', 'json'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** The rows of a table: `wide` is one row an item, `long` one row an answer to a survey's question. */
export const exportShapes = ['wide', 'long'] as const
export type ExportShape = (typeof exportShapes)[number]

/** What stands between two cells of a CSV. Excel goes by the computer's own: semicolons where decimals have a comma. */
export const csvDelimiters = ['comma', 'semicolon', 'tab'] as const
export type CsvDelimiter = (typeof csvDelimiters)[number]
/** The characters themselves. */
export const csvDelimiterSigns: Record<CsvDelimiter, string> = { comma: ',', semicolon: ';', tab: '\t' }

/** Where a column comes from. */
export const columnGroups = ['field', 'survey', 'question', 'tag', 'trait', 'context', 'more'] as const
export type ColumnGroup = (typeof columnGroups)[number]

/** A column that a table can have. */
export interface ExportColumn {
  /** For `columns=`; stays the same for ever. */
  key: string
  /** What stands in the first row; unique in its table. */
  header: string
  group: ColumnGroup
  /** False for what a table has only where `columns=` asks for it: names beyond the 500 first seen. */
  isDefault: boolean
}

/** `GET /v1/export/columns`. */
export interface ExportColumns {
  columns: ExportColumn[]
}
