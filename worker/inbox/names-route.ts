import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { listEnvironments, listNames } from '../storage/names.ts'
import { hasOtherNames } from '../storage/others.ts'
import { namesRoute, valuesRoute } from './schema.ts'
import { suggestValues } from './suggest.ts'

/** What filters can suggest: the catalogue of names, and the values of each with their counts. */
export const names = makeRoom()

names.get('/v1/names/*', requireScope('read'))

names.openapi(namesRoute, async (c) => {
  const { project } = c.var.actor
  const [items, environments] = await Promise.all([
    listNames(c.env.DB, project, serverLimits.namesMax),
    listEnvironments(c.env.DB, project),
  ])
  const more = await hasOtherNames(c.env.DB, project, environments)
  return c.json({ items, ...(more && { more }) }, 200)
})

names.openapi(valuesRoute, async (c) => {
  const name = c.req.query('name') ?? ''
  if (name === '') {
    return refuse(
      c,
      failed('bad-filter', "Say which name's values: ?name=tag.plan", { issues: [{ path: 'name', reason: 'missing' }] })
        .failure,
    )
  }
  const found = await suggestValues(c.env.DB, {
    project: c.var.actor.project,
    environment: c.req.query('environment') ?? 'production',
    name,
    prefix: c.req.query('prefix') ?? '',
    contains: c.req.query('contains') ?? '',
  })
  return c.json(found, 200)
})
