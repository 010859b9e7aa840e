import { ArrowDown, ArrowUp, ChevronDown, Copy, GripVertical, Trash2 } from 'lucide'
import { useState } from 'preact/hooks'
import type { QuestionType, SurveyQuestion } from '../../../../sdk/wire/index.ts'
import { mayEdit } from '../../collector/session.ts'
import { Button } from '../../controls/button.tsx'
import { Icon } from '../../controls/icon.tsx'
import type { Draft } from '../draft/draft.ts'
import { typeWords } from '../draft/types.ts'
import type { Ways } from '../draft/ways.ts'
import { openQuestion } from '../sections.ts'
import { faults } from '../workbench.ts'
import { QuestionFields } from './question-fields.tsx'
import { typeIcons } from './type-list.tsx'
import { leadsInWords } from './leads.ts'

interface CardProps {
  draft: Draft
  question: SurveyQuestion
  index: number
  ways: Ways
  isOpen: boolean
  onMove: (from: number, to: number) => void
  onDuplicate: () => void
  onRemove: () => void
  onType: (type: QuestionType) => void
}

/** One question: closed it says what it asks and where it leads, open it can be changed. */
export function QuestionCard(props: CardProps) {
  const { draft, question, index, ways, isOpen, onMove } = props
  const [isOver, setOver] = useState(false)
  const isLost = ways.reached[index] === false
  const isFaulty = faults.value.some(({ path }) => path.startsWith(`questions[${index}]`))
  const text = question.text[draft.language] || 'A question without text'
  return (
    <li
      class={`question ${isOpen ? 'open' : ''} ${isOver ? 'over' : ''}`}
      aria-label={`Question ${index + 1}`}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes(dragType)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const from = event.dataTransfer?.getData(dragType)
        if (!from) return
        event.preventDefault()
        onMove(Number(from), index)
      }}
    >
      <div class="question-head">
        {mayEdit.value && <Grip index={index} />}
        <button
          type="button"
          class="question-toggle"
          aria-expanded={isOpen}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onClick={() => {
            openQuestion.value = isOpen ? null : index
          }}
          onKeyDown={(event) => {
            if (!event.altKey || !mayEdit.peek()) return
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
            event.preventDefault()
            onMove(index, event.key === 'ArrowUp' ? index - 1 : index + 1)
          }}
        >
          <span class="question-number">{index + 1}</span>
          <Icon of={typeIcons[question.type]} />
          <span class="question-text" dir="auto">
            {text}
          </span>
          <Icon of={ChevronDown} class="question-chevron" />
        </button>
        {mayEdit.value && (
          <span class="question-tools">
            <Button
              icon={ArrowUp}
              label={`Move question ${index + 1} up`}
              disabled={index === 0}
              onClick={() => onMove(index, index - 1)}
            />
            <Button
              icon={ArrowDown}
              label={`Move question ${index + 1} down`}
              disabled={index === draft.questions.length - 1}
              onClick={() => onMove(index, index + 1)}
            />
            <Button icon={Copy} label={`Duplicate question ${index + 1}`} onClick={props.onDuplicate} />
            <Button icon={Trash2} label={`Remove question ${index + 1}`} onClick={props.onRemove} />
          </span>
        )}
      </div>
      {(isLost || (isFaulty && !isOpen)) && (
        <p class="question-warning">
          {isLost && 'Nobody gets here: every way before it leads past it. '}
          {isFaulty && !isOpen && 'Something in it is not right yet.'}
        </p>
      )}
      {isOpen ? (
        <QuestionFields draft={draft} question={question} index={index} ways={ways} onType={props.onType} />
      ) : (
        <p class="question-facts">
          {typeWords[question.type].name}
          {question.required && ', must be answered'}
          {leadsInWords(draft, index, ways).map((lead) => (
            <span key={lead}>{lead}</span>
          ))}
        </p>
      )}
    </li>
  )
}

const dragType = 'application/x-earshot-question'

/** What a pointer takes hold of; keys use the buttons. */
function Grip({ index }: { index: number }) {
  return (
    <span
      class="question-grip"
      draggable
      aria-hidden="true"
      title="Drag to reorder"
      onDragStart={(event) => {
        event.dataTransfer?.setData(dragType, String(index))
        const card = event.currentTarget.closest('li')
        if (card) event.dataTransfer?.setDragImage(card, 16, 16)
      }}
    >
      <Icon of={GripVertical} />
    </span>
  )
}
