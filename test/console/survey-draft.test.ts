import { describe, expect, it } from 'vitest'
import type { QuestionType, SurveyQuestion } from '../../sdk/wire/index.ts'
import { changesBetween } from '../../worker/console/surveys/draft/changes.ts'
import { checkDraft } from '../../worker/console/surveys/draft/check.ts'
import { addChoice, removeChoice } from '../../worker/console/surveys/draft/choices.ts'
import { asText, type Draft, forCollector, readDraft } from '../../worker/console/surveys/draft/draft.ts'
import { idFrom, keptIds, settleIds } from '../../worker/console/surveys/draft/ids.ts'
import {
  addLanguage,
  isSpoken,
  languagesOf,
  missingIn,
  outdatedIn,
  placeInWords,
  readLanguage,
  removeLanguage,
  translate,
} from '../../worker/console/surveys/draft/languages.ts'
import {
  addQuestion,
  changeType,
  duplicateQuestion,
  moveQuestion,
  removeQuestion,
  restoreQuestion,
  setQuestion,
} from '../../worker/console/surveys/draft/questions.ts'
import { starts } from '../../worker/console/surveys/draft/starts.ts'
import { readPath, readValues, setTag, setTargeting, whoSees } from '../../worker/console/surveys/draft/targeting.ts'

const question = (id: string, type: QuestionType, more: Partial<SurveyQuestion> = {}): SurveyQuestion => ({
  id,
  type,
  text: { en: `About ${id}` },
  ...more,
})
const draftOf = (...questions: SurveyQuestion[]): Draft => ({ id: 's', name: 'S', language: 'en', questions })
const branching = () =>
  draftOf(
    question('score', 'nps', { next: [{ when: { max: 6 }, go: 'why' }] }),
    question('good', 'short', { next: [{ when: {}, go: 'end' }] }),
    question('why', 'long'),
    question('last', 'long'),
  )
const none = new Map<string, ReadonlySet<string>>()
const ids = ({ questions }: Draft) => questions.map(({ id }) => id)

describe('the starting points', () => {
  it.each(starts.filter(({ type }) => type !== null))('can be saved as they are: $title', ({ draft }) => {
    expect(checkDraft(draft)).toEqual({ faults: [], empty: [] })
    expect(readDraft(asText(draft))).toEqual({ ok: true, draft })
  })

  it('say what a blank one still needs', () => {
    const blank = starts.find(({ type }) => type === null)!.draft
    expect(checkDraft(blank).empty.map(({ path }) => path)).toEqual(['name', 'questions'])
  })
})

describe('a draft', () => {
  it('keeps fields that nobody here knows, whatever is done to it', () => {
    const text = asText({ ...branching(), color: 'red', questions: [{ ...question('a', 'nps'), icon: 7 }] })
    const read = readDraft(text)
    if (!read.ok) throw new Error('not read')
    const next = setTargeting(addLanguage(setQuestion(read.draft, 0, { required: true }), 'de'), 'percentage', 5)
    expect(forCollector(next)).toMatchObject({ color: 'red', questions: [{ icon: 7, required: true }] })
  })

  it('names each place where JSON has not the form of a survey', () => {
    expect(readDraft('{"id": ')).toMatchObject({ ok: false, issues: [{ path: '' }] })
    const wrong = { ...draftOf(question('a', 'nps')), targeting: { paths: '/a', everyDays: null } }
    const odd = { ...wrong, questions: [{ id: 1, type: 'poem', text: { en: 2 }, next: [{ go: 'end' }] }, 5] }
    const read = readDraft(JSON.stringify(odd))
    expect(read.ok ? [] : read.issues.map(({ path }) => path)).toEqual([
      'questions[0].id',
      'questions[0].type',
      'questions[0].text.en',
      'questions[0].next[0].when',
      'questions[1]',
      'targeting.paths',
    ])
  })

  it('goes out without translations that are not written yet', () => {
    const sent = forCollector(translate(addLanguage(branching(), 'de'), 'questions[0].text', 'de', 'Über Note'))
    expect(sent.questions.map(({ text }) => Object.keys(text))).toEqual([['en', 'de'], ['en'], ['en'], ['en']])
  })
})

describe('ids', () => {
  it('are made from the text once, with the branches that lead there, and then kept', () => {
    const added = addQuestion(draftOf(question('score', 'nps')), 'long', none)
    const written = setQuestion(added, 1, { text: { en: 'What is missing?' } })
    const led = setQuestion(written, 0, { next: [{ when: { max: 6 }, go: written.questions[1]!.id }] })
    const settled = settleIds(led, none)
    expect(ids(settled)).toEqual(['score', 'what-is-missing'])
    expect(settled.questions[0]?.next?.[0]?.go).toBe('what-is-missing')
    const reworded = setQuestion(settled, 1, { text: { en: 'Anything else?' } })
    expect(ids(settleIds(reworded, none))).toEqual(['score', 'what-is-missing'])
  })

  it('of choices follow the same rule, in the branches that ask for them too', () => {
    const blank = addQuestion(draftOf(), 'single', none).questions[0]!
    const choices = blank.choices!.map((one, n) => ({ ...one, text: { en: ['Speed', 'Größe'][n]! } }))
    const asked = { ...blank, choices, next: [{ when: { is: [choices[1]!.id] }, go: 'end' }] }
    const [settled] = settleIds(draftOf(asked), none).questions
    expect(settled?.choices?.map(({ id }) => id)).toEqual(['speed', 'grosse'])
    expect(settled?.next?.[0]?.when.is).toEqual(['grosse'])
  })

  it('are never those of a question that people answered before', () => {
    const kept = keptIds([draftOf(question('why', 'long')), draftOf(question('question', 'nps'))])
    const next = setQuestion(addQuestion(draftOf(), 'short', kept), 0, { text: { en: 'Why?' } })
    expect(ids(settleIds(next, kept))).toEqual(['why-2'])
    expect(ids(settleIds(draftOf(question('question', 'nps')), kept))).toEqual(['question'])
  })

  it.each([
    ['What is missing?', 'what-is-missing'],
    ['Straße à la carte', 'strasse-a-la-carte'],
    ['何が足りませんか', ''],
    ['How likely are you to recommend us to a friend', 'how-likely-are-you-to-recommend-us-to-a'],
  ])('of “%s” are readable', (text, id) => expect(idFrom(text)).toBe(id))
})

describe('questions', () => {
  it('are removed with what led to them led on, and come back as they were', () => {
    const before = branching()
    const { draft, removed } = removeQuestion(before, 2)!
    expect(draft.questions[0]?.next?.[0]?.go).toBe('last')
    expect(checkDraft(draft).faults).toEqual([])
    expect(restoreQuestion(draft, removed)).toEqual(before)
    const typed = setQuestion(draft, 0, { text: { en: 'Typed meanwhile' } })
    expect(restoreQuestion(typed, removed).questions[0]?.text['en']).toBe('Typed meanwhile')
  })

  it('that move before what leads to them are at fault by name', () => {
    expect(checkDraft(moveQuestion(branching(), 2, 0)).faults).toEqual([
      { path: 'questions[1].next[0].go', reason: "'why' does not come later: go forward only" },
    ])
    expect(moveQuestion(branching(), 0, -1)).toEqual(branching())
  })

  it('are duplicated right behind, under an id of their own', () => {
    const next = settleIds(duplicateQuestion(branching(), 0, none), none)
    expect(ids(next)).toEqual(['score', 'about-score', 'good', 'why', 'last'])
    expect(next.questions[1]?.next).toEqual(next.questions[0]?.next)
  })

  it('asked as something else lose what does not fit, and are counted apart once people know them', () => {
    const choices = [
      { id: 'a', text: { en: 'A' } },
      { id: 'b', text: { en: 'B' } },
    ]
    const next = [
      { when: { is: ['a'] }, go: 'end' },
      { when: { answered: false }, go: 'end' },
    ]
    const before = draftOf(question('pick', 'single', { choices, next }))
    expect(changeType(before, 0, 'multiple', none).questions[0]).toMatchObject({ id: 'pick', choices, next })
    const long = changeType(before, 0, 'long', keptIds([before])).questions[0]!
    expect(long).toEqual({ ...question('pick-2', 'long', { next: next.slice(1) }), text: { en: 'About pick' } })
    expect(changeType(draftOf(question('q', 'long')), 0, 'single', none).questions[0]?.choices).toHaveLength(2)
  })

  it('lose a choice together with the branches that ask for it alone', () => {
    const asked = addChoice(addChoice(question('pick', 'multiple'), 'en', new Set()), 'en', new Set())
    const [first, second] = asked.choices!.map(({ id }) => id) as [string, string]
    const next = [
      { when: { is: [first] }, go: 'end' },
      { when: { is: [first, second] }, go: 'end' },
    ]
    expect(removeChoice({ ...asked, next }, 0).next).toEqual([{ when: { is: [second] }, go: 'end' }])
    expect(addChoice(asked, 'en', new Set(['choice-3'])).choices?.[2]?.id).toBe('choice-4')
  })
})

describe('languages', () => {
  it('are added empty, counted by what is missing, and taken away again', () => {
    const before = branching()
    const added = addLanguage(before, 'ar')
    expect([languagesOf(added), missingIn(added, 'ar'), isSpoken(added, 'ar')]).toEqual([['en', 'ar'], 4, false])
    const spoken = translate(added, 'questions[0].text', 'ar', 'كم')
    expect([missingIn(spoken, 'ar'), isSpoken(spoken, 'ar')]).toEqual([3, true])
    expect(removeLanguage(spoken, 'ar')).toEqual(before)
    expect(removeLanguage(before, 'en')).toEqual(before)
  })

  it('tell where the words changed under a translation, wherever they stand now', () => {
    const before = translate(
      translate(branching(), 'questions[0].text', 'de', 'Eins'),
      'questions[2].text',
      'de',
      'Zwei',
    )
    const now = moveQuestion(translate(before, 'questions[2].text', 'en', 'Why exactly?'), 2, 1)
    expect([...outdatedIn(before, now, 'de')]).toEqual(['questions[1].text'])
    expect(outdatedIn(before, translate(now, 'questions[1].text', 'de', 'Neu'), 'de').size).toBe(0)
  })

  it.each([
    ['PT-br', 'pt-BR'],
    ['en', null],
    ['not a language', null],
    ['', null],
  ])('are read as they are usually written: %s', (said, tag) => expect(readLanguage(said, branching())).toBe(tag))

  it('name a place as somebody would who does not program', () => {
    expect(
      ['questions[0].choices[1].text', 'questions[2].next[0].go', 'questions[1].low.de', 'targeting.paths[1]'].map(
        (path) => placeInWords(path),
      ),
    ).toEqual(['Question 1, choice 2', 'Question 3, branch 1', 'Question 2, low end, de', 'Pages'])
  })
})

describe('who sees a survey', () => {
  it.each([
    [{}, 'Every visitor on any page, as soon as they arrive, once each, and not within 14 days of another survey.'],
    [
      { paths: ['/', '/app/*'], percentage: 20, delaySeconds: 120, everyDays: 90, quietDays: 1 },
      '20% of visitors on the start page or /app/*, 2 minutes after they arrive, at most once in 90 days, and not within 1 day of another survey.',
    ],
    [
      { event: 'order.paid', tags: { plan: ['pro', 'team'], beta: [true] }, delaySeconds: 1, quietDays: 0 },
      'Every visitor on any page where plan is pro or team and beta is true, 1 second after “order.paid” happens, once each.',
    ],
    [{ percentage: 0 }, 'Nobody: the share of visitors is 0%.'],
  ])('is said in one sentence', (targeting, sentence) => expect(whoSees(targeting)).toBe(sentence))

  it.each([
    ['https://acme.test/checkout?step=2#top', '/checkout'],
    ['app/*', '/app/*'],
    ['*/settings', '*/settings'],
    ['https://acme.test', '/'],
    [' ', ''],
  ])('takes %s for a path', (said, path) => expect(readPath(said)).toBe(path))

  it('asks for tags by name and values, and for nothing once the last is gone', () => {
    const one = setTag(branching(), null, 'plan', readValues('pro, team,, pro '))
    const two = setTag(one, 'plan', 'tier', ['gold'])
    expect([one.targeting, two.targeting]).toEqual([{ tags: { plan: ['pro', 'team'] } }, { tags: { tier: ['gold'] } }])
    expect(setTag(two, 'tier', '', [])).toEqual(branching())
    expect(checkDraft(setTag(one, 'plan', 'plan', [])).faults).toMatchObject([{ path: 'targeting.tags.plan' }])
  })
})

describe('what saving changes', () => {
  const name = (tag: string) => tag.toUpperCase()

  it('is a new version only where something else is asked', () => {
    const before = branching()
    const moved = setTargeting({ ...before, name: 'Other' }, 'percentage', 10)
    expect(changesBetween(before, moved, name)).toMatchObject({ isVersion: false, lines: { length: 2 } })
    expect(changesBetween(before, addLanguage(before, 'de'), name)).toEqual({ isVersion: false, lines: [] })
  })

  it('is told question by question', () => {
    const before = branching()
    const { draft } = removeQuestion(before, 3)!
    const next = translate(addQuestion(draft, 'stars', none), 'questions[1].text', 'de', 'Gut')
    expect(changesBetween(before, setQuestion(next, 2, { required: true }), name)).toEqual({
      isVersion: true,
      lines: [
        '“About last” is not asked any more.',
        '“About good” is worded differently or translated.',
        '“About why” must be answered.',
        '“question” is new.',
        'It can be read in DE.',
      ],
    })
  })
})
