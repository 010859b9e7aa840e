import { UserRoundPlus, UserRoundX } from 'lucide'
import { useEffect } from 'preact/hooks'
import { close } from '../actions/overlay.ts'
import { session } from '../collector/session.ts'
import { Icon } from '../controls/icon.tsx'
import { Picker, type Option } from '../controls/picker.tsx'
import { targets } from '../inbox/inbox.ts'
import { assign } from './assign.ts'
import { AssigneeMark } from './assignee.tsx'
import { loadMembers, me, members, nameOf } from './members.ts'
import { items } from './workspace.ts'

/** Whom the open item, or everything ticked, belongs to: oneself first, then the others, then nobody. */
export function AssignPicker({ label }: { label: string }) {
  useEffect(() => void loadMembers(), [])
  const current = new Set(targets.value.map((id) => items.get(id)?.value.assignee ?? null))
  const own = me.value
  const others = new Set(members.value.map(({ assignee }) => assignee))
  for (const assignee of current) if (assignee !== null) others.add(assignee)
  if (own !== null) others.delete(own)
  const person = (assignee: string, name: string): Option => ({
    key: assignee,
    label: name,
    icon: <AssigneeMark of={assignee} />,
    ...(name !== assignee && assignee !== own && { detail: assignee }),
    checked: current.size === 1 && current.has(assignee),
    run: () => assign(assignee),
  })
  const options = [
    ...(own === null ? [] : [{ ...person(own, `${session.value?.member.name ?? own} (you)`), shortcut: 'i' }]),
    ...[...others].map((assignee) => person(assignee, nameOf(assignee))),
    {
      key: '',
      label: 'Nobody',
      icon: <Icon of={UserRoundX} />,
      checked: current.size === 1 && current.has(null),
      run: () => assign(null),
    },
  ]
  return (
    <Picker
      label={label}
      options={options}
      onClose={close}
      empty="Nobody has this name."
      create={{ title: (text) => `Assign to “${text}”`, icon: UserRoundPlus, run: (text) => createAssignee(text) }}
    />
  )
}

/** Somebody who is no member: a team may work in several systems. `none` is what filters call nobody. */
function createAssignee(text: string): void {
  close()
  assign(text === 'none' ? null : text)
}
