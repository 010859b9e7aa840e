import { Bug, Heart, Lightbulb, MessageCircleQuestionMark, MessageSquare, type IconNode } from 'lucide'
import { project } from '../collector/session.ts'
import { Icon } from '../controls/icon.tsx'

const icons: ReadonlyMap<string, IconNode> = new Map([
  ['bug', Bug],
  ['idea', Lightbulb],
  ['praise', Heart],
  ['question', MessageCircleQuestionMark],
])

export function kindLabel(key: string): string {
  return project.value?.kinds.find((kind) => kind.key === key)?.label ?? key
}

export function KindMark({ of }: { of: string }) {
  return (
    <span class="kind">
      <Icon of={icons.get(of) ?? MessageSquare} size={14} />
      <bdi>{kindLabel(of)}</bdi>
    </span>
  )
}
