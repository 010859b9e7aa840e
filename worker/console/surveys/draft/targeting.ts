import type { Primitive, SurveyTargeting } from '../../../../sdk/wire/index.ts'
import type { Draft } from './draft.ts'

/** What pages do where nothing is said; see `SurveyTargeting`. */
export const usualQuietDays = 14

/** Changes one part; undefined takes it away, so that it does not restrict any more. */
export function setTargeting<Name extends keyof SurveyTargeting>(
  draft: Draft,
  name: Name,
  value: SurveyTargeting[Name] | undefined,
): Draft {
  const { [name]: _before, ...rest } = draft.targeting ?? {}
  const targeting = value === undefined ? rest : { ...draft.targeting, [name]: value }
  const { targeting: _old, ...bare } = draft
  return Object.keys(targeting).length > 0 ? { ...bare, targeting } : bare
}

/** Values as somebody types them, one after the other with commas. */
export function readValues(said: string): string[] {
  const values = said.split(',').map((one) => one.trim())
  return [...new Set(values.filter((one) => one !== ''))]
}

/** Adds or changes a tag that is asked for; without values, or under no name, it goes. */
export function setTag(draft: Draft, before: string | null, name: string, values: readonly Primitive[]): Draft {
  const entries = Object.entries(draft.targeting?.tags ?? {})
  const at = entries.findIndex(([one]) => one === before)
  const kept = entries.filter(([one]) => one !== before && one !== name)
  const next = name === '' ? kept : kept.toSpliced(at < 0 ? kept.length : at, 0, [name, [...values]])
  return setTargeting(draft, 'tags', next.length > 0 ? Object.fromEntries(next) : undefined)
}

/** As a path is meant: without the site's name, a query or a hash, and from the root. */
export function readPath(said: string): string {
  const path = said
    .trim()
    .replace(/^https?:\/\/[^/]+/i, '')
    .replace(/[?#].*$/, '')
  if (path === '') return said.trim() === '' ? '' : '/'
  return /^[/*]/.test(path) ? path : `/${path}`
}

const or = new Intl.ListFormat('en', { type: 'disjunction' })

/**
 * Who sees a survey, in one sentence.
 *
 * @example
 * whoSees({ paths: ['/app/*'], percentage: 20, delaySeconds: 30 })
 * // '20% of visitors on /app/*, 30 seconds after they arrive, once each, and not within 14 days of another survey.'
 */
export function whoSees(targeting: SurveyTargeting = {}): string {
  const { percentage = 100, delaySeconds = 0, event, everyDays, quietDays = usualQuietDays } = targeting
  if (percentage === 0) return 'Nobody: the share of visitors is 0%.'
  const parts = [
    `${percentage >= 100 ? 'Every visitor' : `${percentage.toLocaleString('en')}% of visitors`}${onPages(targeting)}${withTags(targeting)}`,
    momentInWords(delaySeconds, event),
    everyDays == null ? 'once each' : `at most once in ${inDays(everyDays)}`,
  ]
  const quiet = quietDays > 0 ? `, and not within ${inDays(quietDays)} of another survey` : ''
  return `${parts.join(', ')}${quiet}.`
}

function onPages({ paths = [] }: SurveyTargeting): string {
  if (paths.length === 0 || paths.some((path) => path === '*' || path === '/*')) return ' on any page'
  const pages = paths.map((path) => (path === '/' ? 'the start page' : path))
  return ` on ${or.format(pages)}`
}

function withTags({ tags = {} }: SurveyTargeting): string {
  const wanted = Object.entries(tags).map(
    ([name, values]) => `${name} is ${or.format(values.map(String)) || 'nothing'}`,
  )
  return wanted.length > 0 ? ` where ${wanted.join(' and ')}` : ''
}

function momentInWords(seconds: number, event: string | undefined): string {
  const what = event === undefined ? 'they arrive' : `“${event}” happens`
  return seconds === 0 ? `as soon as ${what}` : `${inTime(seconds)} after ${what}`
}

const count = (n: number, unit: string) => `${n.toLocaleString('en')} ${unit}${n === 1 ? '' : 's'}`
const inDays = (days: number): string => count(days, 'day')
const inTime = (seconds: number): string =>
  seconds >= 60 && seconds % 60 === 0 ? count(seconds / 60, 'minute') : count(seconds, 'second')
