import { describe, expect, it } from 'vitest'
import type { SurveyBranch, SurveyQuestion } from '../../sdk/wire/index.ts'
import { nextQuestion } from '../../widget/surveys/path.ts'
import {
  conditionFor,
  conditionInWords,
  sentenceOf,
  sentencesFor,
} from '../../worker/console/surveys/draft/conditions.ts'
import { jumpsOf } from '../../worker/console/surveys/draft/lanes.ts'
import { waysThrough } from '../../worker/console/surveys/draft/ways.ts'

const ask = (
  id: string,
  type: SurveyQuestion['type'],
  next: SurveyBranch[] = [],
  more: Partial<SurveyQuestion> = {},
) => ({
  id,
  type,
  text: { en: id },
  ...(next.length > 0 && { next }),
  ...more,
})
const choices = ['a', 'b', 'c'].map((id) => ({ id, text: { en: id.toUpperCase() } }))
const to = (questions: SurveyQuestion[]) =>
  waysThrough(questions).out.map((ways) => ways.map((way) => way.to ?? 'end').join(' '))

describe('the ways through a survey', () => {
  it('follow the first sentence that holds, else the next question', () => {
    const questions = [
      ask('score', 'nps', [
        { when: { max: 6 }, go: 'why' },
        { when: { min: 9 }, go: 'end' },
      ]),
      ask('soso', 'short', [{ when: {}, go: 'end' }]),
      ask('why', 'long'),
    ]
    expect(to(questions)).toEqual(['2 end 1', 'end', 'end'])
    expect(waysThrough(questions)).toMatchObject({ reached: [true, true, true], fewest: 1, most: 2 })
  })

  it('say which question nobody can reach, and which sentence never holds', () => {
    const ways = waysThrough([
      ask(
        'score',
        'csat',
        [
          { when: { max: 3 }, go: 'third' },
          { when: { min: 2 }, go: 'third' },
          { when: { is: [1] }, go: 'end' },
        ],
        { required: true },
      ),
      ask('second', 'long'),
      ask('third', 'long'),
    ])
    expect(ways).toMatchObject({ reached: [true, false, true], never: [[2], [], []], fewest: 2, most: 2 })
  })

  it('count a skipped answer unless it must be given', () => {
    const covered = [
      { when: { min: 1 }, go: 'end' },
      { when: { answered: false }, go: 'end' },
    ]
    expect(waysThrough([ask('s', 'stars', covered), ask('l', 'long')]).reached).toEqual([true, false])
    expect(waysThrough([ask('s', 'stars', covered, { required: true }), ask('l', 'long')]).never[0]).toEqual([1])
    expect(waysThrough([ask('s', 'stars', covered.slice(0, 1)), ask('l', 'long')]).reached).toEqual([true, true])
  })

  it('know that several choices can be ticked at once', () => {
    const both = (...is: string[]) => ({ when: { is }, go: 'end' })
    const of = (...next: SurveyBranch[]) =>
      waysThrough([ask('m', 'multiple', next, { choices, required: true }), ask('l', 'long')])
    expect(of(both('a'), both('b')).reached).toEqual([true, true])
    expect(of(both('a'), both('b', 'c')).reached).toEqual([true, false])
    expect(of(both('a', 'b'), both('a')).never[0]).toEqual([1])
  })

  it('are those that the widget takes, for every score there is', () => {
    const questions = [
      ask('score', 'nps', [
        { when: { min: 3, max: 5 }, go: 'd' },
        { when: { is: [0, 10] }, go: 'c' },
        { when: { min: 4 }, go: 'b' },
        { when: { answered: false }, go: 'end' },
        { when: { max: 7 }, go: 'score' },
      ]),
      ...['b', 'c', 'd'].map((id) => ask(id, 'long')),
    ]
    const taken = Array.from({ length: 11 }, (_, score) => nextQuestion(questions, 0, new Map([['score', score]])))
    const found = new Set([...taken, nextQuestion(questions, 0, new Map())])
    expect(new Set(waysThrough(questions).out[0]?.map((way) => way.to ?? -1))).toEqual(found)
  })

  it('are drawn in lanes that never run over each other', () => {
    const jumps = jumpsOf({
      out: [
        [
          { branch: 0, to: 3 },
          { branch: 1, to: 2 },
          { branch: null, to: 1 },
        ],
        [{ branch: 0, to: null }],
        [{ branch: null, to: 3 }],
        [{ branch: null, to: null }],
      ],
    })
    expect(jumps).toEqual([
      { from: 0, to: 2, lane: 0 },
      { from: 0, to: 3, lane: 1 },
      { from: 1, to: 4, lane: 2 },
    ])
  })
})

describe('a branch', () => {
  const types = ['nps', 'csat', 'ces', 'stars', 'thumbs', 'single', 'multiple', 'short', 'long'] as const

  it.each(types)('of %s begins with a sentence that holds for somebody', (type) => {
    const question = ask('q', type, [], type === 'single' || type === 'multiple' ? { choices } : {})
    for (const sentence of sentencesFor(question)) {
      const when = conditionFor(sentence, question)
      expect(sentenceOf(when, question)).toBe(sentence)
      expect(waysThrough([{ ...question, next: [{ when, go: 'end' }] }]).never[0]).toEqual([])
    }
  })

  it.each([
    [ask('q', 'nps'), { max: 6 }, 'the score is at most 6'],
    [ask('q', 'ces'), { min: 3, max: 5 }, 'the score is between 3 and 5'],
    [ask('q', 'single', [], { choices }), { is: ['a', 'c'] }, 'they choose “A” or “C”'],
    [ask('q', 'thumbs'), { is: [0] }, 'they choose thumbs down'],
    [ask('q', 'long'), { answered: false }, 'it is skipped'],
    [ask('q', 'nps'), { min: 3, is: [4] }, 'a condition from the JSON holds'],
  ])('reads as a sentence', (question, when, words) => expect(conditionInWords(when, question, 'en')).toBe(words))
})
