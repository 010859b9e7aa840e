import { done, failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { dayOf } from '../storage/rollups.ts'

const dayMs = 86_400_000
/** How many days are told of unless asked otherwise. */
const daysDefault = 30

/** The days that a query asks for, both `YYYY-MM-DD`. */
export function readPeriod(
  asked: { from: string | undefined; to: string | undefined },
  now: number,
): Outcome<{ from: string; to: string }> {
  for (const [path, value] of Object.entries(asked)) {
    if (value !== undefined && !isDay(value)) return refused(path, 'is no day, such as 2026-11-23')
  }
  const to = asked.to ?? dayOf(now)
  const from = asked.from ?? dayOf(Date.parse(to) - (daysDefault - 1) * dayMs)
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1
  if (days < 1) return refused('from', 'is after the last day')
  if (days > serverLimits.outcomeDaysMax)
    return refused('from', `is more than ${serverLimits.outcomeDaysMax} days back`)
  return done({ from, to })
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(at) && dayOf(at) === text
}

const refused = (path: string, reason: string) =>
  failed('bad-filter', `'${path}' ${reason}.`, { issues: [{ path, reason }] })
