import type { Feedback } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { jsonBody } from '../access/body.ts'
import { requireScope } from '../access/guard.ts'
import { makeViewer } from '../access/links.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import type { AppContext } from '../env.ts'
import { failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { readCursor } from '../filters/cursor.ts'
import { readLimit } from '../filters/limit.ts'
import { beginAt, parseFilters } from '../filters/parse.ts'
import { deleteItems } from '../storage/delete.ts'
import { findItem } from '../storage/items.ts'
import { countExactly } from '../storage/listing.ts'
import { relaxSearch } from '../storage/search.ts'
import { findProject, statusesOf } from '../storage/projects.ts'
import { findWhole } from '../storage/revise.ts'
import { type ItemRow, toItem } from '../storage/row.ts'
import { triageOf, updateTriage } from '../storage/triage.ts'
import { listPage } from './list.ts'
import { countRoute, deleteRoute, findRoute, listRoute, updateRoute } from './schema.ts'
import { checkLabels, checkPatch, patchBetween, patchTriage } from './triage.ts'

/** Reading and triage. Needs `read`; whatever changes an item needs `write`. */
export const inbox = makeRoom()

inbox.get('/v1/feedback/*', requireScope('read'))
inbox.on(['PATCH', 'DELETE'], '/v1/feedback/*', requireScope('write'))
inbox.on('PATCH', '/v1/feedback/*', jsonBody)

const gone = failed('not-found', 'There is no such item, or it is not yours.').failure
const behind = failed(
  'unavailable',
  'New items are still being sorted in. Nothing is lost; count again in a few seconds.',
  {
    retryAfter: serverLimits.behindRetrySeconds,
  },
).failure

async function viewOne(c: AppContext, row: ItemRow): Promise<Feedback> {
  const [item] = await makeViewer(c, serverLimits.linkSeconds)([toItem(row)])
  return item as Feedback
}

inbox.openapi(listRoute, async (c) => {
  const query = new URL(c.req.url).searchParams
  const selection = parseFilters(query, c.var.actor.project, ['limit', 'cursor', 'start'])
  if (!selection.ok) return refuse(c, selection.failure)
  const begin = beginAt(query, selection.value)
  if (!begin.ok) return refuse(c, begin.failure)
  const limit = readLimit(query, limits.pageDefault, limits.pageMax)
  if (!limit.ok) return refuse(c, limit.failure)
  const cursor = query.get('cursor')
  const start = cursor === null ? null : readCursor(cursor)
  if (start !== null && !start.ok) return refuse(c, start.failure)
  const wanted = { cursor: start?.value ?? null, limit: limit.value, begin: begin.value }
  const page = await listPage(c.env.DB, selection.value, wanted, makeViewer(c, serverLimits.linkSeconds))
  if (page.next !== null) {
    const next = new URL(c.req.url)
    next.searchParams.set('cursor', page.next)
    c.header('link', `<${next.pathname}${next.search}>; rel="next"`)
  }
  return c.json(page, 200)
})

inbox.openapi(countRoute, async (c) => {
  const selection = parseFilters(new URL(c.req.url).searchParams, c.var.actor.project, [])
  if (!selection.ok) return refuse(c, selection.failure)
  if (!(await c.var.catchUp('search', 'counts'))) return refuse(c, behind)
  return c.json({ count: await countExactly(c.env.DB, await relaxSearch(c.env.DB, selection.value)), exact: true }, 200)
})

inbox.openapi(findRoute, async (c) => {
  const row = await findItem(c.env.DB, c.var.actor.project, c.req.param('id').toLowerCase())
  if (row === null) return refuse(c, gone)
  c.header('etag', `"${row.change}"`)
  return c.json(await viewOne(c, row), 200)
})

inbox.openapi(updateRoute, async (c) => {
  const { project } = c.var.actor
  const [row, record] = await Promise.all([
    findWhole(c.env.DB, project, c.req.param('id').toLowerCase()),
    findProject(c.env.DB, project),
  ])
  if (row === null) return refuse(c, gone)
  const match = c.req.header('if-match')
  const conflict = failed('conflict', 'Somebody changed this item meanwhile. Read it again, then change it.').failure
  if (match !== undefined && match !== '*' && match.replace(/^W\//, '').replaceAll('"', '') !== String(row.change)) {
    return refuse(c, conflict)
  }
  const patch = checkPatch(c.req.valid('json'), statusesOf(record?.settings ?? {}))
  if (!patch.ok) return refuse(c, patch.failure)
  const before = triageOf(row)
  const after = patchTriage(before, patch.value)
  const checked = checkLabels([{ row, before, after }])
  if (!checked.ok) return refuse(c, checked.failure)
  if (patchBetween(before, after) !== null) {
    const note = { action: 'feedback.triage', target: { type: 'feedback', id: row.id }, before, after } as const
    const audit = c.var.writeDown(note, { of: [row] })
    if (!(await updateTriage(c.env.DB, row, after, Date.now(), audit))) return refuse(c, conflict)
    c.set('changed', true)
  }
  const updated = await findItem(c.env.DB, project, row.id)
  if (updated === null) return refuse(c, gone)
  c.header('etag', `"${updated.change}"`)
  return c.json(await viewOne(c, updated), 200)
})

inbox.openapi(deleteRoute, async (c) => {
  const id = c.req.param('id').toLowerCase()
  const audit = c.var.writeDown({ action: 'feedback.delete', target: { type: 'feedback', id } })
  const deleted = await deleteItems(c.env.DB, c.var.actor.project, [id], Date.now(), [], audit)
  if (deleted === 0) return refuse(c, gone)
  c.set('changed', true)
  return c.body(null, 204)
})
