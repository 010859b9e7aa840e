import type { BulkChange, BulkResult, FeedbackPatch, Status } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { jsonBodyUpTo } from '../access/body.ts'
import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import type { AppContext } from '../env.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { reasonOf } from '../access/reason.ts'
import { parseFilters } from '../filters/parse.ts'
import { serverLimits } from '../limits.ts'
import { listWholeByTime } from '../storage/listing.ts'
import { findProject, statusesOf } from '../storage/projects.ts'
import { listWhole } from '../storage/revise.ts'
import type { Selection } from '../storage/selection.ts'
import { type BulkCursor, changeItems, readBulkCursor, type Undoing, type Wish, writeBulkCursor } from './bulk.ts'
import { bulkRoute, byFilterSchema, changesSchema } from './bulk/schema.ts'
import { checkPatch } from './triage.ts'

/** Changing many at once. Needs `write`. */
export const bulk = makeRoom()

// A plain handler: which of the two forms is meant decides which refusal helps.
bulk.openAPIRegistry.registerPath(bulkRoute)
bulk.post('/v1/feedback/bulk', requireScope('write'), jsonBodyUpTo(serverLimits.bulkMaxBytes), async (c) => {
  const body = await c.req.json<{ changes: BulkChange[] } | { patch: FeedbackPatch }>()
  const outcome = 'changes' in body ? await changeByIds(c, body) : await changeByFilter(c, body)
  if (!outcome.ok) return refuse(c, outcome.failure)
  if (outcome.value.changed > 0) c.set('changed', true)
  return c.json(outcome.value, 200)
})

/**
 * One entry for all, in their one transaction: what undoes it says what stood there before. Whom somebody else was faster
 * with is left out there. A filter may name somebody, so it is left out.
 */
const auditOf = (c: AppContext, given: BulkChange[] | { patch: FeedbackPatch }) => (undoing: readonly Undoing[]) => {
  const before = undoing.map(({ patch, rows }) => ({ patch, ids: rows.map(({ id }) => id) }))
  const after = Array.isArray(given)
    ? given.map(({ patch, items }) => ({ patch, ids: items.map(({ id }) => id) }))
    : [{ patch: given.patch }]
  const of = undoing.flatMap(({ rows }) => rows)
  const summary = of.length === 1 ? '1 item' : `${of.length} items`
  const sides = { before: { patches: before }, after: { patches: after } }
  return c.var.writeDown({ action: 'feedback.triage', target: null, summary, ...sides }, { of })
}

async function changeByIds(c: AppContext, body: object): Promise<Outcome<BulkResult>> {
  const parsed = read(changesSchema, body)
  if (!parsed.ok) return parsed
  const { changes } = parsed.value
  const statuses = await findStatuses(c)
  for (const [i, { patch }] of changes.entries()) {
    const checked = checkPatch(patch, statuses, `changes.${i}.patch.`)
    if (!checked.ok) return checked
  }
  const wanted = collectWanted(changes)
  if (!wanted.ok) return wanted
  const rows = await listWhole(c.env.DB, c.var.actor.project, [...wanted.value.keys()])
  const wishes = rows.flatMap((row): Wish[] => {
    const wish = wanted.value.get(row.id)
    return wish === undefined || (wish.change ?? row.change) !== row.change ? [] : [{ row, patch: wish.patch }]
  })
  const result = await changeItems(c.env.DB, wishes, Date.now(), auditOf(c, changes))
  if (!result.ok) return result
  const standing = new Set(wishes.map(({ row }) => row.id))
  const missed = [...wanted.value.keys()].filter((id) => !standing.has(id))
  return done({ ...result.value, conflicts: [...missed, ...result.value.conflicts], cursor: null })
}

function collectWanted(
  changes: readonly BulkChange[],
): Outcome<Map<string, { patch: FeedbackPatch; change?: number | undefined }>> {
  const wanted = new Map<string, { patch: FeedbackPatch; change?: number | undefined }>()
  for (const [i, { patch, items }] of changes.entries()) {
    for (const [j, { id, change }] of items.entries()) {
      const key = id.toLowerCase()
      if (wanted.has(key)) {
        const issues = [{ path: `changes.${i}.items.${j}.id`, reason: 'stands here twice' }]
        return failed('invalid', `An item may stand once in a request: ${id.slice(0, 60)} stands twice.`, { issues })
      }
      wanted.set(key, { patch, change })
    }
  }
  if (wanted.size <= limits.bulkMax) return done(wanted)
  const issues = [{ path: 'changes', reason: `has ${wanted.size} items` }]
  return failed('invalid', `One request changes at most ${limits.bulkMax} items; these are ${wanted.size}.`, { issues })
}

async function changeByFilter(c: AppContext, body: object): Promise<Outcome<BulkResult>> {
  const parsed = read(byFilterSchema, body)
  if (!parsed.ok) return parsed
  const { filter, patch, cursor } = parsed.value
  const selection = selectionOf(c, filter)
  if (!selection.ok) return selection
  const start = cursor === undefined ? done(null) : readBulkCursor(cursor)
  if (!start.ok) return start
  const checked = checkPatch(patch, await findStatuses(c), 'patch.')
  if (!checked.ok) return checked
  // What stands there now must be found by its facets; what comes later is not meant.
  if (start.value === null && !(await c.var.catchUp('search'))) {
    return failed('unavailable', 'Items that just came in are still being sorted in. Nothing was changed; try again.', {
      retryAfter: serverLimits.behindRetrySeconds,
    })
  }
  return changePage(c, selection.value, patch, start.value)
}

/** By the time of lists, whatever order is asked for: the place of an item in it does not change with the item. */
async function changePage(
  c: AppContext,
  selection: Selection,
  patch: FeedbackPatch,
  start: BulkCursor | null,
): Promise<Outcome<BulkResult>> {
  const now = Date.now()
  const asOf = start?.asOf ?? now
  const meant: Selection = { ...selection, sort: 'newest', asOf }
  const rows = await listWholeByTime(c.env.DB, meant, { after: start?.doc ?? null, limit: limits.bulkMax })
  const result = await changeItems(
    c.env.DB,
    rows.map((row) => ({ row, patch })),
    now,
    auditOf(c, { patch }),
  )
  if (!result.ok) return result
  const last = rows.length < limits.bulkMax ? undefined : rows.at(-1)
  return done({ ...result.value, cursor: last === undefined ? null : writeBulkCursor({ doc: last.doc, asOf }) })
}

function selectionOf(c: AppContext, filter: string): Outcome<Selection> {
  const query = new URLSearchParams(filter)
  const other = query.get('project')
  if (other !== null && other !== c.var.actor.project) {
    return failed('bad-filter', 'The filter names another project than this request is for.', {
      issues: [{ path: 'project', reason: 'another project' }],
    })
  }
  return parseFilters(query, c.var.actor.project, [])
}

async function findStatuses(c: AppContext): Promise<Status[]> {
  return statusesOf((await findProject(c.env.DB, c.var.actor.project))?.settings ?? {})
}

/** The part of a zod schema that is used here; zod itself stands only in schema files. */
interface Parser<T> {
  safeParse(
    value: unknown,
  ): { success: true; data: T } | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } }
}

function read<T>(schema: Parser<T>, body: object): Outcome<T> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return done(parsed.data)
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), reason: reasonOf(message) }))
  const [first] = issues
  const place = first?.path === '' || first === undefined ? 'the body' : first.path
  return failed(
    'invalid',
    `Not accepted: ${place} ${first?.reason ?? ''}. Give changes, or filter and patch.`.replace('..', '.'),
    { issues },
  )
}
