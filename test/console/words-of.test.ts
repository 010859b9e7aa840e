import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../worker/console/inbox/words-of.ts'

const survey = (...values: (string | number | boolean | string[])[]) => ({
  id: 'nps',
  version: 1,
  answers: values.map((value, n) => ({ question: `q${n}`, value })),
})

describe('what a row of the list says', () => {
  it('is the message, as it is', () => {
    expect(wordsOf({ message: ' Too slow ', survey: survey('Other words') })).toBe(' Too slow ')
  })

  it('is what was written as answers to a survey, where there is no message', () => {
    expect(wordsOf({ message: '', survey: survey(9, 'Because it is fast.', 'Nothing else') })).toBe(
      'Because it is fast. · Nothing else',
    )
    expect(wordsOf({ message: ' ', survey: survey('速い') })).toBe('速い')
  })

  it('is none of what was chosen: a key of the survey is nobody’s words', () => {
    expect(wordsOf({ message: '', survey: survey(9, true, 'price', ['speed', 'lower-price'], '  ') })).toBe('')
    expect(wordsOf({ message: '' })).toBe('')
  })
})
