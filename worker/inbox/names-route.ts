import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { listNames } from '../storage/names.ts'
import { namesRoute, valuesRoute } from './schema.ts'
import { suggestValues } from './suggest.ts'

/** What filters can suggest: the catalogue of names, and the values of each with their counts. */
export const names = makeRoom()

names.get('/v1/names/*', requireScope('read'))

names.openapi(namesRoute, async (c) =>
  c.json({ items: await listNames(c.env.DB, c.var.actor.project, serverLimits.namesMax) }, 200),
)

names.openapi(valuesRoute, async (c) => {
  const name = c.req.query('name') ?? ''
  if (name === '') {
    return refuse(
      c,
      failed('bad-filter', "Say which name's values: ?name=tag.plan", { issues: [{ path: 'name', reason: 'missing' }] })
        .failure,
    )
  }
  const items = await suggestValues(c.env.DB, {
    project: c.var.actor.project,
    environment: c.req.query('environment') ?? 'production',
    name,
    prefix: c.req.query('prefix') ?? '',
    contains: c.req.query('contains') ?? '',
  })
  return c.json({ items }, 200)
})
