import { Circle, CircleCheck, CircleDashed, CircleDot, CircleX, Clock, type IconNode } from 'lucide'
import { project } from '../collector/session.ts'
import { Icon } from '../controls/icon.tsx'

const icons: ReadonlyMap<string, [IconNode, string]> = new Map([
  ['new', [CircleDashed, 'tone-info']],
  ['open', [CircleDot, 'tone-notice']],
  ['planned', [Clock, 'tone-plain']],
  ['done', [CircleCheck, 'tone-good']],
  ['declined', [CircleX, 'tone-quiet']],
])

export function statusLabel(key: string): string {
  return project.value?.statuses.find((status) => status.key === key)?.label ?? key
}

/** The sign of a status: its shape says it as well as its colour. */
export function StatusIcon({ of, size = 16 }: { of: string; size?: number }) {
  const stage = project.value?.statuses.find(({ key }) => key === of)?.stage
  const [icon, tone] = icons.get(of) ?? (stage === 'closed' ? [CircleCheck, 'tone-quiet'] : [Circle, 'tone-plain'])
  return <Icon of={icon} size={size} class={tone} />
}
