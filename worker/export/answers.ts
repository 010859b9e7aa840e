import type { Feedback, SurveyAnswer, SurveyDefinition, SurveyQuestion } from '../../sdk/wire/index.ts'
import { cellOf, type Column, listed } from './column.ts'
import { questionsOf, textOf } from './questions.ts'

/** One row an answer; an item without answers has no row. */
export const answerRows = (item: Feedback): readonly SurveyAnswer[] => item.survey?.answers ?? []

/**
 * The columns of a row that is one answer, in the shape `long`: the question's id, what it asked and how, the answer as it
 * was stored, and what a person saw who chose it.
 */
export function answerColumns(versions: readonly SurveyDefinition[]): Column[] {
  const known = new Map(questionsOf(versions).map((one) => [`${one.survey}.${one.question.id}`, one]))
  const languages = new Map(versions.map(({ id, language }) => [id, language]))
  const find = (item: Feedback, answer: SurveyAnswer | undefined) => known.get(`${item.survey?.id}.${answer?.question}`)
  return [
    { key: 'question', header: 'Question ID', group: 'question', cell: (_, answer) => answer?.question },
    {
      key: 'questionText',
      header: 'Question',
      group: 'question',
      cell: (item, answer) => find(item, answer)?.text,
      width: 40,
    },
    {
      key: 'questionType',
      header: 'Question type',
      group: 'question',
      cell: (item, answer) => find(item, answer)?.question.type,
      width: 12,
    },
    { key: 'answer', header: 'Answer', group: 'question', cell: (_, answer) => cellOf(answer?.value), width: 40 },
    {
      key: 'answerText',
      header: 'Answer, as it was shown',
      group: 'question',
      cell: (item, answer) => {
        const question = find(item, answer)?.question
        return question && chosen(question, answer?.value, languages.get(item.survey?.id ?? '') ?? 'en')
      },
      width: 40,
    },
  ]
}

/** The texts of what was chosen; nothing where the answer is no choice. */
function chosen(question: SurveyQuestion, value: unknown, language: string): string | undefined {
  const { choices } = question
  if (choices === undefined) return undefined
  const ids = Array.isArray(value) ? value : [value]
  return listed(
    ids.map((id) => {
      const choice = choices.find((one) => one.id === id)
      return choice === undefined ? String(id) : textOf(choice.text, language)
    }),
  )
}
