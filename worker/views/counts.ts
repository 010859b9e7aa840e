import type { Total, ViewCounts } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { parseFilters } from '../filters/parse.ts'
import type { Database } from '../storage/database.ts'
import { countEach } from '../storage/listing.ts'
import { findProject, statusesOf } from '../storage/projects.ts'
import { relaxSearch } from '../storage/search.ts'
import type { Selection } from '../storage/selection.ts'
import { listViews } from '../storage/views.ts'
import { readQuery } from './check.ts'

/**
 * Counts what every view lists that a member sees, in one round trip once the views themselves are known. `query` may
 * say `since`, for what is new.
 */
export async function countViews(
  db: Database,
  project: string,
  member: string | null,
  query: URLSearchParams,
): Promise<Outcome<ViewCounts>> {
  const unknown = [...query.keys()].find((name) => !['since', 'project'].includes(name))
  if (unknown !== undefined) {
    const issues = [{ path: unknown, reason: 'unknown' }]
    return failed('unknown-filter', `There is no parameter '${unknown}'; there is since.`, { issues })
  }
  const fresh = parseFilters(query, project, [])
  if (!fresh.ok) return fresh
  const [record, views] = await Promise.all([findProject(db, project), listViews(db, project, member)])
  const queries: [key: string, query: string][] = [
    ['all', ''],
    ['spam', 'spam=only'],
    ...statusesOf(record?.settings ?? {}).map(({ key }): [string, string] => [
      `status ${key}`,
      new URLSearchParams({ status: key }).toString(),
    ]),
    ...views.map(({ id, query: saved }): [string, string] => [`view ${id}`, saved]),
  ]
  const wanted = queries.flatMap(([key, text]): [string, Selection][] => {
    const read = readQuery(text, project)
    return read.ok ? [[key, read.value.selection]] : []
  })
  if (query.has('since')) wanted.push(['since', fresh.value])
  const counts = await countEach(db, await Promise.all(wanted.map(([, selection]) => relaxSearch(db, selection))))
  const totals = wanted.map(([key], i): [string, Total] => [key, totalOf(counts[i] ?? 0)])
  const named = (prefix: string) =>
    Object.fromEntries(
      totals.filter(([key]) => key.startsWith(prefix)).map(([key, total]) => [key.slice(prefix.length), total]),
    )
  const of = (key: string) => totals.find(([other]) => other === key)?.[1]
  return done({
    all: of('all') ?? totalOf(0),
    spam: of('spam') ?? totalOf(0),
    statuses: named('status '),
    views: named('view '),
    since: of('since') ?? null,
  })
}

const totalOf = (count: number): Total => ({ count, exact: count < limits.countMax })
