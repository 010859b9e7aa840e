import type { ExportShape, Feedback, KnownName, SurveyDefinition } from '../../sdk/wire/index.ts'
import { answerColumns, answerRows } from './answers.ts'
import type { Column, RowsOf } from './column.ts'
import { fieldColumns } from './fields.ts'
import { namedColumns, namedColumnsMax } from './named.ts'
import { questionColumns } from './questions.ts'

/** What a project's tables are made from. */
export interface Catalogue {
  names: readonly KnownName[]
  /** Every version of every survey, the newest first of each. */
  surveys: readonly SurveyDefinition[]
}

/** The columns that a table can have. */
export interface Columns {
  /** Every one, for `columns=`. */
  all: Column[]
  /** What it has unless it is told otherwise: together they carry everything. */
  shown: Column[]
  rowsOf: RowsOf
}

/**
 * The columns of a table, from the project's catalogue and never from the items: every field, every name that was ever
 * seen, every question. Headers and keys are unique.
 */
export function columnsOf(catalogue: Catalogue, shape: ExportShape, timeZone: string | null): Columns {
  const fields = fieldColumns(timeZone)
  const names = namedColumns(catalogue.names)
  const questions = questionColumns(catalogue.names, catalogue.surveys)
  const isLong = shape === 'long'
  const answers = isLong ? answerColumns(catalogue.surveys) : questions.shown
  const at = fields.findIndex(({ key }) => key === 'surveyVersion') + 1
  const rest = [names.rest, isLong || questions.byId.length === 0 ? null : questions.rest].filter(
    (part) => part !== null,
  )
  const more = rest.length === 0 ? [] : [moreColumn(rest, names.restCount)]
  const shown = [...fields.slice(0, at), ...answers, ...fields.slice(at), ...names.shown, ...more]
  const others = isLong ? names.all : [...names.all, ...questions.byId]
  const isShown = new Set(shown)
  const all = withUniqueHeaders([...shown, ...others.filter((column) => !isShown.has(column))])
  return { all, shown: all.slice(0, shown.length), rowsOf: isLong ? answerRows : itemRow }
}

const single = [undefined] as const
const itemRow: RowsOf = () => single

/** Everything of an item that has no column of its own. */
function moreColumn(parts: readonly ((item: Feedback) => Record<string, unknown>)[], names: number): Column {
  return {
    key: 'more',
    header: names === 0 ? 'More (JSON)' : `More (JSON, with ${names} names beyond ${namedColumnsMax})`,
    group: 'more',
    cell: (item) => {
      const values = Object.assign({}, ...parts.map((part) => part(item))) as object
      return Object.keys(values).length === 0 ? undefined : JSON.stringify(values)
    },
    width: 24,
  }
}

/** Names may be made to look alike; whichever comes second carries its key too. */
function withUniqueHeaders(columns: readonly Column[]): Column[] {
  const taken = new Set<string>()
  return columns.map((column) => {
    let { header } = column
    while (taken.has(header)) header = `${header} [${column.key}]`
    taken.add(header)
    return header === column.header ? column : { ...column, header }
  })
}

/**
 * Reads `columns=`: keys joined by commas, in quotes where a key holds a comma or a quote, as in CSV.
 *
 * @example readKeys('id,"tag.first, second"') // ['id', 'tag.first, second']
 */
export function readKeys(text: string): string[] {
  const keys: string[] = []
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"(?=,|$)|([^,]*))/g
  for (const [, quoted, plain] of text.matchAll(pattern)) keys.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
  return keys
}

/** Picks and orders columns by their keys, or says what is wrong with them. */
export function pickColumns(all: readonly Column[], keys: readonly string[]): Column[] | { wrong: string } {
  const byKey = new Map(all.map((column) => [column.key, column]))
  const picked: Column[] = []
  for (const [i, key] of keys.entries()) {
    const column = byKey.get(key)
    if (column === undefined) return { wrong: `names no column '${key}': GET /v1/export/columns lists them` }
    if (keys.indexOf(key) !== i) return { wrong: `names '${key}' twice` }
    picked.push(column)
  }
  return picked
}
