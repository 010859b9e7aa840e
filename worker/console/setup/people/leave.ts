import { removeMember } from '../../collector/members.ts'
import { session } from '../../collector/session.ts'
import { confirm } from '../confirm.tsx'

/** Asks before somebody leaves; the last admin cannot, and is told so. */
export function askToLeave({ id, name }: { id: string; name: string }): void {
  const member = session.peek()?.member.id ?? ''
  confirm({
    title: `Leave ${name}`,
    what: 'You see nothing of this project any more. What you wrote and did stays. To come back, somebody must invite you.',
    button: 'Leave',
    failed: 'You are still in.',
    keep: 'Stay',
    run: () => removeMember(member, id),
    onDone: () => location.assign('/console/inbox'),
  })
}
