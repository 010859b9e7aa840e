import type { SavedView } from '../../sdk/wire/index.ts'
import { jsonBody } from '../access/body.ts'
import { requireScope, requireSession } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import type { Actor } from '../env.ts'
import { type Failure, failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { deleteView, findView, insertView, listViews, updateView } from '../storage/views.ts'
import { recordVisit } from '../storage/visits.ts'
import { readQuery } from './check.ts'
import { countViews } from './counts.ts'
import {
  createViewRoute,
  deleteViewRoute,
  listViewsRoute,
  updateViewRoute,
  viewCountsRoute,
  visitRoute,
} from './schema.ts'

/**
 * Saved views, their counts, and since when something is new. Everybody who may read has private views of their own;
 * shared ones are seen by all, and changed by who may write.
 */
export const views = makeRoom()

views.on(['GET', 'POST', 'PATCH', 'DELETE'], '/v1/views/*', requireScope('read'))
views.on(['POST', 'PATCH'], '/v1/views/*', jsonBody)
views.post('/v1/visits', requireSession, requireScope('read'))

const gone = failed('not-found', 'There is no such view, or it is not yours.').failure
const tooMany = failed('conflict', `There are ${serverLimits.viewsMax} such views already. Delete one first.`).failure

/** The member's id; null for a key. */
function memberOf({ id }: Actor): string | null {
  return id.startsWith('member:') ? id.slice('member:'.length) : null
}

/** What the audit log, which admins read, keeps of a view: of a private one nothing, and never the words of a filter. */
function shownOf({ name, query, visibility }: Pick<SavedView, 'name' | 'query' | 'visibility'>): object {
  const filters = new URLSearchParams(query)
  return visibility === 'private' ? { visibility } : { visibility, name, filters: [...new Set(filters.keys())].sort() }
}

/** Why an actor may not have a view stand so; null where they may. */
function whyNot(actor: Actor, visibility: SavedView['visibility']): Failure | null {
  if (visibility === 'shared') {
    const holder = actor.role === null ? 'This key' : `The role ${actor.role}`
    const detail = `${holder} lacks the scope 'write', which shared views need. Save it as private instead.`
    return actor.scopes.includes('write') ? null : failed('no-scope', detail).failure
  }
  const issues = [{ path: 'visibility', reason: 'a key has no private views' }]
  const detail = 'Private views belong to a member; a key makes shared ones: send "visibility": "shared".'
  return memberOf(actor) === null ? failed('invalid', detail, { issues }).failure : null
}

views.openapi(listViewsRoute, async (c) => {
  const { actor } = c.var
  return c.json({ items: await listViews(c.env.DB, actor.project, memberOf(actor)) }, 200)
})

views.openapi(viewCountsRoute, async (c) => {
  const { actor } = c.var
  const query = new URL(c.req.url).searchParams
  const counts = await countViews(c.env.DB, actor.project, memberOf(actor), query)
  return counts.ok ? c.json(counts.value, 200, { 'cache-control': 'no-store' }) : refuse(c, counts.failure)
})

views.openapi(createViewRoute, async (c) => {
  const { actor } = c.var
  const { name, query, visibility = 'private' } = c.req.valid('json')
  const refusal = whyNot(actor, visibility)
  if (refusal !== null) return refuse(c, refusal)
  const read = readQuery(query, actor.project)
  if (!read.ok) return refuse(c, read.failure)
  const id = crypto.randomUUID()
  const owner = memberOf(actor)
  const view = { project: actor.project, id, name, query: read.value.query, visibility, owner }
  const audit = c.var.writeDown({ action: 'view.create', target: { type: 'view', id }, after: shownOf(view) })
  if (!(await insertView(c.env.DB, view, Date.now(), serverLimits.viewsMax, audit))) return refuse(c, tooMany)
  const saved = await findView(c.env.DB, actor.project, id, owner)
  return saved === null ? refuse(c, gone) : c.json(saved, 201)
})

views.openapi(updateViewRoute, async (c) => {
  const { actor } = c.var
  const member = memberOf(actor)
  const before = await findView(c.env.DB, actor.project, c.req.param('id').toLowerCase(), member)
  if (before === null) return refuse(c, gone)
  const patch = c.req.valid('json')
  const visibility = patch.visibility ?? before.visibility
  const refusal = whyNot(actor, before.visibility) ?? whyNot(actor, visibility)
  if (refusal !== null) return refuse(c, refusal)
  if (visibility === 'private' && before.owner !== member) {
    const who = before.ownerName ?? 'a key'
    return refuse(
      c,
      failed('conflict', `Only its owner, ${who}, may make this view private. Save it as a new one instead.`).failure,
    )
  }
  const read = readQuery(patch.query ?? before.query, actor.project)
  if (!read.ok) return refuse(c, read.failure)
  const next = {
    ...before,
    project: actor.project,
    name: patch.name ?? before.name,
    query: read.value.query,
    visibility,
  }
  const target = { type: 'view', id: before.id }
  const summary = before.query === next.query ? null : 'Lists other feedback'
  const [was, is] = [shownOf(before), shownOf(next)]
  const audit = c.var.writeDown({
    action: 'view.update',
    target,
    before: was,
    after: is,
    ...(summary && { summary }),
  })
  if (!(await updateView(c.env.DB, next, Date.now(), audit))) return refuse(c, gone)
  const saved = await findView(c.env.DB, actor.project, before.id, member)
  return saved === null ? refuse(c, gone) : c.json(saved, 200)
})

views.openapi(deleteViewRoute, async (c) => {
  const { actor } = c.var
  const before = await findView(c.env.DB, actor.project, c.req.param('id').toLowerCase(), memberOf(actor))
  if (before === null) return refuse(c, gone)
  const refusal = whyNot(actor, before.visibility)
  if (refusal !== null) return refuse(c, refusal)
  const target = { type: 'view', id: before.id }
  const audit = c.var.writeDown({ action: 'view.delete', target, before: shownOf(before) })
  if (!(await deleteView(c.env.DB, actor.project, before.id, audit))) return refuse(c, gone)
  return c.body(null, 204)
})

views.openapi(visitRoute, async (c) => {
  const { actor, signedIn } = c.var
  const rules = { gapMs: serverLimits.visitGapMs, writeMs: serverLimits.visitWriteMs }
  const since = await recordVisit(c.env.DB, actor.project, signedIn.member.id, Date.now(), rules)
  const answer = { since: since === null ? null : new Date(since).toISOString() }
  return c.json(answer, 200, { 'cache-control': 'no-store' })
})
