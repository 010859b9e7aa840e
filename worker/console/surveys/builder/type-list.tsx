import {
  CircleDot,
  Gauge,
  type IconNode,
  SlidersHorizontal,
  Smile,
  SquareCheck,
  Star,
  TextCursorInput,
  TextInitial,
  ThumbsUp,
} from 'lucide'
import { type QuestionType, questionTypes } from '../../../../sdk/wire/index.ts'
import { Icon } from '../../controls/icon.tsx'
import { typeWords } from '../draft/types.ts'

export const typeIcons: Record<QuestionType, IconNode> = {
  nps: Gauge,
  csat: Smile,
  ces: SlidersHorizontal,
  stars: Star,
  thumbs: ThumbsUp,
  single: CircleDot,
  multiple: SquareCheck,
  short: TextCursorInput,
  long: TextInitial,
}

/** What can be asked for, each with what it is good for. */
export function TypeList({ onPick }: { onPick: (type: QuestionType) => void }) {
  return (
    <ul class="types">
      {questionTypes.map((type) => (
        <li key={type}>
          <button type="button" class="type" onClick={() => onPick(type)}>
            <Icon of={typeIcons[type]} />
            <span class="type-name">{typeWords[type].name}</span>
            <span class="type-about">{typeWords[type].about}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
