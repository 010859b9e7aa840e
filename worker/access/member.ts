import type { AppContext } from '../env.ts'
import { findMember } from '../storage/members.ts'

/** What `Feedback.assignee` and the author of a note say of a member: the e-mail address, else the name. */
export const assigneeOf = ({ email, name }: { email: string | null; name: string }): string => email ?? name

/** Who asks, in the words of a note: a member, or the hint of a key. */
export async function authorOf(c: AppContext): Promise<string> {
  const [kind, id = ''] = c.var.actor.id.split(/:(.*)/s)
  if (kind !== 'member') return id
  const member = await findMember(c.env.DB, id)
  return member === null ? id : assigneeOf(member)
}
