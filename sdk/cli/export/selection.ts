import type { ExportOptions, Filters } from '../../server/index.ts'
import { Failure } from '../failure.ts'
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
  query.delete('format')
  const { format, columns, shape, guard, bom } = selection
  const filters = Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)])) as Filters
  return {
    ...filters,
    format,
    ...(columns === undefined ? {} : { columns }),
    ...(shape === undefined ? {} : { shape }),
    ...(guard === 'off' ? { guard } : {}),
    ...(bom === 'off' ? { bom } : {}),
  }
}
