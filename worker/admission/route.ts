import type { OutcomeCount, OutcomeOfDay } from '../../sdk/wire/index.ts'
import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { instantOf } from '../storage/instant.ts'
import { countAccepted, listOutcomes, listRefused } from '../storage/outcomes.ts'
import { findProject } from '../storage/projects.ts'
import { isAdmitted } from './origin.ts'
import { readPeriod } from './period.ts'
import { nextDay, quotaOf } from './quota.ts'
import { originsRoute, outcomesRoute } from './schema.ts'
import { writeTally } from './tally.ts'

/** What became of what was sent, and who was not let in. */
export const admissions = makeRoom()

admissions.get('/v1/outcomes', requireScope('read'))
admissions.get('/v1/projects/:id/origins', requireScope('read'))

const notYours = failed('not-found', 'There is no such project, or it is not yours.').failure

admissions.openapi(outcomesRoute, async (c) => {
  const now = Date.now()
  const { project } = c.var.actor
  const period = readPeriod({ from: c.req.query('from'), to: c.req.query('to') }, now)
  if (!period.ok) return refuse(c, period.failure)
  const record = await findProject(c.env.DB, project)
  if (record === null) return refuse(c, notYours)
  await writeTally(c.env.DB)
  await c.var.catchUp('counts')
  const environment = c.req.query('environment') ?? 'production'
  const [items, used] = await Promise.all([
    listOutcomes(c.env.DB, { project, environment, ...period.value }),
    countAccepted(c.env.DB, project, now),
  ])
  const quota = { perDay: quotaOf(record.settings), used, resetsAt: instantOf(nextDay(now)) }
  return c.json({ environment, ...period.value, total: sumOf(items), items, quota }, 200)
})

admissions.openapi(originsRoute, async (c) => {
  const { project } = c.var.actor
  const record = c.req.param('id') === project ? await findProject(c.env.DB, project) : null
  if (record === null) return refuse(c, notYours)
  await writeTally(c.env.DB)
  const origins = record.settings.origins ?? []
  const rows = await listRefused(c.env.DB, project, Date.now() - serverLimits.refusedOriginsMs)
  const refused = rows
    .filter(({ origin }) => !isAdmitted(origin, origins))
    .map(({ origin, count, first_at: first, last_at: last }) => ({
      origin,
      count,
      firstAt: instantOf(first),
      lastAt: instantOf(last),
    }))
  return c.json({ origins, refused }, 200)
})

/** The counts of all days together, the most frequent first. */
function sumOf(items: readonly OutcomeOfDay[]): OutcomeCount[] {
  const sums = new Map<string, OutcomeCount>()
  for (const { day: _, ...one } of items) {
    const key = `${one.route} ${one.outcome} ${one.reason}`
    sums.set(key, { ...one, count: one.count + (sums.get(key)?.count ?? 0) })
  }
  return [...sums.values()].sort((a, b) => b.count - a.count)
}
