import { Plus } from 'lucide'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { limits, type QuestionType } from '../../../../sdk/wire/index.ts'
import { mayEdit } from '../../collector/session.ts'
import { Button } from '../../controls/button.tsx'
import { notify } from '../../controls/notices.ts'
import type { Draft } from '../draft/draft.ts'
import {
  addQuestion,
  changeType,
  duplicateQuestion,
  moveQuestion,
  removeQuestion,
  restoreQuestion,
  setQuestion,
} from '../draft/questions.ts'
import { typeWords } from '../draft/types.ts'
import { waysThrough } from '../draft/ways.ts'
import { openKey } from '../drafts.ts'
import { openQuestion } from '../sections.ts'
import { change, draft as current, kept } from '../workbench.ts'
import { FaultLines, faultsAt } from './field.tsx'
import { QuestionCard } from './question-card.tsx'
import { TypeList } from './type-list.tsx'

/** The questions in order, one of them open. */
export function QuestionList({ draft }: { draft: Draft }) {
  const list = useRef<HTMLOListElement>(null)
  const [adding, setAdding] = useState(draft.questions.length === 0)
  /** The question that takes the focus once it is drawn in its new place. */
  const focus = useRef<number | null>(null)
  const fresh = useRef(false)
  const ways = waysThrough(draft.questions)
  const isFull = draft.questions.length >= limits.surveyQuestionsMax

  // Before the next key, which would go elsewhere.
  useLayoutEffect(() => {
    const at = focus.current
    if (at === null) return
    focus.current = null
    const card = list.current?.children[at]
    card?.querySelector<HTMLElement>(fresh.current ? 'textarea' : '.question-toggle')?.focus()
    fresh.current = false
    card?.scrollIntoView({ block: 'nearest' })
  })

  const move = (from: number, to: number) => {
    if (to < 0 || to >= draft.questions.length || from === to) return
    change((before) => moveQuestion(before, from, to))
    const open = openQuestion.peek()
    if (open === from) openQuestion.value = to
    else if (open !== null && from < open && to >= open) openQuestion.value = open - 1
    else if (open !== null && from > open && to <= open) openQuestion.value = open + 1
    focus.current = to
  }
  const add = (type: QuestionType) => {
    change((before) => addQuestion(before, type, kept.peek()))
    setAdding(false)
    openQuestion.value = draft.questions.length
    focus.current = draft.questions.length
    fresh.current = true
  }

  return (
    <section aria-label="Questions">
      <ol class="questions" ref={list} data-path="questions" tabIndex={-1}>
        {draft.questions.map((question, index) => (
          <QuestionCard
            key={index}
            draft={draft}
            question={question}
            index={index}
            ways={ways}
            isOpen={openQuestion.value === index}
            onMove={move}
            onDuplicate={() => {
              change((before) => duplicateQuestion(before, index, kept.peek()))
              openQuestion.value = index + 1
              focus.current = index + 1
            }}
            onRemove={() => {
              remove(index)
              focus.current = Math.max(0, index - 1)
            }}
            onType={(type) => retype(draft, index, type)}
          />
        ))}
      </ol>
      <FaultLines of={faultsAt('questions')} />
      {!mayEdit.value ? null : adding ? (
        <div class="adding">
          <div class="adding-head">
            <h3>What should people do?</h3>
            {draft.questions.length > 0 && <Button onClick={() => setAdding(false)}>Cancel</Button>}
          </div>
          <TypeList onPick={add} />
        </div>
      ) : (
        <Button icon={Plus} look="outline" disabled={isFull} onClick={() => setAdding(true)}>
          Add a question
        </Button>
      )}
      {isFull && <p class="field-hint">A survey has at most {limits.surveyQuestionsMax} questions.</p>}
    </section>
  )
}

function remove(index: number): void {
  const [key, before] = [openKey.peek(), current.peek()]
  const done = before && removeQuestion(before, index)
  if (!before || !done) return
  change(() => done.draft)
  if (openQuestion.peek() === index) openQuestion.value = null
  else if ((openQuestion.peek() ?? -1) > index) openQuestion.value = Number(openQuestion.peek()) - 1
  const count = done.removed.moved.length
  const led = count === 0 ? '' : ` What led there leads to ${count === 1 ? 'the next one' : 'the next ones'} now.`
  notify({
    tone: 'plain',
    text: `Question ${index + 1} was removed.${led}`,
    action: { label: 'Undo', run: () => change((now) => restoreQuestion(now, done.removed), key) },
  })
}

function retype(draft: Draft, index: number, type: QuestionType): void {
  const [key, before] = [openKey.peek(), draft.questions[index]]
  if (!before || before.type === type) return
  const next = changeType(draft, index, type, kept.peek())
  change(() => next)
  const after = next.questions[index]
  const lost = [
    ...(before.choices && !after?.choices ? ['its choices'] : []),
    ...((before.next?.length ?? 0) > (after?.next?.length ?? 0) ? ['branches that do not fit'] : []),
    ...((before.low ?? before.high) ? ['the words at its ends'] : []),
  ]
  const apart = after && after.id !== before.id ? ' Its answers are counted apart from the ones before.' : ''
  if (lost.length === 0 && apart === '') return
  const left = lost.length > 0 ? ` Left out: ${lost.join(', ')}.` : ''
  notify({
    tone: 'plain',
    text: `Now asked as “${typeWords[type].name}”.${left}${apart}`,
    action: { label: 'Undo', run: () => change((now) => putBack(now, index, after?.id, draft), key) },
  })
}

/** The question as it was, where it still stands there. */
function putBack(now: Draft, index: number, id: string | undefined, before: Draft): Draft {
  const question = before.questions[index]
  if (!question || now.questions[index]?.id !== id) return now
  const questions = now.questions.map((one) =>
    one.next
      ? { ...one, next: one.next.map((branch) => (branch.go === id ? { ...branch, go: question.id } : branch)) }
      : one,
  )
  return setQuestion({ ...now, questions }, index, question)
}
