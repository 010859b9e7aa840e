import { type PeriodUnit, periodUnits } from '../../sdk/wire/index.ts'
import type { AppContext } from '../env.ts'
import { done, type Failure, failed, type Outcome } from '../failure.ts'
import { parseFilters } from '../filters/parse.ts'
import { serverLimits } from '../limits.ts'
import { findProject, type ProjectSettings } from '../storage/projects.ts'
import { relaxSearch } from '../storage/search.ts'
import type { Selection } from '../storage/selection.ts'
import { type Calendar, countPeriods, periodsMax, type Timeline, timeline } from './period.ts'
import { dateAt } from '../filters/day.ts'

/** What every chart asks for. */
export interface Asked {
  by: PeriodUnit
  calendar: Calendar
  timeline: Timeline
  selection: Selection
  settings: ProjectSettings
  query: URLSearchParams
}

const behind: Failure = failed(
  'unavailable',
  'New items are still being counted. Nothing is lost; ask again in a few seconds.',
  { retryAfter: serverLimits.behindRetrySeconds },
).failure

const bad = (path: string, detail: string) => failed('bad-filter', detail, { issues: [{ path, reason: detail }] })

/**
 * Reads what a chart is of: the list's filters, `by`, and what the route itself knows (`own`). Dates without `tz` are
 * days of the project's zone. The consumers catch up first, so that a number is never behind the list.
 */
export async function readAsked(c: AppContext, own: readonly string[]): Promise<Outcome<Asked>> {
  const query = new URL(c.req.url).searchParams
  const { project } = c.var.actor
  const settings = (await findProject(c.env.DB, project))?.settings ?? {}
  const calendar: Calendar = { timeZone: settings.timeZone ?? 'UTC', weekStart: settings.weekStart ?? 'monday' }
  for (const name of ['by', ...own]) {
    if (query.getAll(name).length > 1) return bad(name, `'${name}' may stand once only.`)
  }
  const by = (query.get('by') ?? 'week') as PeriodUnit
  if (!periodUnits.includes(by)) return bad('by', `'by' is one of ${periodUnits.join(', ')}.`)
  if (!query.has('tz')) query.set('tz', calendar.timeZone)
  const filters = parseFilters(query, project, ['by', ...own])
  if (!filters.ok) return filters
  const { from, to } = filters.value
  const now = Date.now()
  const span = readTimeline({ from, to, by, calendar, now })
  if (!span.ok) return span
  if (!(await c.var.catchUp('search', 'counts'))) return { ok: false, failure: behind }
  const selection = await relaxSearch(c.env.DB, {
    ...filters.value,
    from: span.value.total.from,
    to: span.value.total.to,
  })
  return done({ by, calendar, timeline: span.value, selection, settings, query })
}

function readTimeline(asked: Parameters<typeof timeline>[0]): Outcome<Timeline> {
  const { from, to, by, calendar, now } = asked
  const end = to ?? now
  if (from !== null && from >= end) return bad('from', "'from' comes after the end of the range.")
  const span = timeline(asked)
  if (span !== null) return done(span)
  const [first, last] = [from ?? end, end - 1].map((instant) => dateAt(instant, calendar.timeZone))
  const count = countPeriods(first ?? '', last ?? '', by).toLocaleString('en')
  const advice = by === 'month' ? '' : ' or longer periods (by=month)'
  return bad('by', `That would be ${count} ${by}s; at most ${periodsMax} fit. Ask for a shorter range${advice}.`)
}

/** The head of every answer. */
export const headOf = ({ by, calendar }: Asked) => ({ by, ...calendar })
