import type { Member, Role } from '../../../../sdk/wire/index.ts'
import { changeRole, removeMember } from '../../collector/members.ts'
import { notify } from '../../controls/notices.ts'
import { confirm } from '../confirm.tsx'
import { Made, newLeaving, revocationOf } from './made.tsx'
import { roleNames, withArticle } from './roles.ts'

/** Asks before somebody is taken out, and what of theirs is to go with them. */
export function askToRemove({ id, name }: Member, onDone: () => void): void {
  const leaving = newLeaving()
  confirm({
    title: `Take ${name} out of the project`,
    what: `${name} sees nothing of this project any more, from the next step on. What they wrote and did stays. To let them back in, invite them again.`,
    choices: <Made id={id} who={name} leaving={leaving} />,
    button: 'Take out',
    failed: 'Not taken out.',
    keep: 'Keep',
    run: () => removeMember(id, revocationOf(leaving)),
    onDone: () => {
      onDone()
      notify({ tone: 'plain', text: `${name} works here no more.` })
    },
  })
}

interface Demotion {
  who: string
  role: Role
  onDone: () => void
}

/** Asks before an admin is one no more, and what of theirs is to go with that. */
export function askToDemote({ id, name }: Member, { who, role, onDone }: Demotion): void {
  const leaving = newLeaving()
  const isYou = who === 'you'
  confirm({
    title: isYou ? `Become ${withArticle(role)}` : `Make ${name} ${withArticle(role)}`,
    what: isYou
      ? `You look after settings, keys and people no more. To be an admin again, another one must make you one.`
      : `${name} looks after settings, keys and people no more, from the next step on.`,
    choices: <Made id={id} who={who} leaving={leaving} />,
    button: `Make ${isYou ? 'me' : 'them'} ${withArticle(role)}`,
    failed: `Still ${roleNames.admin.toLowerCase()}.`,
    keep: 'Keep as admin',
    run: () => changeRole(id, role, revocationOf(leaving)),
    onDone,
  })
}
