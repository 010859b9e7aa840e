import type { KnownValue } from '../../sdk/wire/index.ts'
import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import type { Database } from '../storage/database.ts'
import { countFacets } from '../storage/listing.ts'
import { listEnvironments, listNames, listValues } from '../storage/names.ts'
import { findProject, listLabels, statusesOf } from '../storage/projects.ts'
import { namesRoute, valuesRoute } from './schema.ts'

/** What filters can suggest: the catalogue of names, and the values of each with their counts. */
export const names = makeRoom()

names.get('/v1/names/*', requireScope('read'))

names.openapi(namesRoute, async (c) => c.json({ items: await listNames(c.env.DB, c.var.actor.project) }, 200))

names.openapi(valuesRoute, async (c) => {
  const name = c.req.query('name') ?? ''
  if (name === '') {
    return refuse(
      c,
      failed('bad-filter', "Say which name's values: ?name=tag.plan", { issues: [{ path: 'name', reason: 'missing' }] })
        .failure,
    )
  }
  const { project } = c.var.actor
  const environment = c.req.query('environment') ?? 'production'
  const prefix = c.req.query('prefix') ?? ''
  const movable = await movableValues(c.env.DB, project, name)
  const items =
    movable === null
      ? await listValues(c.env.DB, { project, environment, name, prefix, limit: serverLimits.valuesMax })
      : await countMovable(c.env.DB, { project, environment, name, values: movable, prefix })
  return c.json({ items }, 200)
})

/** The values of what triage moves, which no rollup holds; null for every other name. */
async function movableValues(db: Database, project: string, name: string): Promise<string[] | null> {
  if (name === 'status') return statusesOf((await findProject(db, project))?.settings ?? {}).map(({ key }) => key)
  if (name === 'label') return listLabels(db, project)
  if (name === 'environment') return listEnvironments(db, project)
  return null
}

async function countMovable(
  db: Database,
  wanted: { project: string; environment: string; name: string; values: string[]; prefix: string },
): Promise<KnownValue[]> {
  const values = wanted.values.filter((value) => value.toLowerCase().startsWith(wanted.prefix.toLowerCase()))
  const counts = await countFacets(db, wanted.project, wanted.environment, wanted.name, values)
  return values
    .map((value, i) => ({ value, count: counts[i] ?? 0 }))
    .sort((a, b) => b.count - a.count)
    .slice(0, serverLimits.valuesMax)
}
