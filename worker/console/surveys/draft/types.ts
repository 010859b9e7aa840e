import type { QuestionType } from '../../../../sdk/wire/index.ts'

/** A kind of question in the words of somebody who asks, not of somebody who programs. */
export interface TypeWords {
  name: string
  /** What people see, and what it is good for. */
  about: string
}

export const typeWords: Record<QuestionType, TypeWords> = {
  nps: { name: 'Recommendation, 0 to 10', about: 'Would they recommend you? Gives the Net Promoter Score (NPS).' },
  csat: { name: 'Satisfaction, 5 faces', about: 'How content are they with what just happened? Gives CSAT.' },
  ces: { name: 'Effort, 1 to 7', about: 'How easy was it? Gives the Customer Effort Score (CES).' },
  stars: { name: 'Stars, 1 to 5', about: 'A quick grade that everybody knows how to give.' },
  thumbs: { name: 'Thumbs up or down', about: 'Yes or no with one tap: did this help?' },
  single: { name: 'One of several choices', about: 'They pick one answer from a list.' },
  multiple: { name: 'Any of several choices', about: 'They tick all that apply.' },
  short: { name: 'Short answer', about: 'One line in their own words.' },
  long: { name: 'Long answer', about: 'As much as they like in their own words.' },
}

/** What stands at the ends of a scale where nothing else is said, as the widget says it in English. */
export const usualEnds: Partial<Record<QuestionType, readonly [low: string, high: string]>> = {
  nps: ['Not at all likely', 'Very likely'],
  csat: ['Very dissatisfied', 'Very satisfied'],
  ces: ['Very difficult', 'Very easy'],
  thumbs: ['Thumbs down', 'Thumbs up'],
}

export function isChoice(type: QuestionType): boolean {
  return type === 'single' || type === 'multiple'
}
