import { ArrowDown, ArrowUp, Plus, X } from 'lucide'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { limits, type SurveyQuestion } from '../../../../sdk/wire/index.ts'
import { Button } from '../../controls/button.tsx'
import { notify } from '../../controls/notices.ts'
import { addChoice, moveChoice, removeChoice, setChoice } from '../draft/choices.ts'
import { setQuestion } from '../draft/questions.ts'
import { openKey } from '../drafts.ts'
import { change, kept } from '../workbench.ts'
import { FaultLines, faultsAt, TextField } from './field.tsx'

interface ChoiceFieldsProps {
  question: SurveyQuestion
  index: number
  language: string
}

/** What people choose from. Enter in the last one adds another. */
export function ChoiceFields({ question, index, language }: ChoiceFieldsProps) {
  const list = useRef<HTMLOListElement>(null)
  const choices = question.choices ?? []
  const at = `questions[${index}].choices`
  const isFull = choices.length >= limits.surveyChoicesMax
  const by = (next: (question: SurveyQuestion) => SurveyQuestion) =>
    change((before) => ({
      ...before,
      questions: before.questions.map((one, place) => (place === index ? next(one) : one)),
    }))
  // Before the next key, which would go into the field that was left.
  const wanted = useRef<number | null>(null)
  const focus = (place: number) => list.current?.children[place]?.querySelector('input')?.focus()
  useLayoutEffect(() => {
    if (wanted.current !== null) focus(wanted.current)
    wanted.current = null
  })
  const add = () => {
    by((one) => addChoice(one, language, kept.peek().get(question.id) ?? new Set()))
    wanted.current = choices.length
  }
  const remove = (place: number) => {
    const key = openKey.peek()
    by((one) => removeChoice(one, place))
    wanted.current = Math.max(0, place - 1)
    const undo = () =>
      change((now) => (now.questions[index]?.id === question.id ? setQuestion(now, index, question) : now), key)
    notify({ tone: 'plain', text: `Choice ${place + 1} was removed.`, action: { label: 'Undo', run: undo } })
  }
  return (
    <fieldset class="choices" data-path={at} tabIndex={-1}>
      <legend class="field-label">Choices</legend>
      <ol ref={list}>
        {choices.map((choice, place) => (
          <li
            key={place}
            class="choice"
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLInputElement)) return
              event.preventDefault()
              if (place < choices.length - 1) focus(place + 1)
              else if (!isFull) add()
            }}
          >
            <TextField
              label={`Choice ${place + 1}`}
              hiddenLabel
              path={`${at}[${place}].text`}
              language={language}
              value={choice.text[language] ?? ''}
              placeholder={`Choice ${place + 1}`}
              onInput={(said) =>
                by((one) => setChoice(one, place, { ...choice, text: { ...choice.text, [language]: said } }))
              }
            />
            <Button
              icon={ArrowUp}
              label={`Move choice ${place + 1} up`}
              disabled={place === 0}
              onClick={() => by((one) => moveChoice(one, place, place - 1))}
            />
            <Button
              icon={ArrowDown}
              label={`Move choice ${place + 1} down`}
              disabled={place === choices.length - 1}
              onClick={() => by((one) => moveChoice(one, place, place + 1))}
            />
            <Button icon={X} label={`Remove choice ${place + 1}`} onClick={() => remove(place)} />
          </li>
        ))}
      </ol>
      <FaultLines of={faultsAt(at)} />
      <Button icon={Plus} disabled={isFull} onClick={add}>
        Add a choice
      </Button>
    </fieldset>
  )
}
