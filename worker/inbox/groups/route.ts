import { type Grouping, groupings } from '../../../sdk/wire/index.ts'
import { requireScope } from '../../access/guard.ts'
import { refuse } from '../../access/refuse.ts'
import { makeRoom } from '../../access/room.ts'
import { failed } from '../../failure.ts'
import { parseFilters } from '../../filters/parse.ts'
import { serverLimits } from '../../limits.ts'
import { relaxSearch } from '../../storage/search.ts'
import { groupItems } from './groups.ts'
import { groupsRoute } from './schema.ts'

/** A list divided by what its items have in common. Needs `read`. Mounted before the items, whose ids stand there too. */
export const groups = makeRoom()

groups.get('/v1/feedback/groups', requireScope('read'))

const isGrouping = (by: string): by is Grouping => (groupings as readonly string[]).includes(by)

groups.openapi(groupsRoute, async (c) => {
  const query = new URL(c.req.url).searchParams
  const selection = parseFilters(query, c.var.actor.project, ['by'])
  if (!selection.ok) return refuse(c, selection.failure)
  const [by = '', ...others] = query.getAll('by')
  if (!isGrouping(by) || others.length > 0) {
    const reason = `say one of ${groupings.join(', ')}`
    return refuse(
      c,
      failed('bad-filter', `'by' cannot be read: ${reason}.`, { issues: [{ path: 'by', reason }] }).failure,
    )
  }
  const meant = await relaxSearch(c.env.DB, selection.value)
  return c.json(await groupItems(c.env.DB, meant, by, serverLimits.groupsMax), 200)
})
