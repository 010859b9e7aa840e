import { conditionInWords } from '../draft/conditions.ts'
import type { Draft } from '../draft/draft.ts'
import type { Ways } from '../draft/ways.ts'

/** A question in a menu or a sentence; `end` and a place behind the last are the end. */
export function questionName(draft: Draft, index: number | null): string {
  const question = index === null ? undefined : draft.questions[index]
  if (question === undefined || index === null) return 'the end'
  return `question ${index + 1}`
}

/** @example leadsInWords(draft, 0, ways) // ['When the score is at most 6: question 3', 'Otherwise: question 2'] */
export function leadsInWords(draft: Draft, index: number, ways: Ways): string[] {
  const question = draft.questions[index]
  if (!question?.next?.length) return []
  return (ways.out[index] ?? []).map(({ branch, to }, at) => {
    const name = questionName(draft, to)
    if (branch === null) return at === 0 ? `Then: ${name}` : `Otherwise: ${name}`
    const when = question.next?.[branch]?.when ?? {}
    const words = conditionInWords(when, question, draft.language)
    if (words === 'in every case') return at === 0 ? `Then: ${name}` : `Otherwise: ${name}`
    return `When ${words}: ${name}`
  })
}
