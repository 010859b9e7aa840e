import type { LocalText, QuestionType, SurveyBranch, SurveyQuestion } from '../../../../sdk/wire/index.ts'
import { fits } from './conditions.ts'
import type { Draft } from './draft.ts'
import { freeId, type KeptIds, renameQuestion, takenIds } from './ids.ts'
import { isChoice } from './types.ts'

/** What was removed, with all that is needed to put it back. */
export interface Removed {
  question: SurveyQuestion
  index: number
  /** Where its branches led instead, by question and place. */
  moved: { id: string; at: number; to: string }[]
}

export function setQuestion(draft: Draft, index: number, patch: Partial<SurveyQuestion>): Draft {
  return { ...draft, questions: draft.questions.map((one, at) => (at === index ? { ...one, ...patch } : one)) }
}

export function addQuestion(draft: Draft, type: QuestionType, kept: KeptIds): Draft {
  const id = freeId('question', takenIds(draft, kept))
  const text = { [draft.language]: '' }
  return { ...draft, questions: [...draft.questions, withFields({ id, type, text }, draft.language)] }
}

/** A second one right after it, under an id of its own. */
export function duplicateQuestion(draft: Draft, index: number, kept: KeptIds): Draft {
  const question = draft.questions[index]
  if (!question) return draft
  const copy = { ...structuredClone(question), id: freeId('question', takenIds(draft, kept)) }
  return { ...draft, questions: draft.questions.toSpliced(index + 1, 0, copy) }
}

/** Takes a question out; what led to it leads to the one after it. */
export function removeQuestion(draft: Draft, index: number): { draft: Draft; removed: Removed } | null {
  const question = draft.questions[index]
  if (!question) return null
  const to = draft.questions[index + 1]?.id ?? 'end'
  const moved: Removed['moved'] = []
  const questions = draft.questions.toSpliced(index, 1).map((one) => {
    if (!one.next?.some(({ go }) => go === question.id)) return one
    const next = one.next.map((branch, at) => {
      if (branch.go !== question.id) return branch
      moved.push({ id: one.id, at, to })
      return { ...branch, go: to }
    })
    return { ...one, next }
  })
  return { draft: { ...draft, questions }, removed: { question, index, moved } }
}

/** Puts it back, with the branches that led to it as far as nobody changed them since. */
export function restoreQuestion(draft: Draft, { question, index, moved }: Removed): Draft {
  const taken = new Set(draft.questions.map(({ id }) => id))
  const back = { ...question, id: freeId(question.id, taken) }
  const isMoved = (id: string, at: number, { go }: SurveyBranch) =>
    moved.some((one) => one.id === id && one.at === at && one.to === go)
  const questions = draft.questions.map((one) =>
    one.next
      ? {
          ...one,
          next: one.next.map((branch, at) => (isMoved(one.id, at, branch) ? { ...branch, go: back.id } : branch)),
        }
      : one,
  )
  return { ...draft, questions: questions.toSpliced(Math.min(index, questions.length), 0, back) }
}

export function moveQuestion(draft: Draft, from: number, to: number): Draft {
  return { ...draft, questions: moved(draft.questions, from, to) }
}

/** The same list with one thing in another place; unchanged where there is no such place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const one = list[from]
  if (one === undefined || to < 0 || to >= list.length) return [...list]
  return list.toSpliced(from, 1).toSpliced(to, 0, one)
}

/**
 * Asks for something else. Fields and branches that do not fit any more go; a question that people may have answered
 * gets another id, so that two kinds of answers are never counted as one.
 */
export function changeType(draft: Draft, index: number, type: QuestionType, kept: KeptIds): Draft {
  const before = draft.questions[index]
  if (!before || before.type === type) return draft
  const { low: _low, high: _high, choices, next, ...rest } = before
  const bare: SurveyQuestion = { ...rest, type }
  // Both take the same choices; how many may be ticked is all that differs.
  if (isChoice(before.type) && isChoice(type) && choices) bare.choices = choices
  const question = withFields(bare, draft.language)
  const fitting = next?.filter(({ when }) => fits(when, question)) ?? []
  if (fitting.length > 0) question.next = fitting
  const changed = setAt(draft, index, question)
  if (!kept.has(before.id)) return changed
  const id = freeId(before.id.replace(/-\d+$/, ''), takenIds(draft, kept))
  return renameQuestion(changed, index, id)
}

/** Adds, changes or removes one language of a text; null where nothing is left of it. */
export function withText(text: LocalText | undefined, language: string, said: string): LocalText | null {
  const next = { ...text, [language]: said }
  return Object.values(next).every((one) => one === '') ? null : next
}

/** Sets an optional text of a question; it goes when nothing is left of it in any language. */
export function setOptionalText(
  draft: Draft,
  index: number,
  name: 'hint' | 'low' | 'high',
  language: string,
  said: string,
): Draft {
  const question = draft.questions[index]
  if (!question) return draft
  const { [name]: before, ...rest } = question
  const text = withText(before, language, said)
  return setAt(draft, index, text === null ? rest : { ...question, [name]: text })
}

function setAt(draft: Draft, index: number, question: SurveyQuestion): Draft {
  return { ...draft, questions: draft.questions.with(index, question) }
}

function withFields(question: SurveyQuestion, language: string): SurveyQuestion {
  if (!isChoice(question.type) || question.choices) return question
  const choice = (id: string) => ({ id, text: { [language]: '' } })
  return { ...question, choices: [choice('choice'), choice('choice-2')] }
}
