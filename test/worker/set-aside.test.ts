import { beforeAll, describe, expect, it } from 'vitest'
import type { KnownValue, OutcomeList, ProjectUsage, Survey, ViewCounts } from '../../sdk/wire/index.ts'
import { newId, startSystem, type System } from '../support/system.ts'

const json = { 'content-type': 'application/json' }
const spam = 'Best online casino, free spins for new players! https://spin.example https://win.example'
const survey = {
  id: 'exit',
  name: 'Exit',
  language: 'en',
  state: 'live',
  questions: [{ id: 'why', type: 'long', text: { en: 'Why?' } }],
}

let system: System
const send = (method: string, path: string, body: object) =>
  system.call(path, { method, headers: json, body: JSON.stringify(body) })
const read = async <T>(path: string) => (await (await system.call(path)).json()) as T

/** How many items of the pricing page there are, wherever the console shows a number. */
async function countsNow() {
  await system.list()
  const [views, usage, surveys, ...values] = await Promise.all([
    read<ViewCounts>('/v1/views/counts'),
    read<ProjectUsage>(`/v1/projects/${system.project}/usage`),
    read<{ items: Survey[] }>('/v1/surveys'),
    ...['kind', 'path', 'survey', 'tag.plan', 'account', 'status', 'person'].map((name) =>
      read<{ items: KnownValue[] }>(`/v1/names/values?name=${name}`),
    ),
  ])
  return {
    'all feedback': views.all.count,
    'status in the side bar': views.statuses['new']?.count,
    'status in the settings': usage.statuses.find(({ value }) => value === 'new')?.listed.count,
    'kind in the settings': usage.kinds.find(({ value }) => value === 'bug')?.listed.count,
    'answers of a survey': surveys.items.find(({ id }) => id === survey.id)?.responses,
    'values that filters suggest': values.map(({ items }) => items[0]?.count),
  }
}

/** All items have the same values. */
const every = (count: number) => ({
  'all feedback': count,
  'status in the side bar': count,
  'status in the settings': count,
  'kind in the settings': count,
  'answers of a survey': count,
  'values that filters suggest': Array.from({ length: 7 }, () => count),
})

describe('what is set aside as spam', () => {
  beforeAll(async () => {
    system = await startSystem('Set aside')
    expect((await send('POST', '/v1/surveys', survey)).status).toBe(201)
    const said = {
      kind: 'bug',
      page: { url: 'https://shop.example/pricing' },
      tags: { plan: 'pro' },
      survey: { id: survey.id, version: 1, answers: [{ question: 'why', value: 'Price' }] },
      person: { id: 'u_1', account: { id: 'acme' } },
    }
    for (const message of ['The total is wrong', spam, `${spam} Now!`]) {
      expect((await system.submit({ id: newId(), message, ...said })).status).toBe(201)
    }
  })

  it('is in no count of what lists show, until it is taken out of the tray', async () => {
    expect(await countsNow()).toEqual(every(1))
    const usage = await read<ProjectUsage>(`/v1/projects/${system.project}/usage`)
    const three = { count: 3, listed: { count: 1, exact: true }, spam: { count: 2, exact: true } }
    expect(usage.statuses).toContainEqual({ value: 'new', exact: true, ...three })
    expect(usage.kinds).toContainEqual({ value: 'bug', exact: true, ...three })
    expect((await read<ViewCounts>('/v1/views/counts')).spam.count).toBe(2)

    expect((await send('POST', '/v1/feedback/bulk', { filter: 'spam=only', patch: { spam: false } })).status).toBe(200)
    expect(await countsNow()).toEqual(every(3))
  })

  it('was accepted all the same, and its outcome says that it came into the tray', async () => {
    const { total, quota } = await read<OutcomeList>('/v1/outcomes')
    const accepted = total.filter(({ outcome }) => outcome === 'accepted')
    expect(accepted).toEqual([
      { route: 'feedback', outcome: 'accepted', reason: 'spam', count: 2 },
      { route: 'feedback', outcome: 'accepted', reason: null, count: 1 },
    ])
    expect(quota.used).toBe(3)
  })
})
