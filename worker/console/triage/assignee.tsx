import { UserRound } from 'lucide'
import { useEffect } from 'preact/hooks'
import { Icon } from '../controls/icon.tsx'
import { isolate } from '../controls/isolate.ts'
import { loadMembers, me, nameOf } from './members.ts'

/** Who takes care of an item: one or two letters, with the name on hover. */
export function AssigneeMark({ of }: { of: string | undefined }) {
  useEffect(() => {
    if (of !== undefined && of !== me.peek()) void loadMembers()
  }, [of])
  if (of === undefined) return <Icon of={UserRound} />
  const name = nameOf(of)
  return (
    <span class={of === me.value ? 'assignee-mark mine' : 'assignee-mark'} title={isolate(`Assigned to ${name}`)}>
      <span class="hidden-text">Assigned to {name}</span>
      <span aria-hidden="true">{initials(name)}</span>
    </span>
  )
}

/** @example initials('ada.admin@example.com') // 'AA' */
export function initials(name: string): string {
  const [before = ''] = name.split('@')
  const words = before.split(/[\s._-]+/).filter(Boolean)
  const chosen = [words.at(0), words.length > 1 ? words.at(-1) : '']
  return chosen
    .map((word) => word?.match(/^./u)?.[0] ?? '')
    .join('')
    .toUpperCase()
}
