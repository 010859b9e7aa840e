import type { LocalText } from '../../sdk/wire/index.ts'
import type { Asked } from './schema.ts'

/** Every text of a survey, with its place. */
export function* localTexts(survey: Asked): Generator<[path: string, text: LocalText]> {
  for (const [index, question] of survey.questions.entries()) {
    const at = `questions[${index}]`
    yield [`${at}.text`, question.text]
    for (const name of ['hint', 'low', 'high'] as const) {
      const text = question[name]
      if (text !== undefined) yield [`${at}.${name}`, text]
    }
    for (const [i, choice] of (question.choices ?? []).entries()) yield [`${at}.choices[${i}].text`, choice.text]
  }
  if (survey.thanks !== undefined) yield ['thanks', survey.thanks]
}
