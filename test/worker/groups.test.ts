import { beforeAll, describe, expect, it } from 'vitest'
import type { AccountPeople, FeedbackList, GroupList, KnownValue } from '../../sdk/wire/index.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System

/** Five days in Berlin; the odd ones at half past eleven at night, which is still the day before in UTC. */
const items = Array.from({ length: 60 }, (_, i) => ({
  id: newId(),
  kind: ['bug', 'idea', 'praise'][i % 3]!,
  message: i % 4 === 0 ? `Late and slow ${i}` : `Item ${i}`,
  createdAt: new Date(Date.UTC(2026, 9, 5 + (i % 5), 22, 30) + i * 1_000).toISOString(),
  labels: [['checkout', 'urgent'], ['checkout'], []][i % 3]!,
  ...(i % 2 === 0 ? { page: { url: `https://app.example.com/page/${i % 6}` } } : {}),
  ...(i % 5 === 0 ? { rating: { scale: 'nps', value: i % 10 } } : {}),
  ...(i % 6 === 1 ? { rating: { scale: 'stars', value: 4 } } : {}),
  ...(i % 2 === 1 ? { release: '1.0.0' } : {}),
  ...(i % 10 === 3 ? { person: { id: `u_${i}`, name: `Person ${i}`, account: { id: 'acme' }, verified: true } } : {}),
  ...(i === 7 ? { person: { account: { id: 'acme' } }, email: 'no-id@example.com' } : {}),
  ...(i % 20 === 9 ? { assignee: 'kim@example.com' } : {}),
  ...(i === 58 ? { spam: true } : {}),
}))
type Said = (typeof items)[number]
const visible = items.filter(({ spam }) => spam !== true).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))

const get = async <T>(path: string) => (await (await system.call(path)).json()) as T
const groups = (query: string) => get<GroupList>(`/v1/feedback/groups?${query}`)
const counted = ({ items: found }: GroupList) => Object.fromEntries(found.map(({ value, count }) => [value, count]))
const tally = (valuesOf: (item: Said) => string[]) => {
  const counts: Record<string, number> = {}
  for (const value of visible.flatMap(valuesOf)) counts[value] = (counts[value] ?? 0) + 1
  return counts
}
/** What the groups' own filters list, beside the list's, as the wire tells to put them together. */
const listedBy = async (query: string, filter: Record<string, string[]>) => {
  const parameters = new URLSearchParams(query)
  for (const [name, values] of Object.entries(filter)) {
    if (!name.startsWith('not.')) parameters.delete(name)
    for (const value of values) parameters.append(name, value)
  }
  return get<FeedbackList>(`/v1/feedback?${parameters.toString()}&limit=200`)
}

beforeAll(async () => {
  system = await startSystem('Groups')
  const results = await system.importLines(items)
  expect(results.every(({ result }) => result === 'stored')).toBe(true)
  await system.runSchedule()
})

describe('groups', () => {
  it.each([
    ['kind', (item: Said) => [item.kind]],
    ['path', (item: Said) => [item.page ? new URL(item.page.url).pathname : '']],
    ['release', (item: Said) => [item.release ?? '']],
    ['label', (item: Said) => (item.labels.length > 0 ? item.labels : [''])],
    ['score', (item: Said) => [item.rating ? `${item.rating.scale}:${item.rating.value}` : '']],
  ] as const)('by %s count every item of the list, and lead to them', async (by, valuesOf) => {
    const found = await groups(`by=${by}`)
    expect(counted(found)).toEqual(tally((item) => [...valuesOf(item)]))
    expect(found.rest).toBeNull()
    for (const { filter, count } of found.items) expect((await listedBy('', filter)).total.count).toBe(count)
  })

  it('keep to the filters and the words of the list', async () => {
    const query = 'q=slow&not.kind=praise&not.path=/page/4'
    const found = await groups(`by=path&${query}`)
    const wanted = visible.filter(
      (item) => item.message.includes('slow') && item.kind !== 'praise' && item.page?.url.endsWith('4') !== true,
    )
    expect(found.items.reduce((sum, { count }) => sum + count, 0)).toBe(wanted.length)
    for (const { filter, count } of found.items) expect((await listedBy(query, filter)).total.count).toBe(count)
  })

  it('show scores by scale, the best first, and of a label filter only its labels', async () => {
    expect((await groups('by=score')).items.map(({ value }) => value)).toEqual(['nps:5', 'nps:0', 'stars:4', ''])
    expect((await groups('by=score&scale=nps&min=1')).items.map(({ value }) => value)).toEqual(['nps:5'])
    expect((await groups('by=score&scale=stars')).items.map(({ value }) => value)).toEqual(['stars:4'])
    expect((await groups('by=label&label=urgent')).items.map(({ value }) => value)).toEqual(['urgent'])
  })

  it('are fifty at most, with the rest as one that leads to everything else', async () => {
    const crowd = await startSystem('Crowd')
    const many = Array.from({ length: 70 }, (_, i) => ({ id: newId(), message: 'x', release: `r${i}` }))
    await crowd.importLines([...many, ...many.slice(0, 50).map((item) => ({ ...item, id: newId() }))])
    await crowd.importLines([{ id: newId(), message: 'without' }])
    await crowd.runSchedule()
    const { items: found, rest } = (await (await crowd.call('/v1/feedback/groups?by=release')).json()) as GroupList
    expect(found.map(({ count }) => count)).toEqual(Array.from({ length: 50 }, () => 2))
    expect(rest?.count).toBe(21)
    const query = (rest?.filter['not.release'] ?? []).map((value) => `not.release=${value}`).join('&')
    expect((await crowd.list(`?${query}`)).total.count).toBe(21)
  })

  it('are refused by name where it is not known what to group by', async () => {
    for (const query of ['', '?by=colour', '?by=kind&by=path', '?by=kind&start=2026-10-01']) {
      const response = await system.call(`/v1/feedback/groups${query}`)
      expect(response.status).toBe(400)
      expect((await problemOf(response)).issues?.[0]?.path).toMatch(/^(by|start)$/)
    }
  })
})

describe('a list that begins at a date', () => {
  const idsFrom = async (query: string) => {
    const ids: string[] = []
    let cursor: string | null = ''
    let page: FeedbackList | null = null
    while (cursor !== null) {
      page = await get<FeedbackList>(`/v1/feedback?limit=13&${query}${cursor && `&cursor=${cursor}`}`)
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    return { ids, total: page?.total.count }
  }

  it.each([
    ['tz=UTC&start=2026-10-07', Date.UTC(2026, 9, 8)],
    ['tz=Europe/Berlin&start=2026-10-07', Date.UTC(2026, 9, 7, 22)],
    ['start=2026-10-07T22:30:27Z', Date.UTC(2026, 9, 7, 22, 30, 27) + 1],
  ])('%s shows that day and what came before, and counts it all', async (query, end) => {
    const { ids, total } = await idsFrom(query)
    const wanted = visible.filter(({ createdAt }) => Date.parse(createdAt) < end)
    expect(ids).toEqual(wanted.map(({ id }) => id))
    expect(ids.length).toBeLessThan(visible.length)
    expect(total).toBe(visible.length)
  })

  it('goes on to later days, the oldest first, with every filter', async () => {
    const { ids } = await idsFrom('kind=bug&sort=oldest&tz=Europe/Berlin&start=2026-10-08')
    const wanted = visible.filter(
      ({ kind, createdAt }) => kind === 'bug' && Date.parse(createdAt) >= Date.UTC(2026, 9, 7, 22),
    )
    expect(ids).toEqual(wanted.map(({ id }) => id).toReversed())
  })

  it('is refused where it has no dates, or the date is none', async () => {
    for (const query of [
      'q=slow&start=2026-10-07',
      'start=soon',
      'start=2026-02-30',
      'start=2026-10-01&start=2026-10-02',
    ]) {
      const response = await system.call(`/v1/feedback?${query}`)
      expect([query, response.status]).toEqual([query, 400])
      expect((await problemOf(response)).issues?.[0]?.path).toBe('start')
    }
    expect((await system.call('/v1/feedback?q=slow&sort=newest&start=2026-10-07')).status).toBe(200)
    expect((await system.call('/v1/feedback/count?start=2026-10-07')).status).toBe(400)
  })
})

describe('suggestions', () => {
  const values = async (query: string) => (await get<{ items: KnownValue[] }>(`/v1/names/values?${query}`)).items

  it('know who can have an item, who spoke, their accounts by name, and surveys by name', async () => {
    expect(await values('name=assignee')).toEqual(
      expect.arrayContaining([
        { value: 'none', count: 56 },
        { value: 'kim@example.com', count: 3 },
      ]),
    )
    expect(await values('name=assignee&contains=EXAMPLE.C')).toEqual([{ value: 'kim@example.com', count: 3 }])
    expect(await values('name=person')).toHaveLength(6)
    expect(await values('name=person&contains=son 33')).toEqual([{ value: 'u_33', label: 'Person 33', count: 1 }])
    expect(await values('name=person&contains=u_53')).toEqual([{ value: 'u_53', label: 'Person 53', count: 1 }])
    const headers = { 'content-type': 'application/json' }
    await system.call('/v1/accounts/acme', {
      method: 'PUT',
      headers,
      body: JSON.stringify({ name: 'Ångström Dental' }),
    })
    const known = [{ value: 'acme', label: 'Ångström Dental', count: 7 }]
    expect(await values('name=account')).toEqual(known)
    expect(await values('name=account&contains=dental')).toEqual(known)
    expect(await values('name=account&contains=nobody')).toEqual([])
    const { items: names } = await get<{ items: { name: string }[] }>('/v1/names')
    expect(names.filter(({ name }) => /^(label|assignee)\./.test(name))).toEqual([])
  })

  it('look into the middle of a value', async () => {
    expect((await values('name=path&contains=age/2')).map(({ value }) => value)).toEqual(['/page/2'])
  })
})

describe('the name that stands for nothing', () => {
  it('cannot be given to a label or an assignee, and can be taken off', async () => {
    const patch = (body: object) =>
      system.call(`/v1/feedback/${items[0]!.id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    for (const body of [{ addLabels: ['none'] }, { labels: ['a', 'none'] }, { assignee: 'none' }]) {
      const response = await patch(body)
      expect(response.status).toBe(422)
      expect((await problemOf(response)).detail).toContain('take another name')
    }
    expect((await patch({ removeLabels: ['none'] })).status).toBe(200)
    const id = newId()
    const [result] = await system.importLines([{ id, message: 'x', labels: ['none', 'kept'], assignee: 'none' }])
    expect(result).toMatchObject({ result: 'stored', notes: [{ path: 'assignee' }, { path: 'labels' }] })
    expect(await system.find(id)).toMatchObject({ labels: ['kept'] })
  })
})

describe('who spoke for an account', () => {
  it('is told with how often and when last, those without an id together', async () => {
    const { items: people, looked } = await get<AccountPeople>('/v1/accounts/acme/people')
    expect(looked).toEqual({ count: 7, exact: true })
    expect(people).toHaveLength(7)
    expect(people.find(({ id }) => id === 'u_3')).toMatchObject({
      name: 'Person 3',
      verified: true,
      count: 1,
      lastAt: items[3]!.createdAt,
      uuid: (await system.find(items[3]!.id)).person?.uuid,
    })
    expect(people.find(({ id }) => id === null)).toMatchObject({ count: 1, name: null, uuid: null })
    expect((await get<AccountPeople>('/v1/accounts/nobody/people')).items).toEqual([])
  })
})
