import type { Member } from '../../sdk/wire/index.ts'
import { jsonBody } from '../access/body.ts'
import { requireScope } from '../access/guard.ts'
import { assigneeOf } from '../access/member.ts'
import { forgetIdentitySecrets } from '../access/identity-secrets.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { viewKey } from '../access/view-key.ts'
import type { AppContext } from '../env.ts'
import { done, failed } from '../failure.ts'
import { listMade } from '../storage/made.ts'
import { deleteMembership, findMemberIn, listMembers, updateRole } from '../storage/members.ts'
import { deleteSessionsIn } from '../storage/sessions.ts'
import { chooseRevoked, factsOf, readRevocation } from './revoke.ts'
import { deleteMemberRoute, deleteMemberSessionsRoute, madeRoute, membersRoute, updateMemberRoute } from './schema.ts'
import { viewInvitation } from './view-invitation.ts'

/** Who works in the project, and as what. Seeing it needs `read`, changing it `admin`; leaving needs neither. */
export const members = makeRoom()

members.get('/v1/members', requireScope('read'))
members.get('/v1/members/:id/made', requireScope('admin'))
members.patch('/v1/members/:id', requireScope('admin'), jsonBody)
members.delete('/v1/members/:id', requireScope())
members.delete('/v1/members/:id/sessions', requireScope('admin'))

const noSuchMember = failed('not-found', 'There is no such member in this project.').failure
const lastAdmin = failed(
  'conflict',
  'This is the project’s last admin. Make somebody else an admin first; a project without one could not be looked after.',
).failure

const staysAdmin = failed(
  'invalid',
  'Keys are revoked with this where somebody is an admin no more. Use the keys’ own route.',
  {
    issues: [{ path: 'revokeKeys', reason: 'goes with another role than admin' }],
  },
).failure

const view = (member: Omit<Member, 'assignee'>): Member => ({ ...member, assignee: assigneeOf(member) })

const targetOf = ({ id }: { id: string }) => ({ type: 'member', id })

/** The member in the path, where they belong to the asker's project. */
const findWanted = (c: AppContext) => findMemberIn(c.env.DB, c.var.actor.project, c.req.param('id') ?? '')

members.openapi(madeRoute, async (c) => {
  const member = await findWanted(c)
  if (member === null) return refuse(c, noSuchMember)
  const maker = { project: c.var.actor.project, member: member.id, now: Date.now() }
  const { keys, invitations, webhooks } = await listMade(c.env.DB, maker)
  const made = { keys: keys.map(viewKey), invitations: invitations.map(viewInvitation), webhooks }
  return c.json(made, 200, { 'cache-control': 'no-store' })
})

members.openapi(membersRoute, async (c) => {
  const found = await listMembers(c.env.DB, c.var.actor.project)
  return c.json({ items: found.map(view) }, 200)
})

members.openapi(updateMemberRoute, async (c) => {
  const member = await findWanted(c)
  if (member === null) return refuse(c, noSuchMember)
  const { role, ...wish } = c.req.valid('json')
  const { revokeKeys = [] } = wish
  if (role === 'admin' && revokeKeys.length > 0) return refuse(c, staysAdmin)
  const isReleased = role !== 'admin' && (member.role === 'admin' || revokeKeys.length > 0)
  const chosen = isReleased ? await chooseRevoked(c, member.id, wish) : done(null)
  if (!chosen.ok) return refuse(c, chosen.failure)
  const revoked = chosen.value
  const place = { member: member.id, project: c.var.actor.project }
  const [before, after] = [{ role: member.role }, { role, ...(revoked && factsOf(revoked)) }]
  const audit = c.var.writeDown({ action: 'member.update', target: targetOf(member), before, after })
  if (!(await updateRole(c.env.DB, place, role, revoked, audit))) return refuse(c, lastAdmin)
  forgetIdentitySecrets(place.project)
  return c.json(view({ ...member, role }), 200)
})

members.openapi(deleteMemberRoute, async (c) => {
  const { actor } = c.var
  const wish = readRevocation(new URL(c.req.url).searchParams)
  if (!wish.ok) return refuse(c, wish.failure)
  const isOwn = actor.id === `member:${c.req.param('id')}`
  if (!actor.scopes.includes('admin') && (!isOwn || wish.value.revokeKeys.length > 0)) {
    const what = isOwn ? 'Revoking keys' : 'Taking somebody else out of the project'
    return refuse(c, failed('no-scope', `${what} needs the scope ‘admin’.`).failure)
  }
  const member = await findWanted(c)
  if (member === null) return refuse(c, noSuchMember)
  const revoked = await chooseRevoked(c, member.id, wish.value)
  if (!revoked.ok) return refuse(c, revoked.failure)
  const { name, role } = member
  const [before, after] = [{ name, role }, factsOf(revoked.value)]
  const audit = c.var.writeDown({ action: 'member.remove', target: targetOf(member), before, after })
  const place = { member: member.id, project: actor.project }
  if (!(await deleteMembership(c.env.DB, place, revoked.value, audit))) return refuse(c, lastAdmin)
  forgetIdentitySecrets(actor.project)
  return c.body(null, 204)
})

members.openapi(deleteMemberSessionsRoute, async (c) => {
  const member = await findWanted(c)
  if (member === null) return refuse(c, noSuchMember)
  const withPasskeys = c.req.valid('query').passkeys === 'close'
  const after = withPasskeys ? { passkeys: 'closed' } : null
  const note = { action: 'session.end', target: targetOf(member), summary: 'Everywhere', after } as const
  await deleteSessionsIn(c.env.DB, member.id, c.var.actor.project, withPasskeys, c.var.writeDown(note, 'always'))
  return c.body(null, 204)
})
