import { signal } from '@preact/signals'
import type { Member } from '../../../../sdk/wire/index.ts'
import { signOutMember } from '../../collector/members.ts'
import { notify } from '../../controls/notices.ts'
import { confirm } from '../confirm.tsx'
import { Tick } from '../tick.tsx'

/** Asks before a member is signed out everywhere, and whether passkeys open the project no more either. */
export function askToSignOut({ id, name }: Pick<Member, 'id' | 'name'>): void {
  const withPasskeys = signal(false)
  confirm({
    title: `Sign ${name} out everywhere`,
    what: 'Every browser in which this project is open to them is signed out, and sign-in links that wait stop working.',
    choices: (
      <Tick
        on={withPasskeys}
        label="Close the project to their passkeys too"
        hint={`Otherwise ${name} comes back with one, and so does whoever added one in their name. To let them in again, invite them: they keep their role. Other projects of theirs stay open.`}
      />
    ),
    button: 'Sign out everywhere',
    failed: 'Nobody was signed out.',
    keep: 'Keep signed in',
    run: () => signOutMember(id, withPasskeys.value),
    onDone: () => notify({ tone: 'plain', text: `${name} was signed out everywhere.` }),
  })
}
