import { requireSession } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { failed } from '../failure.ts'
import { deleteOwnSession, listSessions } from '../storage/sessions.ts'
import { deleteSessionRoute, sessionsRoute } from './schema.ts'

/** Where the member who asks is signed in. Where Cloudflare Access says who it is there are no sessions of ours. */
export const sessions = makeRoom()

sessions.get('/v1/sessions', requireSession)
sessions.delete('/v1/sessions/:id', requireSession)

sessions.openapi(sessionsRoute, async (c) => {
  const { member, record } = c.var.signedIn
  const found = record === null ? [] : await listSessions(c.env.DB, member.id, Date.now())
  const items = found.map(({ createdAt, lastUsedAt, expiresAt, ...session }) => ({
    ...session,
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: new Date(lastUsedAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    current: session.id === record?.id,
  }))
  return c.json({ items }, 200, { 'cache-control': 'no-store' })
})

sessions.openapi(deleteSessionRoute, async (c) => {
  const id = c.req.param('id') ?? ''
  if (!(await deleteOwnSession(c.env.DB, c.var.signedIn.member.id, id))) {
    return refuse(c, failed('not-found', 'You have no such session, or it has ended.').failure)
  }
  c.set('audit', { action: 'session.end', target: { type: 'session', id } })
  return c.body(null, 204)
})
