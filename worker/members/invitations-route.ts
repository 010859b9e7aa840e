import { jsonBody } from '../access/body.ts'
import { requireScope } from '../access/guard.ts'
import { authorOf } from '../access/member.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { hashSecret, randomBase62 } from '../access/secrets.ts'
import { failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { deleteInvitation, insertInvitation, listInvitations } from '../storage/invitations.ts'
import { isMemberEmail } from '../storage/members.ts'
import { createInvitationRoute, deleteInvitationRoute, invitationsRoute } from './schema.ts'
import { viewInvitation } from './view-invitation.ts'

/** Invitations to the project. Needs `admin`; accepting one needs its link alone. */
export const invitations = makeRoom()

invitations.get('/v1/invitations', requireScope('admin'))
invitations.post('/v1/invitations', requireScope('admin'), jsonBody)
invitations.delete('/v1/invitations/:id', requireScope('admin'))

invitations.openapi(invitationsRoute, async (c) => {
  const found = await listInvitations(c.env.DB, c.var.actor.project)
  return c.json({ items: found.map(viewInvitation) }, 200)
})

invitations.openapi(createInvitationRoute, async (c) => {
  const { project } = c.var.actor
  const { role, email = null, days } = c.req.valid('json')
  if (email !== null && (await isMemberEmail(c.env.DB, project, email))) {
    const issues = [{ path: 'email', reason: 'belongs to a member of this project' }]
    return refuse(c, failed('invalid', `${email} works in this project already.`, { issues }).failure)
  }
  const now = Date.now()
  const token = randomBase62(32)
  const invitation = {
    project,
    id: crypto.randomUUID(),
    hash: await hashSecret(token),
    email,
    role,
    invitedBy: await authorOf(c),
    createdAt: now,
    expiresAt: now + (days === undefined ? serverLimits.invitationMs : days * 24 * 3_600_000),
  }
  const bounds = { max: serverLimits.invitationsMax, forgetBefore: now - serverLimits.invitationShownMs }
  // Not whom it is for: the address of somebody who never came would stand in the log for good.
  const target = { type: 'invitation', id: invitation.id }
  const after = { role, expiresAt: new Date(invitation.expiresAt).toISOString() }
  const audit = c.var.writeDown({ action: 'invitation.create', target, after })
  if (!(await insertInvitation(c.env.DB, invitation, bounds, audit))) {
    const detail = `This project has ${bounds.max} open invitations. Take one back that nobody needs any more.`
    return refuse(c, failed('invalid', detail).failure)
  }
  const url = `${new URL(c.req.url).origin}/console/invitation?token=${token}`
  return c.json({ ...viewInvitation(invitation), url }, 201, { 'cache-control': 'no-store' })
})

invitations.openapi(deleteInvitationRoute, async (c) => {
  const id = c.req.param('id') ?? ''
  const audit = c.var.writeDown({ action: 'invitation.revoke', target: { type: 'invitation', id } })
  if (!(await deleteInvitation(c.env.DB, c.var.actor.project, id, audit))) {
    return refuse(c, failed('not-found', 'There is no such invitation, or it was accepted.').failure)
  }
  return c.body(null, 204)
})
