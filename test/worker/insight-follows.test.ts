import { beforeAll, describe, expect, it } from 'vitest'
import type { Receipt, ResponseRate, Scores, Volume } from '../../sdk/wire/index.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await startSystem('Insight follows')
})

const get = async <T>(path: string): Promise<T> => {
  const response = await system.call(path)
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
const send = (path: string, method: string, body?: object) =>
  system.call(path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const scores = async (query = '') => (await get<Scores>(`/v1/insight/scores${query}`)).total
const counted = async (query = '') =>
  Object.fromEntries(Object.entries((await scores(query)).counts).filter(([, count]) => count > 0))
const volume = async (query = '') => (await get<Volume>(`/v1/insight/volume${query}`)).total.total

describe('numbers follow what happens to an item, at once', () => {
  it('when it comes, is spam, is not, is labelled, and is deleted', async () => {
    const id = newId()
    await system.submit({ id, rating: { scale: 'csat', value: 4 }, tags: { room: 'north' } })
    expect(await counted('?scale=csat')).toEqual({ 4: 1 })
    expect(await volume('?tag.room=north')).toBe(1)
    await send(`/v1/feedback/${id}`, 'PATCH', { spam: true })
    expect(await counted('?scale=csat')).toEqual({})
    expect(await counted('?scale=csat&spam=only')).toEqual({ 4: 1 })
    expect(await volume()).toBe(0)
    expect((await get<Volume>('/v1/insight/volume?dimension=tag.room')).series).toEqual([])
    await send(`/v1/feedback/${id}`, 'PATCH', { spam: false, addLabels: ['loud'] })
    expect(await counted('?scale=csat&label=loud')).toEqual({ 4: 1 })
    const { series } = await get<Volume>('/v1/insight/volume?dimension=label')
    expect(series.map(({ value, total }) => [value, total])).toEqual([['loud', 1]])
    await send(`/v1/feedback/${id}`, 'DELETE')
    expect(await counted('?scale=csat')).toEqual({})
    expect(await volume()).toBe(0)
  })

  it('and a person who answers again counts by the later answer', async () => {
    const person = { anonymousId: crypto.randomUUID() }
    await system.submit({ id: newId(), ...person, rating: { scale: 'stars', value: 1 } })
    await system.submit({ id: newId(), ...person, rating: { scale: 'stars', value: 5 } })
    await system.submit({ id: newId(), rating: { scale: 'stars', value: 3 } })
    await system.submit({ id: newId(), rating: { scale: 'stars', value: 3 } })
    expect(await counted('?scale=stars')).toEqual({ 3: 2, 5: 1 })
    expect(await scores('?scale=stars')).toMatchObject({ n: 3, answers: 4, late: 0 })
    // The filters come first: of the low answers theirs is the first one.
    expect(await counted('?scale=stars&max=2')).toEqual({ 1: 1 })
  })
})

describe('a search of several words', () => {
  it('is as strict in a chart as in the list that its numbers lead to, however short the range', async () => {
    const day = 86_400_000
    const line = (message: string, days: number) => ({
      id: newId(),
      message,
      createdAt: new Date(Date.now() - days * day).toISOString(),
    })
    // More than a page hold both words, of which few were said lately; some hold one of them.
    await system.importLines([
      ...Array.from({ length: 55 }, () => line('the harbour lantern', 30)),
      ...Array.from({ length: 3 }, () => line('the harbour lantern', 0)),
      ...Array.from({ length: 4 }, () => line('only the harbour', 0)),
    ])
    const q = 'q=harbour+lantern'
    const from = new Date(Date.now() - 2 * day).toISOString().slice(0, 10)
    const list = await system.list(`?${q}&from=${from}`)
    expect([list.total.count, list.relaxed]).toEqual([3, undefined])
    expect(await volume(`?${q}&from=${from}`)).toBe(3)
    expect(await volume(`?${q}`)).toBe(58)
  })
})

describe('what was received since', () => {
  it('is what the list has: an import of what was said long before is no news', async () => {
    const long = new Date(Date.now() - 40 * 86_400_000).toISOString()
    const tags = { hall: 'west' }
    const rating = { scale: 'thumbs', value: 1 } as const
    await system.importLines([{ id: newId(), source: 'widget', createdAt: long, message: 'Old', tags, rating }])
    await system.submit({ id: newId(), tags, rating: { scale: 'thumbs', value: 0 } })
    const query = `tag.hall=west&since=${new Date(Date.now() - 3_600_000).toISOString()}`
    expect(await get(`/v1/feedback/count?${query}`)).toEqual({ count: 1, exact: true })
    expect(await volume(`?${query}`)).toBe(1)
    expect(await counted(`?scale=thumbs&${query}`)).toEqual({ 0: 1 })
    const { series } = await get<Volume>(`/v1/insight/volume?dimension=tag.hall&${query}`)
    expect(series.map(({ value, total }) => [value, total])).toEqual([['west', 1]])
  })
})

const text = (en: string) => ({ en })
const survey = {
  id: 'quarterly',
  name: 'Quarterly',
  language: 'en',
  questions: [
    { id: 'recommend', type: 'nps', text: text('Would you recommend us?') },
    { id: 'effort', type: 'ces', text: text('How easy was it?') },
    { id: 'again', type: 'ces', text: text('And the second time?') },
    { id: 'why', type: 'long', text: text('Why?') },
  ],
}
const answer = (id: string, answers: [question: string, value: number | string][], more: object = {}) =>
  system.submit({
    id,
    kind: 'other',
    rating: { scale: 'nps', value: answers[0]![1] as number },
    survey: {
      id: 'quarterly',
      version: 1,
      answers: answers.map(([question, value]) => ({ question, value })),
    },
    ...more,
  })

describe('a survey', () => {
  beforeAll(async () => {
    expect((await send('/v1/surveys', 'POST', { ...survey, state: 'live' })).status).toBe(201)
  })

  it('gives a score on each scale that it asks for, and the list finds the answers by it', async () => {
    const id = newId()
    const first = await answer(id, [['recommend', 9]])
    const { edit } = (await first.json()) as Receipt
    expect(await counted('?survey=quarterly')).toEqual({ 9: 1 })
    expect(await counted('?scale=ces')).toEqual({})
    const all: [string, number | string][] = [
      ['recommend', 8],
      ['effort', 6],
      ['again', 2],
      ['why', 'Fast'],
    ]
    expect((await answer(id, all, { edit, revision: 1 })).status).toBe(200)
    expect(await counted('?survey=quarterly')).toEqual({ 8: 1 })
    expect(await counted('?scale=ces&survey=quarterly')).toEqual({ 6: 1 })
    expect((await system.list('?scale=ces&min=6')).items.map((item) => item.id)).toEqual([id])
    expect(Object.keys(await system.find(id))).not.toContain('scores')
    // One that is taken back is taken out.
    expect((await answer(id, all.slice(0, 1), { edit, revision: 2 })).status).toBe(200)
    expect(await counted('?scale=ces')).toEqual({})
  })

  it('has a rate of responses to displays, and none where there were more responses', async () => {
    const rate = async () => (await get<ResponseRate>('/v1/insight/responses?survey=quarterly&by=day')).total
    expect(await rate()).toMatchObject({ displays: 0, responses: 1, value: null, interval: null })
    const shown = { displays: [{ survey: 'quarterly', version: 1, count: 8 }] }
    const report = await fetch(`${system.origin}/v1/displays?key=${system.publishableKey}`, {
      method: 'POST',
      body: JSON.stringify(shown),
    })
    expect(report.status).toBe(204)
    await answer(newId(), [['recommend', 3]])
    const total = await rate()
    expect(total).toMatchObject({ displays: 8, responses: 2, value: 0.25 })
    // Wilson: 2 of 8.
    expect(total.interval!.low).toBeCloseTo(0.0715, 4)
    expect(total.interval!.high).toBeCloseTo(0.5907, 4)
    const days = await get<ResponseRate>('/v1/insight/responses?survey=quarterly&by=day')
    expect(days.periods.at(-1)).toMatchObject({ displays: 8, responses: 2, period: { partial: true } })
  })
})

describe('what cannot be answered', () => {
  it.each([
    ['scores?colour=red', 'unknown-filter', 'colour'],
    ['volume?not.q=x', 'unknown-filter', 'not.q'],
    ['responses?survey=quarterly&kind=bug', 'unknown-filter', 'kind'],
    ['scores?scale=smiles', 'bad-filter', 'scale'],
    ['scores?scale=nps&scale=csat', 'bad-filter', 'scale'],
    ['scores?by=year', 'bad-filter', 'by'],
    ['scores?min=high', 'bad-filter', 'min'],
    ['volume?dimension=person', 'bad-filter', 'dimension'],
    ['volume?limit=0', 'bad-filter', 'limit'],
    ['volume?from=2020-01-01&by=day', 'bad-filter', 'by'],
    ['volume?from=2026-03-02&to=2026-03-01', 'bad-filter', 'from'],
    ['responses', 'bad-filter', 'survey'],
  ])('%s is refused by name: %s', async (path, code, name) => {
    const problem = await problemOf(await system.call(`/v1/insight/${path}`))
    expect(problem).toMatchObject({ status: 400, code })
    expect(problem.issues![0]!.path).toBe(name)
    expect(problem.detail).not.toBe('')
  })

  it('is nobody’s without a key, and no survey of an unknown id', async () => {
    expect((await fetch(`${system.origin}/v1/insight/scores`)).status).toBe(401)
    expect((await problemOf(await system.call('/v1/insight/responses?survey=none'))).status).toBe(404)
  })
})
