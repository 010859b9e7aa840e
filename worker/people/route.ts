import type { Erasure, PersonRecord, PersonView } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { jsonBody } from '../access/body.ts'
import { requireScope } from '../access/guard.ts'
import { makeViewer } from '../access/links.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import type { AppContext } from '../env.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { readCursor, writeCursor } from '../filters/cursor.ts'
import { readLimit } from '../filters/limit.ts'
import { serverLimits } from '../limits.ts'
import { listAuditOf } from '../storage/audit.ts'
import { listDeliveriesOf } from '../storage/deliveries.ts'
import { factsOf, saidByTeam } from '../storage/facts.ts'
import { countMeant, either, isMeant, listMeant, matchParts, namedIn, type PersonKey } from '../storage/meant.ts'
import { foreseePerson, listPeople, updatePerson } from '../storage/people.ts'
import { findProject } from '../storage/projects.ts'
import { toItem } from '../storage/row.ts'
import { behind, erase, unknown } from './erase.ts'
import { personId } from './marks.ts'
import { type Place, resolve } from './resolve.ts'
import { erasePersonRoute, personRoute, updatePersonRoute } from './schema.ts'
import { readSelector, type Selector } from './selector.ts'

/** Somebody: everything about them, what the team knows of them, and forgetting them. Needs `read`, `write`, `admin`. */
export const people = makeRoom()

people.get('/v1/people/*', requireScope('read'))
people.put('/v1/people/*', requireScope('write'), jsonBody)
people.delete('/v1/people/*', requireScope('admin'))

async function placeOf(c: AppContext): Promise<Place> {
  const { project } = c.var.actor
  return { db: c.env.DB, project, secret: (await findProject(c.env.DB, project))?.secret ?? '' }
}

people.openapi(personRoute, async (c) => {
  const query = new URL(c.req.url).searchParams
  const other = [...query.keys()].find((name) => !['cursor', 'limit', 'project'].includes(name))
  if (other !== undefined) {
    const issues = [{ path: other, reason: 'unknown' }]
    return refuse(
      c,
      failed('unknown-filter', `There is no parameter '${other}'; there are cursor and limit.`, { issues }).failure,
    )
  }
  const limit = readLimit(query, limits.pageDefault, limits.pageMax)
  if (!limit.ok) return refuse(c, limit.failure)
  const cursor = query.get('cursor')
  const start = cursor === null ? null : readCursor(cursor)
  if (start !== null && !start.ok) return refuse(c, start.failure)
  const selector = readSelector(c.req.param('id'))
  if (!selector.ok) return refuse(c, selector.failure)
  const below = start?.value.by === 'time' ? start.value.doc : null
  const view = await viewPerson(c, selector.value, { below, limit: limit.value })
  return view.ok ? c.json(view.value, 200) : refuse(c, view.failure)
})

async function viewPerson(
  c: AppContext,
  selector: Selector,
  { below, limit }: { below: number | null; limit: number },
): Promise<Outcome<PersonView>> {
  if (!(await c.var.catchUp('search', 'people'))) return { ok: false, failure: behind }
  const place = await placeOf(c)
  const resolved = await resolve(place, selector)
  const parts = resolved === null ? null : matchParts(place.project, resolved.meant)
  const match = parts === null ? null : either(parts.persons, parts.named, parts.linked)
  if (resolved === null || match === null) return { ok: false, failure: unknown }
  const from = { below: below ?? Number.MAX_SAFE_INTEGER, limit: limit + 1 }
  const [found, count] = await Promise.all([
    listMeant(place.db, place.project, match, from),
    countMeant(place.db, place.project, match, limits.countMax),
  ])
  const rows = found.slice(0, limit)
  const items = rows.filter((row) => isMeant(namedIn(row), resolved.meant)).map(toItem)
  const shown = below === null ? resolved.people : []
  if (below === null && shown.length + items.length === 0) return { ok: false, failure: unknown }
  const last = found.length > limit ? rows.at(-1) : undefined
  const ids = items.map(({ id }) => id)
  return done({
    people: shown,
    ...(await findDeeds(c, [...shown.map(({ id }) => id), ...ids], ids)),
    items: await makeViewer(c, serverLimits.linkSeconds)(items),
    next: last === undefined ? null : writeCursor({ by: 'time', doc: last.doc }),
    total: { count, exact: count < limits.countMax },
  })
}

/** What was done with somebody and their items, and told of these: as the audit log and webhooks, for admins alone. */
async function findDeeds(
  c: AppContext,
  targets: readonly string[],
  items: readonly string[],
): Promise<Pick<PersonView, 'history' | 'deliveries'>> {
  const { project, scopes } = c.var.actor
  if (!scopes.includes('admin')) return { history: null, deliveries: null }
  const [history, deliveries] = await Promise.all([
    listAuditOf(c.env.DB, project, targets),
    listDeliveriesOf(c.env.DB, project, items),
  ])
  return {
    history: history.map(({ id: _id, actor: _actor, requestId: _request, ...entry }) => entry),
    deliveries,
  }
}

people.openapi(updatePersonRoute, async (c) => {
  const selector = readSelector(c.req.param('id'))
  if (!selector.ok) return refuse(c, selector.failure)
  if (!(await c.var.catchUp('people'))) return refuse(c, behind)
  const place = await placeOf(c)
  const found = await findKey(place, selector.value)
  if (!found.ok) return refuse(c, found.failure)
  const { name, email, traits, account } = c.req.valid('json')
  const now = Date.now()
  const id = await personId(place.secret, found.value)
  const belongs = typeof account === 'string' ? { id: account } : account
  const facts = factsOf({ name, email, account: belongs }, traits, saidByTeam(now))
  const news = { ...found.value, project: place.project, id, facts, at: now, item: null }
  const { before, after } = await foreseePerson(place.db, news)
  const sides = { before: before && knownOf(before), after: knownOf(after) }
  const audit = c.var.writeDown({ action: 'person.update', target: { type: 'person', id }, ...sides })
  const updated = await updatePerson(place.db, news, audit)
  return updated === null ? refuse(c, unknown) : c.json(updated, 200)
})

/** What the audit log keeps of a person; it goes when the person is erased. */
const knownOf = ({ name, email, traits, account }: PersonRecord) => ({ name, email, traits, account })

/** Whom the team speaks of: a known person, or the verified one of an id. */
async function findKey({ db, project }: Place, selector: Selector): Promise<Outcome<PersonKey>> {
  if (selector.by === 'external') return done({ externalId: selector.id, verified: true })
  if (selector.by !== 'uuid') {
    return failed('bad-request', 'What the team knows is of a person: say which by UUID or external:ID.', {
      issues: [{ path: 'id', reason: 'neither a UUID nor external:ID' }],
    })
  }
  const [known] = await listPeople(db, project, [selector.id])
  return known === undefined ? { ok: false, failure: unknown } : done(known)
}

people.openapi(erasePersonRoute, async (c) => {
  const now = Date.now()
  const selector = readSelector(c.req.param('id'))
  if (!selector.ok) return refuse(c, selector.failure)
  // How somebody is named may say who it was.
  const { by, id } = selector.value
  const target = by === 'uuid' ? { type: 'person', id } : null
  const noteOf = (after: Erasure) => ({ action: 'person.erase', target, after: { by, ...after } }) as const
  const catchUp = () => c.var.catchUp('search', 'people')
  let isWritten = false
  const erased = await erase(await placeOf(c), selector.value, now, catchUp, (whole) => {
    isWritten = true
    return c.var.writeDown(noteOf(whole), 'always')
  })
  if (!erased.ok) return refuse(c, erased.failure)
  // Where it is not complete, or was before.
  if (!isWritten) c.set('audit', noteOf(erased.value))
  c.set('changed', true)
  return c.json(erased.value, 200)
})
