import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  BulkChange,
  BulkRequest,
  BulkResult,
  Feedback,
  FeedbackList,
  FeedbackPatch,
  KnownValue,
} from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { serverLimits } from '../../worker/limits.ts'
import { referenceOf } from '../../worker/storage/reference.ts'
import { newId, problemOf } from '../support/system.ts'

let raw: RawSystem
beforeAll(async () => {
  // It says in its log what was made to fail.
  raw = await serveRaw({ quiet: true })
})
afterAll(() => raw.stop())

/** The end of the longest lease that counts as one. */
const soon = () => Date.now() + 2 * serverLimits.leaseMs - 1_000

const minute = 60_000
let run = 0

/** Items of a run of their own, each a minute older than the one before; answers with their ids. */
async function fill(count: number, make: (i: number) => Partial<Feedback> = () => ({})): Promise<string[]> {
  run += 1
  const now = Date.now()
  const lines = Array.from({ length: count }, (_, i) => ({
    id: newId(),
    message: `Said ${i}`,
    createdAt: new Date(now - i * minute).toISOString(),
    tags: { run, nth: i },
    ...make(i),
  }))
  for (let start = 0; start < count; start += 500) {
    const body = lines
      .slice(start, start + 500)
      .map((line) => JSON.stringify(line))
      .join('\n')
    const response = await raw.call('/v1/import', { method: 'POST', body })
    expect([response.status, (await response.text()).includes('refused')]).toEqual([200, false])
  }
  await raw.schedule()
  return lines.map(({ id }) => id)
}

const post = (body: BulkRequest | object, headers: Record<string, string> = {}) =>
  raw.call('/v1/feedback/bulk', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

async function bulk(body: BulkRequest, headers?: Record<string, string>): Promise<BulkResult> {
  const response = await post(body, headers)
  if (response.status !== 200) throw new Error(await response.text())
  return (await response.json()) as BulkResult
}

/** All that a filter selects, page by page; `between` happens after the first one. */
async function bulkAll(filter: string, patch: FeedbackPatch, between?: () => Promise<unknown>): Promise<BulkResult[]> {
  const results: BulkResult[] = []
  let cursor: string | null = null
  do {
    const result: BulkResult = await bulk({ filter, patch, ...(cursor === null ? {} : { cursor }) })
    results.push(result)
    cursor = result.cursor
    if (results.length === 1) await between?.()
  } while (cursor !== null)
  return results
}

/** Everything a query lists, by id. */
async function everything(query: string): Promise<Map<string, Feedback>> {
  const found = new Map<string, Feedback>()
  let cursor: string | null = ''
  while (cursor !== null) {
    const response = await raw.call(`/v1/feedback?${query}&limit=200${cursor && `&cursor=${cursor}`}`)
    const page = (await response.json()) as FeedbackList
    for (const item of page.items) found.set(item.id, item)
    cursor = page.next
  }
  return found
}

const count = async (query: string) =>
  ((await (await raw.call(`/v1/feedback/count?${query}`)).json()) as { count: number }).count
const find = async (id: string) => (await (await raw.call(`/v1/feedback/${id}`)).json()) as Feedback
const patchOne = (id: string, patch: FeedbackPatch) =>
  raw.call(`/v1/feedback/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(patch),
  })
const sum = (results: readonly BulkResult[], of: 'changed' | 'unchanged') =>
  results.reduce((total, result) => total + result[of], 0)
/** All that an undo gives back; labels are a set. */
const plain = (item: Feedback) => ({ ...item, change: 0, updatedAt: '', labels: item.labels.toSorted() })
const byId = (ids: readonly string[], patch: FeedbackPatch): BulkRequest => ({
  changes: [{ patch, items: ids.map((id) => ({ id })) }],
})

describe('a change by filter', () => {
  it('reaches each of 1,200 items once, though it moves them out of the filter, and is undone item by item', async () => {
    await fill(1_200, (i) => ({
      status: ['new', 'new', 'open', 'planned'][i % 4]!,
      labels: i % 3 === 0 ? ['ux', `area ${i % 5}`] : [],
      ...(i % 7 === 0 ? { assignee: 'ada@example.com' } : {}),
    }))
    const filter = `tag.run=${run}&not.status=done`
    const before = await everything(`tag.run=${run}`)
    const late = newId()
    const submitLate = () =>
      fetch(`${raw.origin}/v1/feedback?key=${raw.publishableKey}`, {
        method: 'POST',
        body: JSON.stringify({ id: late, message: 'Late', tags: { run } }),
      })
    const patch = { status: 'done', addLabels: ['swept'], removeLabels: ['ux'], assignee: 'bob' }
    const results = await bulkAll(filter, patch, submitLate)
    await raw.schedule()

    expect(results.map(({ changed }) => changed)).toEqual([500, 500, 200])
    expect(results.flatMap(({ conflicts }) => conflicts)).toEqual([])
    const changed = await everything(`tag.run=${run}&status=done&label=swept&not.label=ux&assignee=bob`)
    expect([...changed.keys()].toSorted()).toEqual([...before.keys()].toSorted())
    expect(new Set([...changed.values()].map(({ change }) => change)).size).toBe(1_200)
    expect((await find(late)).status).toBe('new')
    expect(await count(`tag.run=${run}&q=said&status=done`)).toBe(1_200)

    for (const { undo } of results) expect(await bulk({ changes: undo })).toMatchObject({ conflicts: [] })
    await raw.call(`/v1/feedback/${late}`, { method: 'DELETE' })
    const after = await everything(`tag.run=${run}`)
    expect([...after.values()].map(plain)).toEqual([...before.values()].map(plain))
    expect(await count(`tag.run=${run}&status=planned&label=ux`)).toBe(100)
  })

  it('of 500 items is a handful of calls to the database, and as many as for one', async () => {
    await fill(501, () => ({ kind: 'idea' }))
    // The ninth call would fail: key, catching up, statuses, page and one transaction are fewer.
    const within = { 'bench-interrupt': JSON.stringify({ call: 9 }) }
    const first = await bulk({ filter: `tag.run=${run}`, patch: { status: 'open' } }, within)
    expect(first).toMatchObject({ changed: 500, unchanged: 0 })
    const next = { filter: `tag.run=${run}`, patch: { status: 'open' }, cursor: first.cursor ?? '' }
    expect(await bulk(next, { 'bench-interrupt': JSON.stringify({ call: 5 }) })).toMatchObject({
      changed: 1,
      cursor: null,
    })
    const undo = await bulk({ changes: first.undo }, { 'bench-interrupt': JSON.stringify({ call: 5 }) })
    expect(undo.changed).toBe(500)
  })

  it('changes nothing where it is cut off in the middle, and goes on from there', async () => {
    await fill(3)
    const wish = { filter: `tag.run=${run}`, patch: { status: 'open' } }
    let call = 1
    let failed = 0
    for (; (await post(wish, { 'bench-interrupt': JSON.stringify({ call }) })).status === 503; call++) {
      expect(await count(`tag.run=${run}&status=new`)).toBe(3)
      failed += 1
    }
    expect(failed).toBeGreaterThan(2)
    expect(await count(`tag.run=${run}&status=open`)).toBe(3)
  })

  it('means the words themselves, where a list would loosen them', async () => {
    await fill(9, (i) => ({ message: ['zebra crossing', 'crossing guard', 'zebra stable', 'zebra'][i % 4]! }))
    const filter = `tag.run=${run}&q=zebra+crossing`
    const listed = (await (await raw.call(`/v1/feedback?${filter}`)).json()) as FeedbackList
    expect(listed.relaxed).toBe(true)
    expect(listed.total.count).toBe(5)
    expect(sum(await bulkAll(filter, { status: 'done' }), 'changed')).toBe(3)
  })

  it('follows the order of time whatever order is asked for', async () => {
    await fill(600)
    for (const sort of ['oldest', 'relevance']) {
      const status = sort === 'oldest' ? 'open' : 'planned'
      const results = await bulkAll(`tag.run=${run}&not.status=${status}&sort=${sort}`, { status })
      expect(sum(results, 'changed')).toBe(600)
    }
  })
})

describe('a change by ids', () => {
  it('makes several changes at once, tells those that stood so already, and offers what takes it back', async () => {
    const [a = '', b = '', c = ''] = await fill(3, (i) => (i === 2 ? { status: 'done' } : { labels: ['ux'] }))
    const changes: BulkChange[] = [
      { patch: { status: 'done' }, items: [{ id: a.toUpperCase() }, { id: c }] },
      { patch: { labels: ['billing'] }, items: [{ id: b }] },
    ]
    const result = await bulk({ changes })
    expect(result).toMatchObject({ changed: 2, unchanged: 1, conflicts: [], cursor: null })
    expect(result.undo).toEqual([
      { patch: { status: 'new' }, items: [{ id: a, change: (await find(a)).change, before: expect.any(Number) }] },
      {
        patch: { addLabels: ['ux'], removeLabels: ['billing'] },
        items: [{ id: b, change: (await find(b)).change, before: expect.any(Number) }],
      },
    ])
    const suggested = (await (await raw.call('/v1/names/values?name=label&prefix=bill')).json()) as {
      items: KnownValue[]
    }
    expect(suggested.items).toEqual([{ value: 'billing', count: 1 }])
  })

  it('leaves alone what somebody changed since, or what is gone, and says which', async () => {
    const [a = '', b = '', c = ''] = await fill(3)
    const made = await bulk(byId([a, b, c], { status: 'done' }))
    await patchOne(a, { addLabels: ['mine'] })
    await raw.call(`/v1/feedback/${b}`, { method: 'DELETE' })
    const undone = await bulk({ changes: made.undo })
    expect(undone.conflicts.toSorted()).toEqual([a, b].toSorted())
    expect(undone.changed).toBe(1)
    expect(await find(a)).toMatchObject({ status: 'done', labels: ['mine'] })
    expect((await find(c)).status).toBe('new')
    const redone = await bulk({ changes: undone.undo })
    expect(redone).toMatchObject({ changed: 1, conflicts: [] })
    expect((await find(c)).status).toBe('done')
  })

  it('gives no item more than fifty labels, one by one or many at once, and then changes none', async () => {
    const names = Array.from({ length: 50 }, (_, n) => `label ${n}`)
    const [full = '', free = ''] = await fill(2)
    expect((await patchOne(full, { labels: names })).status).toBe(200)
    for (const refused of [
      await patchOne(full, { addLabels: ['one more'] }),
      await post(byId([free, full], { addLabels: ['one more'] })),
      await post({ filter: `tag.run=${run}`, patch: { addLabels: ['one more'] } }),
    ]) {
      expect(await problemOf(refused)).toMatchObject({
        status: 422,
        detail: `${referenceOf(full)} would have more than 50 labels. Take some away first; this request changed nothing.`,
        issues: [{ path: 'addLabels' }],
      })
    }
    expect((await find(free)).labels).toEqual([])
    // One for another is as many.
    expect((await patchOne(full, { addLabels: ['one more'], removeLabels: ['label 7'] })).status).toBe(200)
    // One that has more from before may lose some.
    await raw.sql(`UPDATE item SET labels = json_insert(labels, '$[#]', 'x1', '$[#]', 'x2') WHERE id = '${full}'`)
    expect((await patchOne(full, { removeLabels: ['x1'], status: 'open' })).status).toBe(200)
    expect((await find(full)).labels).toHaveLength(51)
  })

  it('keeps every one of many changes made at the same time, or says that it did not', async () => {
    const ids = await fill(40)
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, i) => bulk(byId(ids, { addLabels: [`label ${String(i).padStart(2, '0')}`] }))),
    )
    const kept = new Map(ids.map((id) => [id, [] as string[]]))
    results.forEach(({ undo, changed, conflicts }) => {
      expect(changed + conflicts.length).toBe(40)
      for (const { patch, items } of undo) for (const { id } of items) kept.get(id)?.push(...(patch.removeLabels ?? []))
    })
    const after = await everything(`tag.run=${run}`)
    for (const id of ids) expect(after.get(id)?.labels).toEqual(kept.get(id)?.toSorted())
    expect(new Set([...after.values()].map(({ change }) => change)).size).toBe(40)
  })

  it('counts items once that are changed before they are counted', async () => {
    run += 1
    const ids = [newId(), newId(), newId()]
    for (const id of ids) {
      const body = JSON.stringify({ id, message: 'Fresh', tags: { run } })
      await fetch(`${raw.origin}/v1/feedback?key=${raw.publishableKey}`, { method: 'POST', body })
    }
    await bulk(byId(ids, { status: 'open' }))
    await raw.schedule()
    await bulk(byId(ids, { status: 'planned' }))
    await raw.schedule()
    const values = await (await raw.call('/v1/names/values?name=tag.run&prefix=' + String(run))).json()
    expect(values).toEqual({ items: [{ value: String(run), count: 3 }] })
  })

  it('is written to the index once, and not once more by whoever follows the changes', async () => {
    const ids = await fill(100)
    const behind = async () => {
      const [answer] = (await raw.sql(
        `SELECT (SELECT max(change) FROM item) - change AS behind FROM consumer WHERE name = 'search'`,
      )) as { results: { behind: number }[] }[]
      return answer?.results[0]?.behind
    }
    await bulk(byId(ids, { status: 'open' }))
    expect(await behind()).toBe(0)
    // Where something else still waits to be indexed, nothing may be passed over.
    await raw.sql(`UPDATE consumer SET lease = 'asleep', lease_until = ${soon()} WHERE name = 'search'`)
    const late = newId()
    const body = JSON.stringify({ id: late, message: 'Late', tags: { run } })
    await fetch(`${raw.origin}/v1/feedback?key=${raw.publishableKey}`, { method: 'POST', body })
    await bulk(byId(ids, { status: 'planned' }))
    expect(await behind()).toBe(101)
    await raw.sql("UPDATE consumer SET lease = NULL, lease_until = 0 WHERE name = 'search'")
    await raw.schedule()
    expect(await count(`tag.run=${run}&status=planned`)).toBe(100)
    expect(await count(`tag.run=${run}&status=new`)).toBe(1)
  })

  it('takes items whose words fill several parameters of a statement', async () => {
    const ids = await fill(8, (i) => ({ message: `${'long winded words '.repeat(9_000)}${i}` }))
    expect((await bulk(byId(ids, { status: 'done' }))).changed).toBe(8)
    expect(await count(`tag.run=${run}&status=done&q=winded`)).toBe(8)
  })

  it('asks nothing of the change numbers where nothing changes', async () => {
    const [a = ''] = await fill(1)
    const { change } = await find(a)
    expect(await bulk(byId([a], { status: 'new', removeLabels: ['none such'] }))).toMatchObject({
      changed: 0,
      unchanged: 1,
      undo: [],
    })
    expect((await patchOne(a, { status: 'new' })).status).toBe(200)
    expect((await find(a)).change).toBe(change)
  })
})

describe('a bulk request', () => {
  const items = [{ id: 'a' }]
  const many = Array.from({ length: 501 }, (_, i) => ({ id: `i${i}` }))
  it.each<[name: string, body: object, status: number, code: string, path: string]>([
    [
      'an unknown status by ids',
      { changes: [{ patch: { status: 'nope' }, items }] },
      422,
      'invalid',
      'changes.0.patch.status',
    ],
    ['an unknown status by filter', { filter: '', patch: { status: 'nope' } }, 422, 'invalid', 'patch.status'],
    ['more items than one request may have', { changes: [{ patch: {}, items: many }] }, 422, 'invalid', 'changes'],
    [
      'an item twice',
      { changes: [{ patch: {}, items: [{ id: 'a' }, { id: 'A' }] }] },
      422,
      'invalid',
      'changes.0.items.1.id',
    ],
    ['a filter that is none', { filter: 'colour=red', patch: {} }, 400, 'unknown-filter', 'colour'],
    ['a cursor of a list', { filter: '', patch: {}, cursor: 'dDE' }, 400, 'bad-cursor', ''],
    ['another project', { filter: 'project=other', patch: {} }, 400, 'bad-filter', 'project'],
    ['no patch', { filter: '' }, 422, 'invalid', 'patch'],
    ['neither form', {}, 422, 'invalid', 'filter'],
    ['both forms', { filter: '', patch: {}, changes: [{ patch: {}, items }] }, 422, 'invalid', ''],
    ['a field that triage does not know', { filter: '', patch: { message: 'x' } }, 422, 'invalid', 'patch'],
  ])('with %s is refused, and names it', async (_name, body, status, code, path) => {
    const problem = await problemOf(await post(body))
    expect(problem).toMatchObject({ status, code })
    expect(problem.issues?.[0]?.path ?? '').toBe(path)
  })

  it('needs the right to write', async () => {
    const made = await raw.call(`/v1/projects/${raw.project}/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'secret', name: 'Reader', scopes: ['read'] }),
    })
    const { key } = (await made.json()) as { key: string }
    const response = await fetch(`${raw.origin}/v1/feedback/bulk`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ filter: '', patch: { status: 'done' } }),
    })
    expect((await problemOf(response)).code).toBe('no-scope')
  })
})
