import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FeedbackList, NewSavedView, Role, SavedView, ViewCounts, Visit } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { newId, problemOf } from '../support/system.ts'

let raw: RawSystem
beforeAll(async () => {
  raw = await serveRaw()
  await addMember('ada', 'editor')
  await addMember('bob', 'editor')
  await addMember('vera', 'viewer')
})
afterAll(() => raw.stop())

/** A member with a session, whose token is the name. */
async function addMember(name: string, role: Role): Promise<void> {
  const hash = createHash('sha256').update(name).digest('hex')
  await raw.sql(
    `INSERT INTO member (id, name, email) VALUES ('${name}', '${name}', NULL)`,
    `INSERT INTO membership (member, project, role) VALUES ('${name}', '${raw.project}', '${role}')`,
    `INSERT INTO member_session (hash, id, member, method, browser, created_at, last_used_at, expires_at)
    VALUES ('${hash}', '${name}', '${name}', 'link', '', 0, 9007199254740991, 9007199254740991)`,
  )
}

type Call = (path: string, method?: string, body?: object) => Promise<Response>

/** Calls as a member from the console. */
const as =
  (name: string): Call =>
  (path, method = 'GET', body) =>
    fetch(raw.origin + path, {
      method,
      headers: {
        cookie: `earshot_session=${name}`,
        'sec-fetch-site': 'same-origin',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
const [ada, bob, vera] = [as('ada'), as('bob'), as('vera')]
const byKey: Call = (path, method = 'GET', body) =>
  raw.call(path, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })

async function save(call: Call, view: NewSavedView): Promise<SavedView> {
  const response = await call('/v1/views', 'POST', view)
  expect(response.status).toBe(201)
  return (await response.json()) as SavedView
}
const listed = async (call: Call) =>
  ((await (await call('/v1/views')).json()) as { items: SavedView[] }).items.map(({ name }) => name)

describe('saved views', () => {
  it('are seen by all where they are shared, and by their owner alone where they are private', async () => {
    await save(ada, { name: 'beta: mine', query: 'status=new' })
    await save(ada, { name: 'Alpha: ours', query: 'not.label=ux&group=path&sort=oldest', visibility: 'shared' })
    await save(vera, { name: 'gamma: a viewer’s', query: 'q=late fee' })
    await save(byKey, { name: 'Delta: made by a key', query: '', visibility: 'shared' })
    expect(await listed(ada)).toEqual(['Alpha: ours', 'beta: mine', 'Delta: made by a key'])
    expect(await listed(bob)).toEqual(['Alpha: ours', 'Delta: made by a key'])
    expect(await listed(vera)).toEqual(['Alpha: ours', 'Delta: made by a key', 'gamma: a viewer’s'])
    expect(await listed(byKey)).toEqual(['Alpha: ours', 'Delta: made by a key'])
  })

  it('are renamed, changed and shared by who may, and deleted', async () => {
    const mine = await save(ada, { name: 'Mine', query: 'kind=bug' })
    const path = `/v1/views/${mine.id}`
    expect(mine).toMatchObject({ visibility: 'private', owner: 'ada', ownerName: 'ada', query: 'kind=bug' })
    expect((await bob(path, 'PATCH', { name: 'Taken' })).status).toBe(404)
    expect((await bob(path, 'DELETE')).status).toBe(404)
    const shared = await ada(path, 'PATCH', { name: ' Ours ', visibility: 'shared', query: '?kind=idea' })
    expect(await shared.json()).toMatchObject({ name: 'Ours', visibility: 'shared', query: 'kind=idea' })
    expect(await (await bob(path, 'PATCH', { query: 'kind=praise' })).json()).toMatchObject({ query: 'kind=praise' })
    const taken = await problemOf(await bob(path, 'PATCH', { visibility: 'private' }))
    expect(taken).toMatchObject({ code: 'conflict', detail: expect.stringContaining('ada') })
    expect((await problemOf(await vera(path, 'PATCH', { name: 'No' }))).code).toBe('no-scope')
    expect((await problemOf(await vera(path, 'DELETE'))).code).toBe('no-scope')
    expect((await bob(path, 'DELETE')).status).toBe(204)
    expect((await ada(path, 'PATCH', { name: 'Gone' })).status).toBe(404)
  })

  it('cannot be shared by a viewer, nor be a key’s own', async () => {
    const shared = await vera('/v1/views', 'POST', { name: 'x', query: '', visibility: 'shared' })
    expect((await problemOf(shared)).code).toBe('no-scope')
    expect((await problemOf(await byKey('/v1/views', 'POST', { name: 'x', query: '' }))).issues).toEqual([
      { path: 'visibility', reason: 'a key has no private views' },
    ])
  })

  it.each<[query: string, status: number, path: string]>([
    ['colour=red', 400, 'colour'],
    ['from=yesterday', 400, 'from'],
    ['cursor=dDE', 422, 'query.cursor'],
    ['project=other', 422, 'query.project'],
    ['group=colour', 422, 'query.group'],
  ])('are refused with the query %s, which no list would open', async (query, status, path) => {
    const problem = await problemOf(await ada('/v1/views', 'POST', { name: 'Bad', query }))
    expect(problem.status).toBe(status)
    expect(problem.issues?.[0]?.path).toBe(path)
    const mine = await save(ada, { name: 'Good', query: '' })
    expect((await ada(`/v1/views/${mine.id}`, 'PATCH', { query })).status).toBe(status)
    await ada(`/v1/views/${mine.id}`, 'DELETE')
  })

  it('end where somebody has a hundred of them', async () => {
    await addMember('carl', 'viewer')
    const carl = as('carl')
    const made = await Promise.all(
      Array.from({ length: 103 }, (_, i) => carl('/v1/views', 'POST', { name: `${i}`, query: '' })),
    )
    expect(made.filter(({ status }) => status === 201).length).toBe(100)
    expect((await problemOf(made.find(({ status }) => status !== 201)!)).detail).toContain('Delete one')
  })
})

describe('counts of views', () => {
  it('are those of the lists themselves, for every view in a handful of calls', async () => {
    const body = Array.from({ length: 60 }, (_, i) =>
      JSON.stringify({
        id: newId(),
        message: i % 10 === 0 ? 'zebra crossing' : 'zebra stable',
        kind: i % 2 === 0 ? 'bug' : 'idea',
        status: i % 3 === 0 ? 'open' : 'new',
        ...(i % 20 === 7 ? { spam: true } : {}),
        receivedAt: new Date(Date.now() - i * 3_600_000).toISOString(),
        createdAt: new Date(Date.now() - i * 3_600_000).toISOString(),
      }),
    ).join('\n')
    await raw.call('/v1/import', { method: 'POST', body })
    await raw.schedule()
    const views = [
      await save(ada, { name: 'Bugs', query: 'kind=bug&not.status=open' }),
      await save(ada, { name: 'Words', query: 'q=zebra+crossing', visibility: 'shared' }),
      await save(ada, { name: 'All', query: 'spam=with&sort=oldest' }),
    ]
    const since = new Date(Date.now() - 10.5 * 3_600_000).toISOString()
    const total = async (query: string) => ((await (await ada(`/v1/feedback?${query}`)).json()) as FeedbackList).total
    // An isolate looks once whether the index is whole.
    await total('kind=bug')
    const within = { cookie: 'earshot_session=ada', 'sec-fetch-site': 'same-origin', 'bench-interrupt': '{"call":8}' }
    const response = await fetch(`${raw.origin}/v1/views/counts?since=${since}`, { headers: within })
    const counts = (await response.json()) as ViewCounts
    for (const { id, query } of views) expect(counts.views[id]).toEqual(await total(query))
    expect(counts.statuses['open']).toEqual(await total('status=open'))
    expect(counts.statuses['declined']).toEqual({ count: 0, exact: true })
    expect(counts.all).toEqual({ count: 57, exact: true })
    expect(counts.spam).toEqual({ count: 3, exact: true })
    expect(counts.since).toEqual(await total(`since=${since}`))
    expect(counts.since?.count).toBe(10)
    const ofBob = (await (await bob('/v1/views/counts')).json()) as ViewCounts
    expect(ofBob.since).toBeNull()
    expect(Object.keys(ofBob.views)).not.toContain(views[0]?.id)
    expect((await problemOf(await ada('/v1/views/counts?since=later'))).issues?.[0]?.path).toBe('since')
    expect((await problemOf(await ada('/v1/views/counts?status=new'))).code).toBe('unknown-filter')
  })
})

describe('visits', () => {
  const visit = async (call: Call) => ((await (await call('/v1/visits', 'POST')).json()) as Visit).since
  /** As if so much time had gone by. */
  const wait = (minutes: number) =>
    raw.sql(`UPDATE visit SET seen_at = seen_at - ${minutes * 60_000}, since = since - ${minutes * 60_000}`)

  it('are told apart by half an hour without a word, and nothing in between eats the news', async () => {
    expect(await visit(ada)).toBeNull()
    expect(await visit(ada)).toBeNull()
    await wait(31)
    const first = await visit(ada)
    expect(Date.now() - Date.parse(first ?? '')).toBeGreaterThan(30 * 60_000)
    // Reloads and a second tab, together and later.
    expect(await Promise.all([visit(ada), visit(ada), visit(ada)])).toEqual([first, first, first])
    await wait(29)
    const again = await visit(ada)
    await wait(29)
    expect(Date.parse((await visit(ada)) ?? '') + 29 * 60_000).toBe(Date.parse(again ?? ''))
    await wait(31)
    expect(Date.parse((await visit(ada)) ?? '')).toBeGreaterThan(Date.parse(first ?? ''))
  })

  it('are each member’s own, and open to who only reads', async () => {
    expect(await visit(vera)).toBeNull()
    await wait(45)
    expect(await visit(bob)).toBeNull()
    expect(await visit(vera)).not.toBeNull()
  })

  it('are written down once a minute, however many tabs there are', async () => {
    await visit(bob)
    await raw.rows()
    await Promise.all([visit(bob), visit(bob), visit(bob)])
    expect((await raw.rows()).written).toBe(0)
  })

  it('are no key’s', async () => {
    expect((await problemOf(await byKey('/v1/visits', 'POST'))).code).toBe('wrong-key')
  })
})
