import type { BranchCondition, SurveyAnswer, SurveyQuestion } from '../../sdk/wire/index.ts'

/** What was answered so far, by the question's id; what was left out or cleared is not in it. */
export type Answers = Map<string, SurveyAnswer['value']>

/** The place after the last question. */
export const end = -1

/**
 * Where a question leads, as its place in the list: the first branch that holds decides, else the next in order. Only
 * forward: a branch that would lead back, or to nothing, is passed over.
 */
export function nextQuestion(questions: readonly SurveyQuestion[], from: number, answers: Answers): number {
  const { id, next = [] } = questions[from] as SurveyQuestion
  for (const { when, go } of next) {
    if (!holds(when, answers.get(id))) continue
    const to = questions.findIndex((question) => question.id === go)
    if (go === 'end') return end
    if (to > from) return to
  }
  return from + 1 < questions.length ? from + 1 : end
}

/** The answers along the way that they themselves lead: what lies on a way not taken any more is not said. */
export function answersOnPath(questions: readonly SurveyQuestion[], answers: Answers): SurveyAnswer[] {
  const said: SurveyAnswer[] = []
  for (let at = 0; at !== end; at = nextQuestion(questions, at, answers)) {
    const { id: question } = questions[at] as SurveyQuestion
    const value = answers.get(question)
    if (value !== undefined) said.push({ question, value })
  }
  return said
}

function holds({ is, min, max, answered }: BranchCondition, value?: SurveyAnswer['value']): boolean {
  const values = value === undefined ? [] : [value].flat()
  return (
    (!is || is.some((wanted) => values.map(String).includes(String(wanted)))) &&
    (min === undefined || (value as number) >= min) &&
    (max === undefined || (value as number) <= max) &&
    (answered === undefined || answered === values.length > 0)
  )
}
