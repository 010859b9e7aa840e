import type { Issue } from '../../sdk/wire/index.ts'
import { filterNames, ratingScales, type RatingScale } from '../../sdk/wire/index.ts'
import { done, type Failure, failed, type Outcome } from '../failure.ts'
import type { Facet } from '../storage/facets.ts'
import type { Selection } from '../storage/selection.ts'
import { parseSearch } from '../storage/words.ts'
import { isTimeZone, nextDate, startOfDay } from './day.ts'

/** Filters that come down to one facet of the same name each. */
const facetFilters = new Set([
  'kind',
  'status',
  'label',
  'assignee',
  'person',
  'account',
  'verified',
  'survey',
  'scale',
  'release',
  'path',
  'locale',
  'plan',
  'source',
])
/** Filters that may stand once only, and cannot be negated. */
const single = new Set(['q', 'min', 'max', 'from', 'to', 'since', 'tz', 'spam', 'merged', 'sort'])
/** Filters of the wire that have no data yet: nothing has a theme, an idea or a reply. */
const without = new Set(['theme', 'idea'])

const choices: Record<string, readonly string[]> = {
  spam: ['without', 'with', 'only'],
  merged: ['with', 'without'],
  sort: ['newest', 'oldest', 'relevance'],
  has: ['screenshot', 'email', 'reply'],
  verified: ['true', 'false'],
}

/**
 * Reads the filters of the wire from a query string. An unknown one, or one that cannot be, is a failure that names it:
 * a filter is never ignored. `others` are the names that the route itself knows.
 */
export function parseFilters(query: URLSearchParams, project: string, others: readonly string[]): Outcome<Selection> {
  const names = [...new Set(query.keys())].filter((name) => name !== 'project' && !others.includes(name))
  const unknown = names.filter((name) => !isFilter(name))
  if (unknown.length > 0) return unknownFilter(unknown)
  const issues: Issue[] = []
  const one = (name: string) => query.get(name)
  for (const name of names) checkValues(name, query.getAll(name), issues)
  const tz = one('tz') ?? 'UTC'
  if (!isTimeZone(tz)) issues.push({ path: 'tz', reason: 'no IANA time zone, such as Europe/Berlin' })
  const zone = isTimeZone(tz) ? tz : 'UTC'
  const from = readTime(one('from'), zone, false)
  const to = readTime(one('to'), zone, true)
  if (Number.isNaN(from)) issues.push({ path: 'from', reason: 'no time: use 2026-11-22 or 2026-11-22T09:30:00Z' })
  if (Number.isNaN(to)) issues.push({ path: 'to', reason: 'no time: use 2026-11-22 or 2026-11-22T09:30:00Z' })
  const since = readTime(one('since'), zone, false)
  if (Number.isNaN(since)) issues.push({ path: 'since', reason: 'no time: use 2026-11-22 or 2026-11-22T09:30:00Z' })
  const any: Facet[][] = []
  const none: Facet[] = []
  for (const name of names) addFacets(name, query.getAll(name), any, none)
  const scores = scoreFacets(one('min'), one('max'), query.getAll('scale'), issues)
  if (scores !== null) any.push(scores)
  if (issues.length > 0) {
    return failed('bad-filter', `The filter '${issues[0]?.path}' cannot be read: ${issues[0]?.reason}.`, { issues })
  }
  const environments = query.getAll('environment')
  return done({
    project,
    environments: environments.length > 0 ? environments : ['production'],
    terms: parseSearch(one('q') ?? ''),
    relaxed: null,
    any,
    none,
    from,
    to,
    asOf: null,
    since,
    spam: (one('spam') as Selection['spam'] | null) ?? 'without',
    merged: (one('merged') as Selection['merged'] | null) ?? 'with',
    sort: one('sort') as Selection['sort'],
  })
}

/**
 * Reads where a list is to begin: at a date in `tz`, whole, or at an instant. Answers with the selection that is left of
 * the list from there on; lists by relevance have no such place.
 */
export function beginAt(query: URLSearchParams, selection: Selection): Outcome<Selection> {
  const text = query.get('start')
  if (text === null) return done(selection)
  const isRanked = selection.terms.some((term) => !term.excluded) && (selection.sort ?? 'relevance') === 'relevance'
  if (isRanked || query.getAll('start').length > 1) {
    const reason = isRanked ? 'a list by relevance has no dates: add sort=newest or sort=oldest' : 'may stand once only'
    return failed('bad-filter', `'start' cannot be used: ${reason}.`, { issues: [{ path: 'start', reason }] })
  }
  const isOldest = selection.sort === 'oldest'
  // A date is whole: the newest first, the page begins with the last thing said that day.
  const at = readTime(text, query.get('tz') ?? 'UTC', !isOldest)
  if (at === null || Number.isNaN(at)) {
    const reason = 'no time: use 2026-11-22 or 2026-11-22T09:30:00Z'
    return failed('bad-filter', `'start' cannot be read: ${reason}.`, { issues: [{ path: 'start', reason }] })
  }
  if (isOldest) return done({ ...selection, from: Math.max(selection.from ?? 0, at) })
  const isInstant = text.includes('T')
  const end = isInstant ? at + 1 : at
  return done({ ...selection, to: Math.min(selection.to ?? Number.MAX_SAFE_INTEGER, end) })
}

function unknownFilter(unknown: readonly string[]): { ok: false; failure: Failure } {
  return failed(
    'unknown-filter',
    `There is no filter named '${unknown[0]}'. Filters: ${filterNames.join(', ')}, tag.NAME, trait.NAME and not.NAME.`,
    {
      issues: unknown.map((path) => ({ path, reason: 'unknown filter' })),
    },
  )
}

function isFilter(name: string): boolean {
  const plain = name.startsWith('not.') ? name.slice('not.'.length) : name
  if (/^(tag|trait)\../.test(plain)) return true
  if (plain !== name && (single.has(plain) || plain === 'environment')) return false
  return (filterNames as readonly string[]).includes(plain)
}

function checkValues(name: string, values: readonly string[], issues: Issue[]): void {
  const plain = name.replace(/^not\./, '')
  if (single.has(name) && values.length > 1) issues.push({ path: name, reason: 'may stand once only' })
  const allowed = plain === 'scale' ? Object.keys(ratingScales) : choices[plain]
  for (const value of values) {
    if (allowed !== undefined && !allowed.includes(value)) {
      issues.push({ path: name, reason: `'${value.slice(0, 60)}' is none of ${allowed.join(', ')}` })
    }
  }
}

/** A date or an instant in epoch ms; a date as an end means the whole day. NaN where it is neither. */
export function readTime(text: string | null, timeZone: string, isEnd: boolean): number | null {
  if (text === null) return null
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    if (new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) !== text) return Number.NaN
    return startOfDay(isEnd ? nextDate(text) : text, timeZone)
  }
  const hasZone = /^\d{4}-\d\d-\d\dT.+(Z|[+-]\d\d:?\d\d)$/.test(text)
  return hasZone ? Date.parse(text) : Number.NaN
}

function addFacets(name: string, values: readonly string[], any: Facet[][], none: Facet[]): void {
  const excluded = name.startsWith('not.')
  const plain = excluded ? name.slice('not.'.length) : name
  const isFacet = facetFilters.has(plain) || without.has(plain) || plain === 'has' || /^(tag|trait)\./.test(plain)
  if (!isFacet) return
  const facets = values.map((value): Facet => [plain, value])
  if (excluded) none.push(...facets)
  else any.push(facets)
}

/** Scores are whole numbers on short scales, so a range is a list of facets. Null when there is no range. */
function scoreFacets(
  min: string | null,
  max: string | null,
  scales: readonly string[],
  issues: Issue[],
): Facet[] | null {
  if (min === null && max === null) return null
  const bound = (name: string, text: string | null, otherwise: number) => {
    if (text === null) return otherwise
    if (!/^-?\d+(\.\d+)?$/.test(text)) issues.push({ path: name, reason: 'no number' })
    return Number(text)
  }
  const [low, high] = [bound('min', min, -Infinity), bound('max', max, Infinity)]
  const wanted = scales.length > 0 ? scales : Object.keys(ratingScales)
  const facets = wanted.flatMap((scale) => {
    const bounds = ratingScales[scale as RatingScale] as { min: number; max: number } | undefined
    if (bounds === undefined) return []
    const values = Array.from({ length: bounds.max - bounds.min + 1 }, (_, i) => bounds.min + i)
    return values.filter((value) => value >= low && value <= high).map((value): Facet => ['score', `${scale}:${value}`])
  })
  // A range that no score can be in matches nothing, and says so by an empty list, not by an error.
  return facets.length > 0 ? facets : [['score', 'none']]
}
