import { auditActions, auditActorTypes, type Issue } from '../../sdk/wire/index.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { isTimeZone } from '../filters/day.ts'
import { readTime } from '../filters/parse.ts'
import type { AuditFilter } from '../storage/audit.ts'

const several = ['actor', 'action', 'target']
const once = ['from', 'to', 'tz', 'cursor', 'limit', 'project']

const things = new Set(auditActions.map((action) => action.split('.')[0]))
const isAction = (text: string) => things.has(text) || auditActions.some((action) => action === text)
const isActor = (text: string) => auditActorTypes.some((type) => text === type) || /^(member|key):./.test(text)

/** Reads what the log is narrowed to. What is unknown, or cannot be, is a failure that names it. */
export function readAuditFilter(query: URLSearchParams): Outcome<AuditFilter> {
  const unknown = [...query.keys()].find((name) => !several.includes(name) && !once.includes(name))
  if (unknown !== undefined) {
    const issues = [{ path: unknown, reason: 'unknown' }]
    const known = `${several.join(', ')}, from, to, tz, cursor and limit`
    return failed('unknown-filter', `There is no parameter '${unknown}'; there are ${known}.`, { issues })
  }
  const issues: Issue[] = once
    .filter((name) => query.getAll(name).length > 1)
    .map((path) => ({ path, reason: 'may stand once only' }))
  const [actors, actions, targets] = several.map((name) => query.getAll(name)) as [string[], string[], string[]]
  if (!actors.every(isActor)) {
    issues.push({ path: 'actor', reason: `is neither member:ID nor key:HINT nor one of ${auditActorTypes.join(', ')}` })
  }
  if (!actions.every(isAction)) issues.push({ path: 'action', reason: `is none of ${auditActions.join(', ')}` })
  const tz = query.get('tz') ?? 'UTC'
  if (!isTimeZone(tz)) issues.push({ path: 'tz', reason: 'no IANA time zone, such as Europe/Berlin' })
  const zone = isTimeZone(tz) ? tz : 'UTC'
  const [from, to] = [readTime(query.get('from'), zone, false), readTime(query.get('to'), zone, true)]
  for (const [path, at] of Object.entries({ from, to })) {
    if (Number.isNaN(at)) issues.push({ path, reason: 'no time: use 2026-11-22 or 2026-11-22T09:30:00Z' })
  }
  const [first] = issues
  if (first === undefined) return done({ actors, actions, targets, from, to })
  return failed('bad-filter', `'${first.path}' cannot be read: ${first.reason}.`, { issues })
}
