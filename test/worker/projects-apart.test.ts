import { beforeAll, describe, expect, it } from 'vitest'
import type { BulkResult, FeedbackList, GroupList, Volume } from '../../sdk/wire/index.ts'
import { newId, startSystem, type System } from '../support/system.ts'
import { sameToken } from '../support/same-token.ts'

// Filters are found by hashes of what pages and askers make up, and the hash is no secret: who wants to finds a value
// that has the hash of another project's. Projects are kept apart by something else.
let mine: System
let theirs: System
const secret = newId()

beforeAll(async () => {
  ;[mine, theirs] = await Promise.all([startSystem('Mine'), startSystem('Theirs')])
  expect((await theirs.submit({ id: secret, kind: 'bug', message: 'Said to them alone' })).status).toBe(201)
  expect((await mine.submit({ id: newId(), kind: 'idea', message: 'Said to me' })).status).toBe(201)
  await mine.runSchedule()
})

const token = (project: string, name: string, value = '') => `${project}\u0000${name}\u0000${value}`

describe('a value that has the hash of another project’s', () => {
  let query: string
  beforeAll(() => {
    const environment = sameToken(
      token(mine.project, 'environment'),
      token(theirs.project, 'environment', 'production'),
    )
    query = new URLSearchParams({ environment, spam: 'with' }).toString()
  })

  it('lists, counts, groups, charts and exports nothing of it', async () => {
    const read = async (path: string) => (await mine.call(path)).text()
    const list = JSON.parse(await read(`/v1/feedback?${query}`)) as FeedbackList
    expect([list.items, list.total.count]).toEqual([[], 0])
    expect(JSON.parse(await read(`/v1/feedback/count?${query}`))).toMatchObject({ count: 0 })
    const { items, rest } = JSON.parse(await read(`/v1/feedback/groups?by=kind&${query}`)) as GroupList
    expect([items, rest]).toEqual([[], null])
    expect((JSON.parse(await read(`/v1/insight/volume?by=day&${query}`)) as Volume).total.total).toBe(0)
    expect(await read(`/v1/export?format=ndjson&${query}`)).not.toContain(secret)
  })

  it('changes nothing of it', async () => {
    const response = await mine.call('/v1/feedback/bulk', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ filter: query, patch: { status: 'declined' } }),
    })
    expect(((await response.json()) as BulkResult).changed).toBe(0)
    expect((await theirs.find(secret)).status).toBe('new')
  })

  it('does not make what a page says stand in its lists', async () => {
    const [place, kind] = [
      sameToken(token(mine.project, 'tag.a'), token(theirs.project, 'environment', 'production')),
      sameToken(token(mine.project, 'tag.b'), token(theirs.project, 'kind', 'bug')),
    ]
    const id = newId()
    expect((await mine.submit({ id, message: 'Smuggled', tags: { a: place, b: kind } })).status).toBe(201)
    const { items, total } = await theirs.list('?kind=bug')
    expect([items.map((item) => item.id), total.count]).toEqual([[secret], 1])
  })
})

describe('a tag that has the hash of something else', () => {
  it('is found as a tag, and as nothing else', async () => {
    const tags = {
      a: sameToken(token(mine.project, 'tag.a'), token(mine.project, 'verified', 'true')),
      b: sameToken(token(mine.project, 'tag.b'), token(mine.project, 'status', 'done')),
    }
    const id = newId()
    expect((await mine.submit({ id, message: 'Posing as somebody', tags })).status).toBe(201)
    const found = async (query: object) =>
      (await mine.list(`?${new URLSearchParams({ ...query }).toString()}`)).items.map((item) => item.id)
    expect(await found({ 'tag.a': tags.a, 'tag.b': tags.b })).toEqual([id])
    for (const query of [{ verified: 'true' }, { status: 'done' }, { status: 'done', q: 'posing' }]) {
      expect(await found(query)).toEqual([])
    }
  })
})

describe('a search that few items fit', () => {
  it('asks for what is rare in its own project, however often others say it', async () => {
    const say = (system: System, message: string) => system.submit({ id: newId(), message })
    await Promise.all([
      say(mine, 'About the acquisition'),
      ...Array.from({ length: 2 }, () => say(mine, 'About the merger')),
      ...Array.from({ length: 3 }, () => say(theirs, 'Of the acquisition')),
    ])
    expect((await mine.list('?q=acquisition+merger')).items.map(({ message }) => message)).toEqual([
      'About the acquisition',
    ])
  })
})
