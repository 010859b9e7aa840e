import { describe, expect, it } from 'vitest'
import type { SurveyDefinition, SurveyQuestion, SurveyTargeting } from '../../sdk/wire/index.ts'
import { dueAt, fitsTags } from '../../widget/due/eligible.ts'
import type { Moment } from '../../widget/due/eligible.ts'
import { answersOnPath, end, nextQuestion } from '../../widget/surveys/path.ts'
import type { Answers } from '../../widget/surveys/path.ts'
import { wordsOf } from '../../widget/surveys/words.ts'

type Branches = NonNullable<SurveyQuestion['next']>

/** Four questions a, b, c, d; `next` is of the first. */
function questions(next: Branches, type: SurveyQuestion['type'] = 'nps'): SurveyQuestion[] {
  const text = { en: 'What?' }
  return [
    { id: 'a', type, text, next },
    { id: 'b', type: 'long', text },
    { id: 'c', type: 'long', text, next: [{ when: {}, go: 'end' }] },
    { id: 'd', type: 'long', text },
  ]
}

describe('the way through a survey', () => {
  it.each<[string, Branches, unknown, number]>([
    ['goes on in order where there are no branches', [], 7, 1],
    ['takes a score of at least', [{ when: { min: 9 }, go: 'c' }], 9, 2],
    ['passes over a score below it', [{ when: { min: 9 }, go: 'c' }], 8, 1],
    ['takes a score of at most', [{ when: { max: 6 }, go: 'd' }], 6, 3],
    ['takes a range', [{ when: { min: 7, max: 8 }, go: 'd' }], 7, 3],
    ['knows 0 as a score', [{ when: { max: 0 }, go: 'd' }], 0, 3],
    ['passes over a score that was not given', [{ when: { max: 6 }, go: 'd' }], undefined, 1],
    ['takes one of several values', [{ when: { is: [1, 2] }, go: 'd' }], 2, 3],
    ['takes a choice', [{ when: { is: ['yes'] }, go: 'd' }], 'yes', 3],
    ['takes one of several choices made', [{ when: { is: ['x', 'y'] }, go: 'd' }], ['z', 'y'], 3],
    ['passes over choices not made', [{ when: { is: ['x'] }, go: 'd' }], ['z', 'y'], 1],
    ['takes anything answered', [{ when: { answered: true }, go: 'd' }], 'words', 3],
    ['takes nothing answered', [{ when: { answered: false }, go: 'd' }], undefined, 3],
    ['needs every part of a condition', [{ when: { min: 3, is: [5] }, go: 'd' }], 4, 1],
    [
      'takes the first that holds',
      [
        { when: { min: 0 }, go: 'c' },
        { when: { min: 0 }, go: 'd' },
      ],
      5,
      2,
    ],
    ['ends', [{ when: { min: 9 }, go: 'end' }], 10, end],
    ['never leads back', [{ when: {}, go: 'a' }], 5, 1],
    ['passes over a place that is not there', [{ when: {}, go: 'gone' }], 5, 1],
  ])('%s', (_, next, value, to) => {
    const answers: Answers = new Map(value === undefined ? [] : [['a', value as number]])
    expect(nextQuestion(questions(next), 0, answers)).toBe(to)
  })

  it('ends after the last question', () => {
    expect(nextQuestion(questions([]), 3, new Map())).toBe(end)
  })

  it('says only what lies on the way that was taken in the end', () => {
    const answers: Answers = new Map<string, string | number>([
      ['a', 9],
      ['b', 'said before the score was changed'],
      ['c', 'a reason'],
    ])
    expect(answersOnPath(questions([{ when: { min: 9 }, go: 'c' }]), answers)).toEqual([
      { question: 'a', value: 9 },
      { question: 'c', value: 'a reason' },
    ])
  })
})

describe('the language of a survey', () => {
  const survey = (...tags: string[]) =>
    ({
      language: 'en',
      questions: [{ text: Object.fromEntries(['en', ...tags].map((tag) => [tag, tag])) }],
    }) as unknown as SurveyDefinition

  it.each([
    ['the wanted one', 'pt-BR', ['pt', 'pt-BR'], 'pt-BR', 'ltr'],
    ['the wanted one, in other letters', 'pt-br', ['pt-BR'], 'pt-BR', 'ltr'],
    ['the language without its region', 'de-AT', ['de'], 'de', 'ltr'],
    ['another region of it', 'pt', ['pt-BR'], 'pt-BR', 'ltr'],
    ["the survey's own", 'fr', ['de'], 'en', 'ltr'],
    ['one from right to left', 'ar-EG', ['ar'], 'ar', 'rtl'],
    ['Hebrew', 'he', ['he'], 'he', 'rtl'],
  ])('is %s', (_, wanted, there, lang, dir) => {
    expect(wordsOf(survey(...there), wanted)).toMatchObject({ lang, dir })
  })

  it("falls back to the survey's own for a text that is not translated", () => {
    const words = wordsOf(survey('de'), 'de')
    expect([words.of({ en: 'Why?', de: 'Warum?' }), words.of({ en: 'Why?' }), words.of()]).toEqual([
      'Warum?',
      'Why?',
      undefined,
    ])
  })
})

describe('when a survey is due', () => {
  const dayMs = 86_400_000
  const now = 1_000 * dayMs
  const due = (targeting: SurveyTargeting | undefined, moment: Partial<Moment> = {}) =>
    dueAt(
      { id: 'nps', version: 1, language: 'en', questions: [], targeting },
      {
        now,
        path: '/app/orders',
        entered: now,
        events: new Map(),
        seen: new Map(),
        draw: () => 50,
        ...moment,
      },
    ) - now

  it.each<[string, SurveyTargeting | undefined, Partial<Moment>, number]>([
    ['at once where nothing restricts it', undefined, {}, 0],
    ['after its delay', { delaySeconds: 5 }, {}, 5_000],
    ['for what is left of its delay', { delaySeconds: 5 }, { entered: now - 3_000 }, 2_000],
    ['not before its event', { event: 'paid' }, {}, Infinity],
    ['after its event and the delay', { event: 'paid', delaySeconds: 2 }, { events: new Map([['paid', now]]) }, 2_000],
    ['for a part of visitors', { percentage: 51 }, {}, 0],
    ['not for the others', { percentage: 50 }, {}, Infinity],
    ['for nobody at 0 per cent', { percentage: 0 }, { draw: () => 0 }, Infinity],
    ['once a person', {}, { seen: new Map([['nps', { at: now - 900 * dayMs }]]) }, Infinity],
    ['once a person, said with null', { everyDays: null }, { seen: new Map([['nps', { at: 0 }]]) }, Infinity],
    ['again after its days', { everyDays: 90 }, { seen: new Map([['nps', { at: now - 90 * dayMs }]]) }, 0],
    ['not before its days', { everyDays: 90 }, { seen: new Map([['nps', { at: now - 89 * dayMs }]]) }, Infinity],
    ['not within 14 days of another', {}, { seen: new Map([['csat', { at: now - 13 * dayMs }]]) }, Infinity],
    ['14 days after another', {}, { seen: new Map([['csat', { at: now - 14 * dayMs }]]) }, 0],
    ['soon after another where it says so', { quietDays: 0 }, { seen: new Map([['csat', { at: now }]]) }, 0],
    ['where another was only drawn', {}, { seen: new Map([['csat', { draw: 3 }]]) }, 0],
    ['where the clock was far ahead once', {}, { seen: new Map([['csat', { at: now + 3_650 * dayMs }]]) }, 0],
  ])('is due %s', (_, targeting, moment, inMs) => {
    expect(due(targeting, moment)).toBe(inMs)
  })

  it.each<[string, string, boolean]>([
    ['/checkout', '/checkout', true],
    ['/checkout', '/checkout/', true],
    ['/checkout/', '/checkout', true],
    ['/checkout', '/checkout/2', false],
    ['/checkout', '/shop/checkout', false],
    ['/docs/*', '/docs/a/b', true],
    ['/docs/*', '/docs', false],
    ['*', '/', true],
    ['/', '/', true],
    ['*/settings', '/a/b/settings', true],
    ['/a*a', '/a', false],
    ['/a*a', '/aa', true],
    ['/t/*/orders/*/edit', '/t/1/orders/2/edit', true],
    ['/t/*/orders/*/edit', '/t/1/orders/edit', false],
    ['/a.b', '/axb', false],
    ['/a(b+', '/a(b+', true],
  ])('takes %s for %s: %s', (glob, path, fits) => {
    expect(due({ paths: ['/elsewhere', glob] }, { path })).toBe(fits ? 0 : Infinity)
  })

  it('is not hung by a hostile address', () => {
    expect(due({ paths: ['/*a*a*a*a*a*a*b'] }, { path: `/${'a'.repeat(100_000)}` })).toBe(Infinity)
  })

  it.each([
    ['every one has one of its values', { plan: ['pro', 'team'], beta: [true] }, { plan: 'pro', beta: 'true' }, true],
    ['one has another', { plan: ['pro'] }, { plan: 'free' }, false],
    ['one is missing', { plan: ['pro'] }, {}, false],
    ['it is the name of something every object has', { constructor: ['x'] }, {}, false],
  ])('compares tags as text: %s', (_, wanted, tags, fits) => {
    expect(fitsTags(wanted as unknown as Record<string, string[]>, tags)).toBe(fits)
  })
})
