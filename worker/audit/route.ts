import { limits } from '../../sdk/wire/limits.ts'
import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { readLimit } from '../filters/limit.ts'
import { listAudit } from '../storage/audit.ts'
import { readAuditCursor, writeAuditCursor } from './cursor.ts'
import { readAuditFilter } from './filter.ts'
import { auditRoute } from './schema.ts'

/** Who changed what. Needs `admin`. What is written down, `write.ts` says. */
export const audit = makeRoom()

audit.get('/v1/audit', requireScope('admin'))

audit.openapi(auditRoute, async (c) => {
  const query = new URL(c.req.url).searchParams
  const filter = readAuditFilter(query)
  if (!filter.ok) return refuse(c, filter.failure)
  const limit = readLimit(query, limits.pageDefault, limits.pageMax)
  if (!limit.ok) return refuse(c, limit.failure)
  const cursor = query.get('cursor')
  const start = cursor === null ? null : readAuditCursor(cursor)
  if (start !== null && !start.ok) return refuse(c, start.failure)
  const wanted = { after: start?.value ?? null, limit: limit.value + 1, countMax: limits.countMax }
  const { entries, count } = await listAudit(c.env.DB, c.var.actor.project, filter.value, wanted)
  const items = entries.slice(0, limit.value)
  const last = entries.length > limit.value ? items.at(-1) : undefined
  const next = last === undefined ? null : writeAuditCursor({ at: Date.parse(last.at), id: last.id })
  if (next !== null) {
    const url = new URL(c.req.url)
    url.searchParams.set('cursor', next)
    c.header('link', `<${url.pathname}${url.search}>; rel="next"`)
  }
  const total = { count, exact: count < limits.countMax }
  return c.json({ items, next, total }, 200, { 'cache-control': 'no-store' })
})
