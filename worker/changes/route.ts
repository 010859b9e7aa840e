import type { Change, EndMark } from '../../sdk/wire/index.ts'
import { requireScope } from '../access/guard.ts'
import { makeViewer } from '../access/links.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import type { AppContext } from '../env.ts'
import { failed } from '../failure.ts'
import { readLimit } from '../filters/limit.ts'
import { serverLimits } from '../limits.ts'
import { listChanges } from '../storage/changes.ts'
import { changesRoute } from './schema.ts'

/** What changed since, for whoever keeps a copy. Needs `export`. */
export const changes = makeRoom()

changes.openAPIRegistry.registerPath(changesRoute)
changes.get('/v1/changes', requireScope('export'), readChanges)

async function readChanges(c: AppContext): Promise<Response> {
  const query = new URL(c.req.url).searchParams
  const unknown = [...query.keys()].find((name) => !['cursor', 'limit', 'project'].includes(name))
  if (unknown !== undefined) {
    return refuse(
      c,
      failed('unknown-filter', `There is no parameter '${unknown}'; there are cursor and limit.`, {
        issues: [{ path: unknown, reason: 'unknown' }],
      }).failure,
    )
  }
  const cursor = query.get('cursor') ?? 'c0'
  const limit = readLimit(query, serverLimits.changesDefault, serverLimits.changesMax)
  if (!/^c\d{1,15}$/.test(cursor)) {
    return refuse(
      c,
      failed('bad-cursor', 'This cursor cannot be read. Take the one of the last line, or begin without.').failure,
    )
  }
  if (!limit.ok) return refuse(c, limit.failure)
  const page = await listChanges(c.env.DB, c.var.actor.project, Number(cursor.slice(1)), limit.value)
  const end: EndMark = { end: true, count: page.changes.length, cursor: `c${page.last}`, more: page.more }
  const view = makeViewer(c, serverLimits.exportLinkSeconds)
  const changed: Change[] = []
  for (const change of page.changes) changed.push(...('erased' in change ? [change] : await view([change])))
  const lines = [...changed, end].map((line) => `${JSON.stringify(line)}\n`).join('')
  return c.body(lines, 200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
}
