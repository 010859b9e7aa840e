import type { ColumnGroup, Feedback, SurveyAnswer } from '../../sdk/wire/index.ts'

/** What a cell holds. Nothing where there is nothing to say, which is not the same as `''` or `false`. */
export type Cell = string | number | boolean | undefined

/** One column of a table: a stable key for `columns=`, a header for people, and the cell of a row. */
export interface Column {
  key: string
  header: string
  group: ColumnGroup
  /** `answer` is given where a row is one answer. */
  cell: (item: Feedback, answer?: SurveyAnswer) => Cell
  /**
   * For columns of times: what a clock on the wall of the column's zone shows, in ms as if it were UTC. Formats that
   * know dates write this instead of the cell.
   */
  clock?: (item: Feedback) => number
  /** How wide it is shown where widths can be said, in characters. */
  width?: number
}

/** Which rows an item has: itself, or its answers. */
export type RowsOf = (item: Feedback) => readonly (SurveyAnswer | undefined)[]

/** Columns and rows of a table, settled before the first row. */
export interface Table {
  columns: readonly Column[]
  rowsOf: RowsOf
}

export const asJson = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value))

/** A value of any kind as a cell; several texts are listed, anything else that is no plain value is JSON. */
export function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return listed(value)
  return asJson(value)
}

/**
 * Several texts as one, separated by commas; one that holds a comma or a quote is quoted as in CSV, so that they can be
 * told apart again.
 *
 * @example listed(['slow', 'dark, blue']) // 'slow, "dark, blue"'
 */
export function listed(texts: readonly string[]): string | undefined {
  if (texts.length === 0) return undefined
  return texts.map((text) => (/[,"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(', ')
}
