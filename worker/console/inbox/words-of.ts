import type { Feedback } from '../../../sdk/wire/index.ts'
import { surveyIdForm } from '../../../sdk/wire/survey.ts'

/**
 * What somebody said in their own words: the message, else what they wrote as answers to a survey.
 *
 * @example wordsOf({ message: '', survey: { answers: [{ question: 'why', value: 'Too slow' }], … } }) // 'Too slow'
 */
export function wordsOf({ message, survey }: Pick<Feedback, 'message' | 'survey'>): string {
  if (message.trim() !== '') return message
  // What may be the id of a choice is left out: which choice that is only its survey knows.
  const written = (survey?.answers ?? []).flatMap(({ value }) =>
    typeof value === 'string' && value.trim() !== '' && !surveyIdForm.test(value) ? [value.trim()] : [],
  )
  return written.join(' · ')
}
