import { beforeAll, describe, expect, it } from 'vitest'
import type { Survey, SurveyDefinition, SurveyHistory, SurveyQuestion, WidgetConfig } from '../../sdk/wire/index.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await startSystem('Surveys')
})

const questions: SurveyQuestion[] = [
  {
    id: 'score',
    type: 'nps',
    text: { en: 'How likely are you to recommend us?', de: 'Wie wahrscheinlich empfehlen Sie uns?' },
    low: { en: 'Not at all' },
    next: [
      { when: { min: 9 }, go: 'end' },
      { when: { is: [7, 8] }, go: 'why' },
    ],
  },
  {
    id: 'what',
    type: 'multiple',
    text: { en: 'What is missing?' },
    choices: [
      { id: 'speed', text: { en: 'Speed' } },
      { id: 'price', text: { en: 'A lower price' } },
    ],
    next: [{ when: { is: ['price'] }, go: 'end' }],
  },
  { id: 'why', type: 'long', text: { en: 'Why?' }, next: [{ when: { answered: false }, go: 'end' }] },
]
let counter = 0
const good = (extra: object = {}) => ({
  id: `survey-${counter++}`,
  name: 'Recommendation',
  language: 'en',
  questions,
  targeting: { paths: ['/app/*'], percentage: 50, tags: { plan: ['pro', 3, true] } },
  ...extra,
})

const send = (method: string, path: string, body: object) =>
  system.call(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
const create = async (extra: object = {}): Promise<Survey> => {
  const response = await send('POST', '/v1/surveys', good(extra))
  expect(response.status).toBe(201)
  return (await response.json()) as Survey
}
const find = async (id: string) => (await (await system.call(`/v1/surveys/${id}`)).json()) as SurveyHistory
const live = async (): Promise<SurveyDefinition[]> =>
  ((await (await fetch(`${system.origin}/v1/widget?key=${system.publishableKey}`)).json()) as WidgetConfig).surveys
const display = (body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${system.origin}/v1/displays?key=${system.publishableKey}`, { method: 'POST', body, headers })

describe('a survey', () => {
  it('is a draft first, reaches pages while it is live, and as they need it only', async () => {
    const made = await create()
    expect(made).toMatchObject({ version: 1, state: 'draft', displays: 0, responses: 0, questions })
    const ids = async () => (await live()).map(({ id }) => id)
    expect(await ids()).not.toContain(made.id)
    expect((await send('PATCH', `/v1/surveys/${made.id}`, { state: 'live' })).status).toBe(200)
    const definition = (await live()).find(({ id }) => id === made.id)
    const { id, language, targeting } = good()
    expect(definition).toEqual({ id: made.id, version: 1, language, questions, targeting })
    expect(id).not.toBe(made.id)
    await send('PATCH', `/v1/surveys/${made.id}`, { state: 'paused' })
    expect(await ids()).not.toContain(made.id)
  })

  it('has a new version for what it asks, none for whom it asks, and keeps the older ones', async () => {
    const made = await create()
    const { id } = made
    const body = { name: 'Renamed', language: 'en', questions, targeting: { event: 'paid' } }
    const same = (await (await send('PUT', `/v1/surveys/${id}`, body)).json()) as Survey
    expect(same).toMatchObject({ version: 1, name: 'Renamed', targeting: { event: 'paid' } })
    const first = { ...questions[2]!, next: [] }
    const next = (await (await send('PUT', `/v1/surveys/${id}`, { ...body, questions: [first] })).json()) as Survey
    expect(next).toMatchObject({ version: 2, questions: [first] })
    const { versions } = await find(id)
    expect(versions.map(({ version }) => version)).toEqual([2, 1])
    expect(versions[1]?.questions).toEqual(questions)
    const late = await send('PUT', `/v1/surveys/${id}`, { ...body, version: 1 })
    expect(late.status).toBe(409)
    expect(await problemOf(late)).toMatchObject({ code: 'conflict' })
  })

  it('gives its id to no other, not even after it is gone', async () => {
    const { id } = await create({ state: 'live' })
    const again = () => send('POST', '/v1/surveys', good({ id }))
    expect((await again()).status).toBe(409)
    expect((await system.call(`/v1/surveys/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await system.call(`/v1/surveys/${id}`)).status).toBe(404)
    expect((await live()).map((survey) => survey.id)).not.toContain(id)
    expect((await again()).status).toBe(409)
    expect((await system.call(`/v1/surveys/${id}`, { method: 'DELETE' })).status).toBe(404)
  })

  it('belongs to its project', async () => {
    const { id } = await create()
    const other = await startSystem('Other')
    expect((await other.call(`/v1/surveys/${id}`)).status).toBe(404)
    expect((await other.call(`/v1/surveys/${id}`, { method: 'DELETE' })).status).toBe(404)
    expect((await find(id)).id).toBe(id)
  })

  it('is changed by editors only', async () => {
    const response = await send('POST', `/v1/projects/${system.project}/keys`, {
      type: 'secret',
      name: 'Reader',
      scopes: ['read'],
    })
    const { key } = (await response.json()) as { key: string }
    const as = (method: string, path: string) =>
      fetch(`${system.origin}${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(method === 'GET' ? {} : { body: JSON.stringify(good()) }),
      })
    const { id } = await create()
    expect((await as('GET', '/v1/surveys')).status).toBe(200)
    for (const [method, path] of [
      ['POST', '/v1/surveys'],
      ['PUT', `/v1/surveys/${id}`],
      ['PATCH', `/v1/surveys/${id}`],
      ['DELETE', `/v1/surveys/${id}`],
    ] as const) {
      expect((await as(method, path)).status).toBe(403)
    }
  })
})

describe('a survey that cannot be', () => {
  const asked = (...changes: object[]) => ({ questions: questions.map((one, i) => ({ ...one, ...changes[i] })) })
  const branch = (when: object, go: string) => asked({}, {}, { next: [{ when, go }] })
  const long = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ id: `q${i}`, type: 'short', text: { en: 'x'.repeat(10) } }))
  const heavy = Array.from({ length: 30 }, (_, i) => ({
    id: `q${i}`,
    type: 'single',
    text: { en: 'Which?' },
    choices: Array.from({ length: 10 }, (_choice, n) => ({ id: `c${n}`, text: { en: 'x'.repeat(400) } })),
  }))
  const cases: [name: string, extra: object, path: string, reason: RegExp][] = [
    ['a branch to nowhere', branch({}, 'nowhere'), 'questions[2].next[0].go', /nowhere/],
    ['a branch back', branch({}, 'score'), 'questions[2].next[0].go', /forward/],
    ['a branch to itself', branch({}, 'why'), 'questions[2].next[0].go', /forward/],
    ['two questions of one id', asked({}, { id: 'score' }), 'questions[1].id', /twice/],
    ['a question called end', asked({}, {}, { id: 'end' }), 'questions[2].id', /end/],
    ['an id with capitals', asked({}, {}, { id: 'Why' }), 'questions[2].id', /lower-case/],
    ['a text without the survey’s language', asked({ text: { de: 'Wie?' } }), 'questions[0].text', /en/],
    ['an empty text', asked({ text: { en: ' ' } }), 'questions[0].text.en', /empty/],
    ['a text that is too long', asked({ text: { en: 'x'.repeat(501) } }), 'questions[0].text.en', /500/],
    ['a language that is none', asked({ text: { en: 'Hi', 'not a tag': 'Hi' } }), 'questions[0].text', /not a tag/],
    ['choices that are missing', asked({}, { choices: undefined, next: [] }), 'questions[1].choices', /two/],
    ['one choice', asked({}, { choices: [{ id: 'a', text: { en: 'A' } }], next: [] }), 'questions[1].choices', /two/],
    [
      '31 choices',
      asked({}, { choices: Array.from({ length: 31 }, (_, i) => ({ id: `c${i}`, text: { en: 'C' } })), next: [] }),
      'questions[1].choices',
      /30/,
    ],
    [
      'two choices of one id',
      asked({}, { choices: [1, 2].map(() => ({ id: 'a', text: { en: 'A' } })), next: [] }),
      'questions[1].choices[1].id',
      /twice/,
    ],
    [
      'choices on a scale',
      asked({ choices: [] }, {}, { choices: questions[1]?.choices }),
      'questions[2].choices',
      /long/,
    ],
    ['a bound on a text', branch({ min: 3 }, 'end'), 'questions[2].next[0].when.min', /scales/],
    [
      'a bound outside of the scale',
      asked({ next: [{ when: { max: 11 }, go: 'end' }] }),
      'questions[0].next[0].when.max',
      /10/,
    ],
    [
      'a choice that is none',
      asked({}, { next: [{ when: { is: ['x'] }, go: 'end' }] }),
      'questions[1].next[0].when.is[0]',
      /x/,
    ],
    ['a question of no type', asked({ type: 'stairs' }), 'questions[0].type', /nps/],
    ['no question', { questions: [] }, 'questions', /one/],
    ['31 questions', { questions: long(31) }, 'questions', /30/],
    ['over 64 kB', { questions: heavy }, 'questions', /64000/],
    ['an unknown field', asked({ colour: 'red' }), 'questions[0].colour', /known/],
    ['a percentage of 150', { targeting: { percentage: 150 } }, 'targeting.percentage', /100/],
    ['a path without a slash', { targeting: { paths: ['app'] } }, 'targeting.paths[0]', /begin/],
    ['no name', { name: ' ' }, 'name', /empty/],
  ]
  it.each(cases)('%s is refused at its place', async (_name, extra, path, reason) => {
    const response = await send('POST', '/v1/surveys', good(extra))
    expect(response.status).toBe(422)
    const { code, detail, issues = [] } = await problemOf(response)
    expect(code).toBe('invalid')
    expect(issues.map((issue) => issue.path)).toContain(path)
    expect(issues.find((issue) => issue.path === path)?.reason).toMatch(reason)
    expect(detail).toContain(issues[0]?.path)
  })

  it('leaves what stood there as it was', async () => {
    const { id } = await create()
    const before = await find(id)
    expect((await send('PUT', `/v1/surveys/${id}`, good({ id, questions: [] }))).status).toBe(422)
    expect((await send('PUT', `/v1/surveys/${id}`, good({ id: 'another' }))).status).toBe(422)
    expect((await send('PATCH', `/v1/surveys/${id}`, { state: 'on' })).status).toBe(422)
    expect((await send('PUT', '/v1/surveys/unknown', good({ id: 'unknown' }))).status).toBe(404)
    expect(await find(id)).toEqual(before)
  })
})

describe('what pages tell of a survey', () => {
  it('is how often it was shown, by beacon, from any origin, without a preflight', async () => {
    const { id } = await create({ state: 'live' })
    const lines = [
      { survey: id, version: 1, count: 3 },
      { survey: id, version: 1, count: 2 },
      { survey: id, version: 9, count: 7 },
      { survey: 'unknown', version: 1, count: 7 },
    ]
    const response = await display(JSON.stringify({ displays: lines }), {
      'content-type': 'text/plain;charset=UTF-8',
      origin: 'https://shop.example',
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect((await display(JSON.stringify({ displays: lines.slice(0, 1) }))).status).toBe(204)
    expect(await find(id)).toMatchObject({ displays: 8 })
  })

  it('is refused where it cannot be read', async () => {
    const { id } = await create()
    const line = { survey: id, version: 1, count: 1 }
    const cases: [body: string, status: number, path?: string][] = [
      ['hello', 400],
      [JSON.stringify({}), 422, 'displays'],
      [JSON.stringify({ displays: [{ ...line, count: -1 }] }), 422, 'displays[0].count'],
      [JSON.stringify({ displays: [line, { ...line, count: 1e9 }] }), 422, 'displays[1].count'],
      [JSON.stringify({ displays: [{ ...line, version: 'one' }] }), 422, 'displays[0].version'],
      [' '.repeat(20_000), 413],
    ]
    for (const [body, status, path] of cases) {
      const response = await display(body)
      expect(response.status).toBe(status)
      const { issues = [] } = await problemOf(response)
      if (path !== undefined) expect(issues.map((issue) => issue.path)).toContain(path)
    }
    const unknown = await fetch(`${system.origin}/v1/displays?key=pub_${'x'.repeat(24)}`, {
      method: 'POST',
      body: '{}',
    })
    expect(unknown.status).toBe(401)
    expect(await find(id)).toMatchObject({ displays: 0 })
  })

  it('is what was answered, kept as it came, counted, and exported by question', async () => {
    const { id } = await create({ state: 'live' })
    const item = newId()
    const survey = {
      id,
      version: 1,
      answers: [
        { question: 'score', value: 6 },
        { question: 'what', value: ['speed', 'price'] },
        { question: 'why', value: 'Too slow, "really"' },
      ],
    }
    await system.submit({ id: item, survey, rating: { scale: 'nps', value: 6 } })
    expect((await system.find(item)).survey).toEqual(survey)
    expect(await find(id)).toMatchObject({ responses: 1 })
    const { items } = (await (await system.call('/v1/surveys')).json()) as { items: Survey[] }
    expect(items.find((one) => one.id === id)).toMatchObject({ responses: 1, displays: 0, state: 'live' })
    const elsewhere = (await (await system.call('/v1/surveys?environment=staging')).json()) as { items: Survey[] }
    expect(elsewhere.items.find((one) => one.id === id)).toMatchObject({ responses: 0 })
    const columns = 'id,survey,surveyVersion,question.score,question.what,question.why'
    const csv = await (await system.call(`/v1/export?format=csv&bom=off&survey=${id}&columns=${columns}`)).text()
    expect(csv.split('\r\n')[1]).toBe(`${item},${id},1,6,"speed, price","Too slow, ""really"""`)
    await system.call(`/v1/feedback/${item}`, { method: 'DELETE' })
    expect(await find(id)).toMatchObject({ responses: 0 })
  })
})
