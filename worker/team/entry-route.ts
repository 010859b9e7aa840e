import type { Note, TeamSubmission } from '../../sdk/wire/index.ts'
import { jsonBody } from '../access/body.ts'
import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { failed } from '../failure.ts'
import { sanitise } from '../intake/sanitise.ts'
import { markItem } from '../people/marks.ts'
import { findItem, insertItem, isErased } from '../storage/items.ts'
import { findProject, statusesOf } from '../storage/projects.ts'
import { enter } from './enter.ts'
import { viewItem } from './revise.ts'
import { enterRoute, feedbackRoute } from './schema.ts'

/**
 * What somebody said elsewhere, entered by the team. Needs `write`. The same address takes submissions of pages by their
 * publishable key: the intake, which comes first, leaves to this room what came without one.
 */
export const entry = makeRoom()

entry.openAPIRegistry.registerPath(feedbackRoute)
entry.post('/v1/feedback', requireScope('write'), jsonBody)

entry.openapi(enterRoute, async (c) => {
  const { project } = c.var.actor
  const record = await findProject(c.env.DB, project)
  const secret = record?.secret ?? ''
  const notes: Note[] = []
  const said = sanitise(c.req.valid('json'), notes) as TeamSubmission
  const statuses = statusesOf(record?.settings ?? {}).map(({ key }) => key)
  const entered = await enter({ db: c.env.DB, project, secret, statuses, now: Date.now() }, said, notes)
  if (!entered.ok) return refuse(c, entered.failure)
  const item = await markItem(secret, entered.value)
  const target = { type: 'feedback', id: item.id }
  const after = { kind: item.kind, source: item.source }
  const audit = c.var.writeDown({ action: 'feedback.create', target, after })
  const isNew = await insertItem(c.env.DB, item, audit)
  const row = await findItem(c.env.DB, project, item.id)
  if (isNew) c.set('changed', true)
  if (row !== null) return c.json(await viewItem(c, row), isNew ? 201 : 200)
  const why = (await isErased(c.env.DB, item))
    ? failed('erased', 'It was erased, or whom it names was erased after it was said; it is not stored again.')
    : failed('unavailable', 'It could not be stored just now. Send it again.', { retryAfter: 1 })
  return refuse(c, why.failure)
})
