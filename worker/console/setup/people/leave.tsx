import type { Role } from '../../../../sdk/wire/index.ts'
import { removeMember } from '../../collector/members.ts'
import { session } from '../../collector/session.ts'
import { confirm } from '../confirm.tsx'
import { Made, newLeaving, revocationOf } from './made.tsx'

/** Asks before somebody leaves; the last admin cannot, and is told so. */
export function askToLeave({ id, name, role }: { id: string; name: string; role: Role }): void {
  const member = session.peek()?.member.id ?? ''
  const leaving = newLeaving()
  confirm({
    title: `Leave ${name}`,
    what: 'You see nothing of this project any more. What you wrote and did stays. To come back, somebody must invite you.',
    choices: role === 'admin' && <Made id={member} who="you" project={id} leaving={leaving} />,
    button: 'Leave',
    failed: 'You are still in.',
    keep: 'Stay',
    run: () => removeMember(member, revocationOf(leaving), id),
    onDone: () => location.assign('/console/inbox'),
  })
}
