import type { Member } from '../../sdk/wire/index.ts'
import { jsonBody } from '../access/body.ts'
import { requireScope } from '../access/guard.ts'
import { assigneeOf } from '../access/member.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import type { AppContext } from '../env.ts'
import { failed } from '../failure.ts'
import { deleteMembership, findMemberIn, listMembers, updateRole } from '../storage/members.ts'
import { deleteSessionsIn } from '../storage/sessions.ts'
import { deleteMemberRoute, deleteMemberSessionsRoute, membersRoute, updateMemberRoute } from './schema.ts'

/** Who works in the project, and as what. Seeing it needs `read`, changing it `admin`; leaving needs neither. */
export const members = makeRoom()

members.get('/v1/members', requireScope('read'))
members.patch('/v1/members/:id', requireScope('admin'), jsonBody)
members.delete('/v1/members/:id', requireScope())
members.delete('/v1/members/:id/sessions', requireScope('admin'))

const noSuchMember = failed('not-found', 'There is no such member in this project.').failure
const lastAdmin = failed(
  'conflict',
  'This is the project’s last admin. Make somebody else an admin first; a project without one could not be looked after.',
).failure

const view = (member: Omit<Member, 'assignee'>): Member => ({ ...member, assignee: assigneeOf(member) })

const targetOf = ({ id }: { id: string }) => ({ type: 'member', id })

/** The member in the path, where they belong to the asker's project. */
const findWanted = (c: AppContext) => findMemberIn(c.env.DB, c.var.actor.project, c.req.param('id') ?? '')

members.openapi(membersRoute, async (c) => {
  const found = await listMembers(c.env.DB, c.var.actor.project)
  return c.json({ items: found.map(view) }, 200)
})

members.openapi(updateMemberRoute, async (c) => {
  const member = await findWanted(c)
  if (member === null) return refuse(c, noSuchMember)
  const { role } = c.req.valid('json')
  const isChanged = await updateRole(c.env.DB, member.id, c.var.actor.project, role)
  if (!isChanged) return refuse(c, lastAdmin)
  c.set('audit', { action: 'member.update', target: targetOf(member), before: { role: member.role }, after: { role } })
  return c.json(view({ ...member, role }), 200)
})

members.openapi(deleteMemberRoute, async (c) => {
  const { actor } = c.var
  if (!actor.scopes.includes('admin') && actor.id !== `member:${c.req.param('id')}`) {
    return refuse(c, failed('no-scope', 'Taking somebody else out of the project needs the scope ‘admin’.').failure)
  }
  const member = await findWanted(c)
  if (member === null) return refuse(c, noSuchMember)
  const isGone = await deleteMembership(c.env.DB, member.id, actor.project)
  if (!isGone) return refuse(c, lastAdmin)
  const { name, role } = member
  c.set('audit', { action: 'member.remove', target: targetOf(member), before: { name, role } })
  return c.body(null, 204)
})

members.openapi(deleteMemberSessionsRoute, async (c) => {
  const member = await findWanted(c)
  if (member === null) return refuse(c, noSuchMember)
  await deleteSessionsIn(c.env.DB, member.id, c.var.actor.project)
  c.set('audit', { action: 'session.end', target: targetOf(member), summary: 'Everywhere' })
  return c.body(null, 204)
})
