import { type BranchCondition, isScale, ratingScales, type SurveyQuestion } from '../../../../sdk/wire/index.ts'
import { isChoice } from './types.ts'

/** The sentences that a branch can be made of; `other` is what only JSON can say. */
export type Sentence = 'atMost' | 'atLeast' | 'between' | 'oneOf' | 'answered' | 'unanswered' | 'always' | 'other'

/** How each sentence goes on after "When". */
export const sentences: Record<Exclude<Sentence, 'other'>, { scale: string; choice: string; words: string }> = {
  atMost: { scale: 'the score is at most', choice: '', words: '' },
  atLeast: { scale: 'the score is at least', choice: '', words: '' },
  between: { scale: 'the score is between', choice: '', words: '' },
  oneOf: { scale: 'the score is one of', choice: 'they choose', words: '' },
  answered: { scale: 'there is a score', choice: 'anything is chosen', words: 'something is written' },
  unanswered: { scale: 'it is skipped', choice: 'it is skipped', words: 'it is skipped' },
  always: { scale: 'in every case', choice: 'in every case', words: 'in every case' },
}

/** A thumb is chosen, not scored. */
const family = ({ type }: SurveyQuestion) =>
  type === 'thumbs' || isChoice(type) ? 'choice' : isScale(type) ? 'scale' : 'words'

/** The words of a sentence for this question; empty where it cannot be said of it. */
export function sentenceWords(sentence: Exclude<Sentence, 'other'>, question: SurveyQuestion): string {
  return sentences[sentence][family(question)]
}

/** The sentences that this question can be branched by. */
export function sentencesFor(question: SurveyQuestion): Exclude<Sentence, 'other'>[] {
  const all = Object.keys(sentences) as Exclude<Sentence, 'other'>[]
  return all.filter((one) => sentenceWords(one, question) !== '' && !(question.required && one === 'unanswered'))
}

/** What can be asked for one by one: scores or choices, each as people see it. */
export function valuesOf(question: SurveyQuestion, language: string): { value: string | number; label: string }[] {
  if (question.type === 'thumbs') {
    return [
      { value: 1, label: 'Thumbs up' },
      { value: 0, label: 'Thumbs down' },
    ]
  }
  if (!isScale(question.type)) {
    return (question.choices ?? []).map(({ id, text }) => ({
      value: id,
      label: text[language] || 'A choice without text',
    }))
  }
  const { min, max } = ratingScales[question.type]
  return Array.from({ length: max - min + 1 }, (_, n) => ({ value: min + n, label: String(min + n) }))
}

/** Which sentence says this condition of this question. */
export function sentenceOf(when: BranchCondition, question: SurveyQuestion): Sentence {
  const sentence = shapeOf(when)
  return sentence === 'other' || sentenceWords(sentence, question) === '' ? 'other' : sentence
}

function shapeOf({ is, min, max, answered }: BranchCondition): Sentence {
  const bounds = min !== undefined || max !== undefined
  const parts = Number(is !== undefined) + Number(bounds) + Number(answered !== undefined)
  if (parts === 0) return 'always'
  if (parts > 1) return 'other'
  if (is) return 'oneOf'
  if (answered !== undefined) return answered ? 'answered' : 'unanswered'
  return min === undefined ? 'atMost' : max === undefined ? 'atLeast' : 'between'
}

/** A condition that begins such a sentence, with what most people mean by it. */
export function conditionFor(sentence: Exclude<Sentence, 'other'>, question: SurveyQuestion): BranchCondition {
  const { min, max } = isScale(question.type) ? ratingScales[question.type] : { min: 0, max: 0 }
  const low = question.type === 'nps' ? 6 : Math.floor((min + max) / 2)
  const high = question.type === 'nps' ? 9 : Math.min(max, Math.ceil((min + max) / 2) + 1)
  switch (sentence) {
    case 'atMost':
      return { max: low }
    case 'atLeast':
      return { min: high }
    case 'between':
      return { min: Math.min(low + 1, max), max: Math.max(high - 1, Math.min(low + 1, max)) }
    case 'oneOf':
      return { is: isScale(question.type) ? [max] : (question.choices ?? []).slice(0, 1).map(({ id }) => id) }
    case 'answered':
      return { answered: true }
    case 'unanswered':
      return { answered: false }
    case 'always':
      return {}
  }
}

/** Whether a condition can be asked of a question at all. */
export function fits({ is = [], min, max }: BranchCondition, question: SurveyQuestion): boolean {
  if (isScale(question.type)) {
    const scale = ratingScales[question.type]
    const inside = (value: unknown) => typeof value === 'number' && value >= scale.min && value <= scale.max
    return [...is, min ?? scale.min, max ?? scale.max].every(inside)
  }
  if (min !== undefined || max !== undefined) return false
  const ids = new Set<string | number>((question.choices ?? []).map(({ id }) => id))
  return is.every((value) => ids.has(value))
}

/**
 * A condition as it is said after "When".
 *
 * @example conditionInWords({ max: 6 }, nps, 'en') // 'the score is at most 6'
 */
export function conditionInWords(when: BranchCondition, question: SurveyQuestion, language: string): string {
  const sentence = sentenceOf(when, question)
  if (sentence === 'other') return 'a condition from the JSON holds'
  const words = sentenceWords(sentence, question)
  if (sentence === 'atMost') return `${words} ${when.max}`
  if (sentence === 'atLeast') return `${words} ${when.min}`
  if (sentence === 'between') return `${words} ${when.min} and ${when.max}`
  if (sentence === 'oneOf') return `${words} ${valuesInWords(when.is ?? [], question, language)}`
  return words
}

function valuesInWords(values: readonly (string | number)[], question: SurveyQuestion, language: string): string {
  const known = valuesOf(question, language)
  const name = (value: string | number) => {
    const label = known.find((one) => one.value === value)?.label ?? String(value)
    return isScale(question.type) ? label.toLowerCase() : `“${label}”`
  }
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(values.map(name))
}
