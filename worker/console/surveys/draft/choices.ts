import type { SurveyChoice, SurveyQuestion } from '../../../../sdk/wire/index.ts'
import { freeId } from './ids.ts'
import { moved } from './questions.ts'

/** One more choice, to be written. `kept` are ids that answers to this question may carry. */
export function addChoice(question: SurveyQuestion, language: string, kept: ReadonlySet<string>): SurveyQuestion {
  const choices = question.choices ?? []
  const id = freeId('choice', new Set([...kept, ...choices.map((one) => one.id)]))
  return { ...question, choices: [...choices, { id, text: { [language]: '' } }] }
}

export function setChoice(question: SurveyQuestion, index: number, choice: SurveyChoice): SurveyQuestion {
  return { ...question, choices: (question.choices ?? []).with(index, choice) }
}

export function moveChoice(question: SurveyQuestion, from: number, to: number): SurveyQuestion {
  return { ...question, choices: moved(question.choices ?? [], from, to) }
}

/** Takes a choice out, and out of the branches that ask for it; a branch that asks for nothing else goes. */
export function removeChoice(question: SurveyQuestion, index: number): SurveyQuestion {
  const { next, ...rest } = question
  const id = question.choices?.[index]?.id
  const choices = (question.choices ?? []).toSpliced(index, 1)
  const left = (next ?? []).flatMap((branch) => {
    if (!branch.when.is?.some((value) => value === id)) return [branch]
    const is = branch.when.is.filter((value) => value !== id)
    return is.length > 0 ? [{ ...branch, when: { ...branch.when, is } }] : []
  })
  return { ...rest, choices, ...(left.length > 0 && { next: left }) }
}
