import { requireScope } from '../access/guard.ts'
import { makeRoom } from '../access/room.ts'
import { listMembers } from '../storage/members.ts'
import { assigneeOf } from '../access/member.ts'
import { membersRoute } from './schema.ts'

/** Who works in the project: whom an item can be assigned to. Needs `read`. */
export const members = makeRoom()

members.get('/v1/members', requireScope('read'))

members.openapi(membersRoute, async (c) => {
  const found = await listMembers(c.env.DB, c.var.actor.project)
  return c.json({ items: found.map((member) => ({ ...member, assignee: assigneeOf(member) })) }, 200)
})
