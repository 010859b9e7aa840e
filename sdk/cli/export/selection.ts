import type { ExportOptions, Filters } from '../../server/index.ts'
import { csvDelimiters } from '../../wire/index.ts'
import type { CsvDelimiter } from '../../wire/index.ts'
import { Failure } from '../failure.ts'
import { oneOf } from '../options.ts'
import type { Format } from './whole.ts'

/** The options that say what is exported, and how. */
export interface Selection {
  format: Format
  since?: string | undefined
  until?: string | undefined
  filters: string[]
  query?: string | undefined
  columns?: string | undefined
  shape?: 'wide' | 'long' | undefined
  tz?: string | undefined
  guard?: 'on' | 'off' | undefined
  bom?: 'on' | 'off' | undefined
  delimiter?: CsvDelimiter | undefined
}

/** What the client is asked for. Filters are the list's own; the collector refuses one it does not know. */
export function selectionOf(selection: Selection): ExportOptions & Filters {
  const query = new URLSearchParams(selection.query?.replace(/^[^?]*\?/, '') ?? '')
  for (const filter of selection.filters) {
    const at = filter.indexOf('=')
    if (at < 1) throw new Failure('wrongUse', `--filter is NAME=VALUE, not "${filter}".`)
    query.append(filter.slice(0, at), filter.slice(at + 1))
  }
  const set = (name: string, option: string, value: string | undefined) => {
    if (value === undefined) return
    if (query.has(name)) throw new Failure('wrongUse', `--${option} and the filter "${name}" are the same: give one.`)
    query.set(name, value)
  }
  set('from', 'since', selection.since)
  set('to', 'until', selection.until)
  set('tz', 'tz', selection.tz)
  const paging = ['limit', 'cursor'].find((name) => query.has(name))
  if (paging !== undefined) throw new Failure('wrongUse', `An export is whole: leave out "${paging}".`)
  set('delimiter', 'delimiter', selection.delimiter)
  const delimiter = oneOf('delimiter', query.get('delimiter') ?? undefined, csvDelimiters)
  for (const name of ['format', 'delimiter']) query.delete(name)
  const { format, columns, shape, guard, bom } = selection
  const filters = Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)])) as Filters
  return {
    ...filters,
    format,
    ...(columns === undefined ? {} : { columns }),
    ...(shape === undefined ? {} : { shape }),
    ...(guard === 'off' ? { guard } : {}),
    ...(bom === 'off' ? { bom } : {}),
    ...(delimiter === undefined || delimiter === 'comma' ? {} : { delimiter }),
  }
}
