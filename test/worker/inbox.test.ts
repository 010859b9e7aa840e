import { beforeAll, describe, expect, it } from 'vitest'
import type { Feedback, FeedbackList } from '../../sdk/wire/index.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System
const day = 86_400_000
const now = Date.now()
const items = Array.from({ length: 120 }, (_, i) => ({
  id: newId(),
  kind: ['bug', 'idea', 'praise'][i % 3]!,
  message: `Item number ${i}`,
  createdAt: new Date(now - i * day * 0.5).toISOString(),
  tags: { plan: i % 2 === 0 ? 'pro' : 'free', index: i },
  release: `1.${i % 4}.0`,
  ...(i % 5 === 0 ? { rating: { scale: 'nps', value: i % 11 } } : {}),
  ...(i % 6 === 0 ? { person: { id: `u${i % 12}`, account: { id: 'acme' }, traits: { role: 'owner' } } } : {}),
  ...(i % 7 === 0 ? { page: { url: `https://app.example.com/page/${i % 3}?x=1`, locale: 'de' } } : {}),
  labels: i % 10 === 0 ? ['checkout', 'urgent'] : [],
  status: i % 4 === 0 ? 'open' : 'new',
  ...(i === 13 ? { spam: true } : {}),
}))

beforeAll(async () => {
  system = await startSystem()
  const results = await system.importLines(items)
  expect(results.every(({ result }) => result === 'stored')).toBe(true)
  await system.runSchedule()
})

const visible = items.filter((item) => item.spam !== true)
const idsOf = (list: FeedbackList) => list.items.map(({ id }) => id)
const expectedIds = (fits: (item: (typeof items)[number]) => boolean) => visible.filter(fits).map(({ id }) => id)

describe('a list', () => {
  it('pages through everything once, newest first, and says where it goes on', async () => {
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const response = await system.call(`/v1/feedback?limit=17${cursor && `&cursor=${cursor}`}`)
      const page = (await response.json()) as FeedbackList
      seen.push(...idsOf(page))
      expect(page.total).toEqual({ count: 119, exact: true })
      expect(response.headers.get('link') !== null).toBe(page.next !== null)
      cursor = page.next
    }
    expect(seen).toEqual(visible.map(({ id }) => id))
  })

  it('says how many items spam hides, and shows them when asked', async () => {
    expect((await system.list()).hidden).toEqual({ spam: 1, merged: 0 })
    expect(idsOf(await system.list('?spam=only'))).toEqual([items[13]!.id])
    expect((await system.list('?spam=with')).total.count).toBe(120)
    const exported = await system.call('/v1/export?format=csv')
    expect(exported.headers.get('earshot-rows')).toBe('119')
    expect(exported.headers.get('earshot-hidden')).toBe('spam=1, merged=0')
    await exported.arrayBuffer()
  })

  const filters: [query: string, fits: (item: (typeof items)[number]) => boolean][] = [
    ['kind=bug', (item) => item.kind === 'bug'],
    ['kind=bug&kind=idea', (item) => item.kind !== 'praise'],
    ['not.kind=bug', (item) => item.kind !== 'bug'],
    ['not.kind=bug&not.kind=idea', (item) => item.kind === 'praise'],
    ['kind=bug&tag.plan=pro', (item) => item.kind === 'bug' && item.tags.plan === 'pro'],
    ['tag.index=7', (item) => item.tags.index === 7],
    ['status=open', (item) => item.status === 'open'],
    ['label=checkout', (item) => item.labels.length > 0],
    ['label=none', (item) => item.labels.length === 0],
    ['assignee=none&release=1.1.0', (item) => item.release === '1.1.0'],
    ['scale=nps', (item) => item.rating !== undefined],
    ['scale=nps&max=6', (item) => item.rating !== undefined && item.rating.value <= 6],
    ['min=9&max=10', (item) => item.rating !== undefined && item.rating.value >= 9],
    ['person=u6', (item) => item.person?.id === 'u6'],
    ['account=acme&trait.role=owner', (item) => item.person !== undefined],
    ['path=/page/0', (item) => item.page?.url.includes('/page/0') === true],
    ['locale=de', (item) => item.page !== undefined],
    ['verified=true', () => false],
    ['source=import&kind=praise', (item) => item.kind === 'praise'],
    ['has=email', () => false],
    ['theme=none', () => false],
  ]
  it.each(filters)('filters by %s, and the count and the export agree', async (query, fits) => {
    const expected = expectedIds(fits)
    const list = await system.list(`?${query}&limit=200`)
    expect(idsOf(list)).toEqual(expected)
    expect(list.total).toEqual({ count: expected.length, exact: true })
    expect(await (await system.call(`/v1/feedback/count?${query}`)).json()).toEqual({
      count: expected.length,
      exact: true,
    })
    const exported = await (await system.call(`/v1/export?format=json&${query}`)).json()
    expect((exported as Feedback[]).map(({ id }) => id)).toEqual(expected.toReversed())
  })

  it('reads dates in a zone, and means whole days', async () => {
    const date = new Date(now - 3 * day).toISOString().slice(0, 10)
    const begin = Date.parse(`${date}T00:00:00Z`)
    const inDay = (item: { createdAt: string }) =>
      Date.parse(item.createdAt) >= begin && Date.parse(item.createdAt) < begin + day
    expect(idsOf(await system.list(`?from=${date}&to=${date}`))).toEqual(expectedIds(inDay))
    const tokyo = begin - 9 * 3_600_000
    const inTokyo = (item: { createdAt: string }) =>
      Date.parse(item.createdAt) >= tokyo && Date.parse(item.createdAt) < tokyo + day
    expect(idsOf(await system.list(`?from=${date}&to=${date}&tz=Asia/Tokyo`))).toEqual(expectedIds(inTokyo))
  })

  it('lists oldest first when told', async () => {
    expect(idsOf(await system.list('?sort=oldest&limit=5'))).toEqual(
      visible
        .slice(-5)
        .map(({ id }) => id)
        .toReversed(),
    )
  })

  const bad: [query: string, code: string, path: string][] = [
    ['colour=red', 'unknown-filter', 'colour'],
    ['not.q=x', 'unknown-filter', 'not.q'],
    ['q=a&q=b', 'bad-filter', 'q'],
    ['spam=maybe', 'bad-filter', 'spam'],
    ['from=yesterday', 'bad-filter', 'from'],
    ['from=2026-02-31', 'bad-filter', 'from'],
    ['tz=Mars/Base', 'bad-filter', 'tz'],
    ['min=many', 'bad-filter', 'min'],
    ['scale=inches', 'bad-filter', 'scale'],
    ['limit=0', 'bad-filter', 'limit'],
    ['limit=201', 'bad-filter', 'limit'],
  ]
  it.each(bad)('refuses %s and names it', async (query, code, path) => {
    const response = await system.call(`/v1/feedback?${query}`)
    expect(response.status).toBe(400)
    const problem = await problemOf(response)
    expect(problem.code).toBe(code)
    expect(problem.issues?.[0]?.path).toBe(path)
  })

  it.each(['x', 'cjE=x', '%00', 'dDk5OTk5OTk5OTk5OTk5OTk5OTk5'])('refuses the cursor %s', async (cursor) => {
    const response = await system.call(`/v1/feedback?cursor=${cursor}`)
    expect(response.status).toBe(400)
    expect((await problemOf(response)).code).toBe('bad-cursor')
  })
})

describe('triage', () => {
  const patch = (id: string, body: object, headers = {}) =>
    system.call(`/v1/feedback/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })

  it('changes status, labels and assignee, and the filters follow at once', async () => {
    const id = items[1]!.id
    const before = await system.find(id)
    const response = await patch(id, { status: 'planned', addLabels: ['roadmap'], assignee: 'ada' })
    expect(response.status).toBe(200)
    const after = (await response.json()) as Feedback
    expect(after).toMatchObject({ status: 'planned', labels: ['roadmap'], assignee: 'ada' })
    expect(after.change).toBeGreaterThan(before.change)
    const query = '/v1/feedback?status=planned&label=roadmap&assignee=ada'
    expect(idsOf((await (await system.call(query)).json()) as FeedbackList)).toEqual([id])
    const searched = await system.call('/v1/feedback?status=planned&q=number')
    expect(idsOf((await searched.json()) as FeedbackList)).toEqual([id])
  })

  it('refuses with 409 when somebody was faster, and changes nothing', async () => {
    const id = items[2]!.id
    const { change } = await system.find(id)
    expect((await patch(id, { status: 'done' }, { 'if-match': `"${change}"` })).status).toBe(200)
    const late = await patch(id, { status: 'declined' }, { 'if-match': `"${change}"` })
    expect(late.status).toBe(409)
    expect((await problemOf(late)).code).toBe('conflict')
    expect((await system.find(id)).status).toBe('done')
  })

  it('keeps every one of twenty changes that are made at the same time, or says that it did not', async () => {
    const id = items[3]!.id
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => patch(id, { addLabels: [`l${i}`] })))
    const kept = all.flatMap((response, i) => (response.status === 200 ? [`l${i}`] : []))
    expect(all.every(({ status }) => status === 200 || status === 409)).toBe(true)
    expect((await system.find(id)).labels.toSorted()).toEqual(kept.toSorted())
  })

  it.each([
    ['a status that the project lacks', { status: 'nope' }, 'status'],
    ['a field that triage does not know', { message: 'other words' }, 'message'],
    ['a label that is empty', { labels: [' '] }, 'labels.0'],
  ])('refuses %s and names it', async (_name, body, path) => {
    const response = await patch(items[4]!.id, body)
    expect(response.status).toBe(422)
    expect((await problemOf(response)).issues?.[0]?.path).toBe(path)
  })

  it('answers 404 for an item of another project', async () => {
    const other = await startSystem('Other')
    const response = await other.call(`/v1/feedback/${items[0]!.id}`)
    expect(response.status).toBe(404)
    expect((await other.call(`/v1/feedback?project=${system.project}`)).status).toBe(404)
    expect((await other.call(`/v1/feedback/${items[0]!.id}`, { method: 'DELETE' })).status).toBe(404)
  })

  it('deletes an item from list, search, counts and suggestions, and a late repeat gets 410', async () => {
    const id = newId()
    await system.submit({ id, message: 'zebrafish', tags: { animal: 'zebra' } })
    expect((await system.list('?q=zebrafish')).total.count).toBe(1)
    expect((await system.call(`/v1/feedback/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await system.list('?q=zebrafish')).total.count).toBe(0)
    expect((await system.list('?tag.animal=zebra')).total.count).toBe(0)
    const values = await (await system.call('/v1/names/values?name=tag.animal')).json()
    expect(values).toEqual({ items: [] })
    const late = await system.submit({ id, message: 'zebrafish' })
    expect(late.status).toBe(410)
    expect((await problemOf(late)).code).toBe('erased')
  })

  it('suggests names and their values with counts', async () => {
    const { items: names } = (await (await system.call('/v1/names')).json()) as { items: { name: string }[] }
    expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining(['tag.plan', 'tag.index', 'trait.role']))
    const values = await (await system.call('/v1/names/values?name=tag.plan')).json()
    expect(values).toEqual({
      items: [
        { value: 'pro', count: 60 },
        // The sixtieth is in the spam tray.
        { value: 'free', count: 59 },
      ],
    })
    const labels = (await (await system.call('/v1/names/values?name=label&prefix=check')).json()) as object
    expect(labels).toEqual({ items: [{ value: 'checkout', count: 12 }] })
  })
})
