import { limits } from '../../sdk/wire/limits.ts'
import { jsonBody } from '../access/body.ts'
import { requireScope } from '../access/guard.ts'
import { makeViewer } from '../access/links.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { failed } from '../failure.ts'
import { readCursor, writeCursor } from '../filters/cursor.ts'
import { readLimit } from '../filters/limit.ts'
import { serverLimits } from '../limits.ts'
import { findItem } from '../storage/items.ts'
import { listMerged } from '../storage/merge.ts'
import { findProject } from '../storage/projects.ts'
import { reviseItem } from '../storage/revise.ts'
import { type ItemBody, toItem } from '../storage/row.ts'
import { blackedOut, blackOut } from './black-out.ts'
import { authorOf } from '../access/member.ts'
import { merge } from './merge.ts'
import { withNote } from './notes.ts'
import { gone, reviseById, viewItem } from './revise.ts'
import { addNoteRoute, deleteNoteRoute, mergedRoute, mergeRoute, redactRoute } from './schema.ts'

/** What the team does to one item beside triage: notes, merging, blacking out. Needs `write`; lists need `read`. */
export const team = makeRoom()

team.get('/v1/feedback/:id/merged', requireScope('read'))
team.delete('/v1/feedback/:id/notes/:note', requireScope('write'))
for (const what of ['notes', 'merge', 'redact']) team.post(`/v1/feedback/:id/${what}`, requireScope('write'), jsonBody)

team.openapi(addNoteRoute, async (c) => {
  const [given, author] = [c.req.valid('json'), await authorOf(c)]
  const now = Date.now()
  const revised = await reviseById(c, c.req.param('id'), { action: 'note.create' }, async (row, audit) => {
    const body = JSON.parse(row.body) as ItemBody
    const before = body.teamNotes ?? []
    const notes = withNote(before, given, { author, now })
    if (!notes.ok) return notes
    if (notes.value === before) return { ok: true, value: 'same' }
    const next = { body: { ...body, teamNotes: [...notes.value] }, message: row.message }
    return { ok: true, value: (await reviseItem(c.env.DB, row, next, now, [], audit)) ? 'written' : 'late' }
  })
  if (!revised.ok) return refuse(c, revised.failure)
  return c.json(await viewItem(c, revised.value.row), revised.value.changed ? 201 : 200)
})

team.openapi(deleteNoteRoute, async (c) => {
  const id = c.req.param('note').toLowerCase()
  const revised = await reviseById(c, c.req.param('id'), { action: 'note.delete' }, async (row, audit) => {
    const { teamNotes = [], ...body } = JSON.parse(row.body) as ItemBody
    const kept = teamNotes.filter((note) => note.id !== id)
    if (kept.length === teamNotes.length) return failed('not-found', 'There is no such note on this item any more.')
    const next = { body: kept.length > 0 ? { ...body, teamNotes: kept } : body, message: row.message }
    return { ok: true, value: (await reviseItem(c.env.DB, row, next, Date.now(), [], audit)) ? 'written' : 'late' }
  })
  if (!revised.ok) return refuse(c, revised.failure)
  return c.json(await viewItem(c, revised.value.row), 200)
})

team.openapi(mergeRoute, async (c) => {
  const into = c.req.valid('json').into?.toLowerCase() ?? null
  const note = { action: 'feedback.merge', after: { into } } as const
  const revised = await reviseById(c, c.req.param('id'), note, (row, audit) =>
    merge(c.env.DB, row, into, Date.now(), audit),
  )
  if (!revised.ok) return refuse(c, revised.failure)
  return c.json(await viewItem(c, revised.value.row), 200)
})

team.openapi(mergedRoute, async (c) => {
  const query = new URL(c.req.url).searchParams
  const limit = readLimit(query, limits.pageDefault, limits.pageMax)
  if (!limit.ok) return refuse(c, limit.failure)
  const cursor = query.get('cursor')
  const start = cursor === null ? null : readCursor(cursor)
  if (start !== null && !start.ok) return refuse(c, start.failure)
  const { project } = c.var.actor
  const id = c.req.param('id').toLowerCase()
  if ((await findItem(c.env.DB, project, id)) === null) return refuse(c, gone.failure)
  const below = start?.value.by === 'time' ? start.value.doc : Number.MAX_SAFE_INTEGER
  const { rows, count } = await listMerged(c.env.DB, project, id, { below, limit: limit.value + 1 })
  const shown = rows.slice(0, limit.value)
  const last = rows.length > limit.value ? shown.at(-1) : undefined
  const items = await makeViewer(c, serverLimits.linkSeconds)(shown.map(toItem))
  const next = last === undefined ? null : writeCursor({ by: 'time', doc: last.doc })
  return c.json({ items, next, total: { count, exact: true } }, 200)
})

team.openapi(redactRoute, async (c) => {
  const wanted = c.req.valid('json')
  if ((wanted.texts?.length ?? 0) + (wanted.attachments?.length ?? 0) === 0) {
    const issues = [{ path: 'texts', reason: 'nothing to black out' }]
    return refuse(c, failed('invalid', 'Say what is to go: texts, or numbers of images.', { issues }).failure)
  }
  if (wanted.dryRun) {
    const row = await findItem(c.env.DB, c.var.actor.project, c.req.param('id').toLowerCase())
    if (row === null) return refuse(c, gone.failure)
    const after = blackedOut(row, wanted)
    if (!after.ok) return refuse(c, after.failure)
    const { body, message } = after.value
    return c.json(await viewItem(c, { ...row, message, body: JSON.stringify(body) }), 200)
  }
  const secret = (await findProject(c.env.DB, c.var.actor.project))?.secret ?? ''
  const what = { texts: wanted.texts?.length ?? 0, attachments: wanted.attachments ?? [] }
  const note = { action: 'feedback.redact', after: what } as const
  const revised = await reviseById(c, c.req.param('id'), note, (row, audit) =>
    blackOut({ db: c.env.DB, secret, now: Date.now() }, row, wanted, audit),
  )
  if (!revised.ok) return refuse(c, revised.failure)
  return c.json(await viewItem(c, revised.value.row), 200)
})
