import { requireSession } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { failed } from '../failure.ts'
import { findReach } from '../storage/opening.ts'
import { deleteOthers, deleteOwnSession, listSessions } from '../storage/sessions.ts'
import { deleteSessionRoute, deleteSessionsRoute, sessionsRoute } from './schema.ts'

/**
 * Where the member who asks is signed in, as far as this session opens: whoever was let in to one project ends nothing that
 * opens others. Where Cloudflare Access says who it is there are no sessions of ours.
 */
export const sessions = makeRoom()

sessions.get('/v1/sessions', requireSession)
sessions.delete('/v1/sessions', requireSession)
sessions.delete('/v1/sessions/:id', requireSession)

sessions.openapi(sessionsRoute, async (c) => {
  const { member, record } = c.var.signedIn
  const now = Date.now()
  const { found, hidden } =
    record === null
      ? { found: [], hidden: 0 }
      : await listSessions(c.env.DB, { member: member.id, projects: record.projects }, now)
  const items = found.map(({ createdAt, lastUsedAt, expiresAt, ...session }) => ({
    ...session,
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: new Date(lastUsedAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    current: session.id === record?.id,
  }))
  return c.json({ items, hidden }, 200, { 'cache-control': 'no-store' })
})

const notHere = failed('invalid', 'Here Cloudflare Access says who is signed in: sign out there.').failure
const noSuch = failed('not-found', 'You have no such session, or it has ended.').failure
const opensMore = failed(
  'no-scope',
  'That session sees projects of yours that you are not signed in to here. Sign in by a passkey or a link that opens them all, and end it there.',
).failure

sessions.openapi(deleteSessionsRoute, async (c) => {
  const { member, record } = c.var.signedIn
  if (record === null) return refuse(c, notHere)
  const withPasskeys = c.req.valid('query').passkeys === 'remove'
  const target = { type: 'member', id: member.id }
  const after = withPasskeys ? { passkeys: 'removed' } : null
  const note = { action: 'session.end', target, summary: 'Everywhere else', after } as const
  await deleteOthers(c.env.DB, member.id, record, withPasskeys, c.var.writeDown(note, 'always'))
  return c.body(null, 204)
})

sessions.openapi(deleteSessionRoute, async (c) => {
  const { member, record } = c.var.signedIn
  const id = c.req.param('id') ?? ''
  const own = { member: member.id, id, projects: record?.projects ?? null }
  const reach = await findReach(c.env.DB, own)
  if (reach === 'beyond') return refuse(c, opensMore)
  const audit = c.var.writeDown({ action: 'session.end', target: { type: 'session', id } })
  if (reach === null || !(await deleteOwnSession(c.env.DB, member.id, id, audit))) return refuse(c, noSuch)
  return c.body(null, 204)
})
