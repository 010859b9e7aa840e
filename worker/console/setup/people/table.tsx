import { KeyRound, LogOut, UserRoundMinus } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import type { Member, Role } from '../../../../sdk/wire/index.ts'
import { explain } from '../../collector/answer.ts'
import { changeRole } from '../../collector/members.ts'
import { isAdmin, loadSession, project, session } from '../../collector/session.ts'
import { notify } from '../../controls/notices.ts'
import { initials } from '../../triage/assignee.tsx'
import { RowMenu, type RowAction } from '../row-menu.tsx'
import { askToLeave } from './leave.tsx'
import { openSignInLink } from './link-dialog.tsx'
import { askToSignOut } from './sign-out.tsx'
import { askToDemote, askToRemove } from './release.tsx'
import { roleNames, roles, withArticle } from './roles.ts'

/** The members of the project; an admin changes their roles in place. */
export function MemberTable({ members, onChange }: { members: readonly Member[]; onChange: () => void }) {
  return (
    <table class="setup-key-table people-table" aria-label="Members">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Role</th>
          {isAdmin.value && (
            <th scope="col">
              <span class="hidden-text">More</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <MemberRow key={member.id} of={member} onChange={onChange} />
        ))}
      </tbody>
    </table>
  )
}

function MemberRow({ of, onChange }: { of: Member; onChange: () => void }) {
  const isMe = session.value?.member.id === of.id
  return (
    <tr>
      <td>
        <div class="people-who">
          <span class={isMe ? 'assignee-mark mine' : 'assignee-mark'} aria-hidden="true">
            {initials(of.name)}
          </span>
          <span class="people-name">
            <span>
              <b dir="auto">{of.name}</b>
              {isMe && <span class="quiet"> (you)</span>}
            </span>
            {of.email && <span class="quiet">{of.email}</span>}
          </span>
        </div>
      </td>
      <td class="people-role">
        {isAdmin.value ? <RoleSelect of={of} isMe={isMe} onChange={onChange} /> : roleNames[of.role]}
      </td>
      {isAdmin.value && (
        <td class="setup-key-revoke">
          <RowMenu label={`More about ${of.name}`} actions={actionsFor(of, isMe, onChange)} />
        </td>
      )}
    </tr>
  )
}

/** Shows the new role at once, and the old one again where it is refused, with the reason. */
function RoleSelect({ of, isMe, onChange }: { of: Member; isMe: boolean; onChange: () => void }) {
  const [role, setRole] = useState(of.role)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => setRole(of.role), [of.role])
  const tell = (next: Role) => {
    notify({ tone: 'plain', text: `${of.name} is ${withArticle(next)} now.` })
    // What this page offers depends on it.
    if (isMe) void loadSession()
  }
  const change = async (next: Role) => {
    const before = role
    setRole(next)
    setProblem(null)
    const answer = await changeRole(of.id, next)
    if (!answer.ok) {
      const { what, next } = explain(answer.failure)
      setRole(before)
      setProblem(`Still ${roleNames[before].toLowerCase()}. ${what} ${next}`.trim())
      return
    }
    tell(next)
  }
  const choose = (select: HTMLSelectElement) => {
    const next = select.value as Role
    if (role !== 'admin') return void change(next)
    // Asked first: what they made may have to go, too.
    select.value = role
    setProblem(null)
    const onDone = () => {
      setRole(next)
      tell(next)
      onChange()
    }
    askToDemote(of, { who: isMe ? 'you' : of.name, role: next, onDone })
  }
  return (
    <>
      <select
        class="input"
        aria-label={`Role of ${of.name}`}
        value={role}
        onChange={(event) => choose(event.currentTarget)}
      >
        {roles.map((one) => (
          <option key={one} value={one}>
            {roleNames[one]}
          </option>
        ))}
      </select>
      {problem && (
        <p class="setup-field-error" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}

function actionsFor(of: Member, isMe: boolean, onChange: () => void): RowAction[] {
  const link = { label: 'Make a sign-in link', icon: KeyRound, run: () => openSignInLink(of) }
  const signOut = { label: 'Sign out everywhere', icon: LogOut, run: () => askToSignOut(of) }
  const { value: here } = project
  const leave = {
    label: 'Leave the project',
    icon: UserRoundMinus,
    run: () => here && askToLeave({ ...here, role: of.role }),
  }
  const remove = { label: 'Take out of the project', icon: UserRoundMinus, run: () => askToRemove(of, onChange) }
  return isMe ? [link, leave] : [link, signOut, remove]
}
