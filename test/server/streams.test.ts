import { describe, expect, it } from 'vitest'
import { EarshotError, unwrap } from '../../sdk/server/index.ts'
import type { CallProblem } from '../../sdk/server/index.ts'
import type { ImportResult } from '../../sdk/wire/index.ts'
import { broken, cut, json, ndjson, problem, scripted } from './script.ts'
import type { Reply } from './script.ts'

/** All that comes, and the problem that it ended with. */
async function drain<T>(values: AsyncIterable<T>): Promise<{ values: T[]; problem: CallProblem | null }> {
  const seen: T[] = []
  try {
    for await (const value of values) seen.push(value)
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error
    return { values: seen, problem: error.problem }
  }
  return { values: seen, problem: null }
}

const items = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
const rows = (number: number) => ({ 'earshot-rows': String(number) })
const lines = (values: readonly object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')

describe('an export', () => {
  it('gives every item and returns its end mark', async () => {
    const { earshot, asked } = scripted([ndjson([...items, { end: true, count: 3, erased: 1 }], rows(4))])
    const exporting = earshot.export({ kind: 'bug' })
    const seen: unknown[] = []
    let step = await exporting.next()
    for (; step.done !== true; step = await exporting.next()) seen.push(step.value)
    expect(seen).toEqual(items)
    expect(step.value).toEqual({ end: true, count: 3, erased: 1 })
    expect(asked[0]?.url.search).toBe('?kind=bug&format=ndjson')
  })

  it.each<[what: string, reply: Reply, came: number, why: RegExp]>([
    [
      'breaks in the middle',
      cut(`${lines(items)}{"id":`, rows(9)),
      3,
      /not whole: the connection broke \(other side closed\)/,
    ],
    ['ends early but cleanly', ndjson(items, rows(3)), 3, /3 of 3 items came; it ended without its end mark/],
    ['ends in the middle of a line', () => new Response(`${lines(items)}{"id":"d`), 3, /without its end mark/],
    ['lacks an item', ndjson([...items, { end: true, count: 4 }]), 3, /its end mark says 4/],
    [
      'has fewer than were announced',
      ndjson([...items, { end: true, count: 3 }], rows(5)),
      3,
      /3 of 5 items came; some are missing/,
    ],
    ['goes on behind its end', ndjson([...items, { end: true, count: 3 }, { id: 'd' }]), 3, /something follows/],
  ])('that %s is never taken for whole', async (_, reply, came, why) => {
    const { values, problem } = await drain(scripted([reply]).earshot.export())
    expect(values).toHaveLength(came)
    expect(problem).toMatchObject({ code: 'incomplete', detail: expect.stringMatching(why) as string })
  })

  it('that falls silent is given up', async () => {
    const silent: Reply = () =>
      new Response(new ReadableStream({ start: (out) => out.enqueue(new TextEncoder().encode(lines(items))) }))
    const { values, problem } = await drain(scripted([silent], { timeoutMs: 30 }).earshot.export())
    expect(values).toEqual(items)
    expect(problem?.detail).toMatch(/the connection broke \(it fell silent\)/)
  })

  it('closes its connection when its reader leaves', async () => {
    let closed = false
    const endless: Reply = () =>
      new Response(
        new ReadableStream({
          pull: (out) => out.enqueue(new TextEncoder().encode(lines(items))),
          cancel: () => void (closed = true),
        }),
      )
    for await (const item of scripted([endless]).earshot.export()) if (item.id === 'b') break
    expect(closed).toBe(true)
  })

  it('as bytes says how many rows follow, and breaks where the connection does', async () => {
    const headers = { ...rows(3), 'earshot-hidden': 'spam=2, merged=1', 'content-type': 'text/csv' }
    const { earshot, asked } = scripted([cut('id\r\na\r\n', headers)])
    const found = unwrap(await earshot.exportStream({ format: 'csv', columns: 'id', bom: 'off', status: 'new' }))
    expect(found).toMatchObject({ rows: 3, hidden: { spam: 2, merged: 1 }, relaxed: false, type: 'text/csv' })
    await expect(new Response(found.body).text()).rejects.toThrow(/not whole/)
    expect(asked[0]?.url.search).toBe('?format=csv&columns=id&bom=off&status=new')
  })

  it('is refused before it begins as a value', async () => {
    const { earshot } = scripted([problem(403, 'no-scope')])
    expect(await earshot.exportStream({ format: 'json' })).toMatchObject({ ok: false, problem: { code: 'no-scope' } })
    expect(await drain(earshot.export())).toMatchObject({ values: [], problem: { code: 'no-scope' } })
  })
})

const batch = (ids: string[], cursor: string, more: boolean) =>
  ndjson([...ids.map((id) => ({ id })), { end: true, count: ids.length, cursor, more }])

describe('changes', () => {
  it('take up a broken connection where it was, and hand out no half batch', async () => {
    const { earshot, asked } = scripted([
      batch(['a', 'b'], 'c2', true),
      broken,
      cut(lines([{ id: 'c' }])),
      ndjson([{ id: 'c' }]),
      ndjson([{ id: 'd' }, { end: true, count: 2, cursor: 'c4' }]),
      batch(['c', 'd'], 'c4', false),
    ])
    const changes = earshot.changes()
    const { values, problem } = await drain(changes)
    expect(problem).toBe(null)
    expect(values.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
    expect(asked.map(({ url }) => url.searchParams.get('cursor'))).toEqual([null, 'c2', 'c2', 'c2', 'c2', 'c2'])
    expect(changes.cursor).toBe('c4')
  })

  it('move their cursor only when a batch was worked on', async () => {
    const { earshot } = scripted([batch(['a', 'b'], 'c2', true), batch(['c'], 'c3', false)])
    const changes = earshot.changes({ cursor: 'c0', limit: 2 })
    const seen: [string, string | undefined][] = []
    for await (const { id } of changes) seen.push([id, changes.cursor])
    expect(seen).toEqual([
      ['a', 'c0'],
      ['b', 'c0'],
      ['c', 'c2'],
    ])
    expect(changes.cursor).toBe('c3')
    // Whoever fails in the middle of a batch begins with it again.
    const failing = scripted([batch(['a', 'b'], 'c2', true)]).earshot.changes({ cursor: 'c0' })
    for await (const { id } of failing) if (id === 'b') break
    expect(failing.cursor).toBe('c0')
  })

  it('can be followed, until the signal ends it', async () => {
    const ending = new AbortController()
    const { earshot, pauses } = scripted([batch(['a'], 'c1', false), batch([], 'c1', false), batch(['b'], 'c2', false)])
    const changes = earshot.changes({ followEveryMs: 5_000 }, { signal: ending.signal })
    const seen: string[] = []
    const following = drain(
      (async function* () {
        for await (const { id } of changes) {
          seen.push(id)
          if (id === 'b') ending.abort()
          yield id
        }
      })(),
    )
    expect((await following).problem?.code).toBe('aborted')
    expect(seen).toEqual(['a', 'b'])
    expect(pauses).toEqual([5_000, 5_000, 5_000])
    expect(changes.cursor).toBe('c2')
  })

  it('with a bad cursor say so', async () => {
    const { earshot } = scripted([problem(400, 'bad-cursor')])
    expect((await drain(earshot.changes({ cursor: 'x' }))).problem?.code).toBe('bad-cursor')
  })
})

describe('an import', () => {
  const answer: Reply = (asked) => {
    const results = (asked.body ?? '')
      .split('\n')
      .filter(Boolean)
      .map((text, index) => ({ line: index + 1, id: (JSON.parse(text) as { id: string }).id, result: 'stored' }))
    return ndjson(results)(asked)
  }

  it('answers line by line in the order given, over all its requests', async () => {
    const { earshot, asked } = scripted([answer])
    const given = Array.from({ length: 1_203 }, (_, index) => ({ id: `i${index}`, message: 'ä' }))
    const { values } = await drain(earshot.import(given, { environment: 'staging' }))
    expect(values.map(({ line, id }) => `${line} ${id}`)).toEqual(given.map(({ id }, index) => `${index + 1} ${id}`))
    expect(asked.map(({ body }) => body?.trim().split('\n').length)).toEqual([500, 500, 203])
    expect(asked[0]?.url.search).toBe('?environment=staging')
    expect(asked[0]?.headers.get('content-type')).toBe('application/x-ndjson')
  })

  it('takes lines as an export gives them, its end mark and line ends included', async () => {
    const { earshot, asked } = scripted([answer])
    const text = '{"id":"a",\r\n"message":"x"}'
    const { values } = await drain(earshot.import([text, '', '{"id":"b"}\n', '{"end":true,"count":2}']))
    expect(values.map(({ line, id }) => [line, id])).toEqual([
      [1, 'a'],
      [3, 'b'],
    ])
    expect(asked[0]?.body).toBe('{"id":"a", "message":"x"}\n{"id":"b"}\n')
  })

  it('sends a batch again whose answer was cut, and refuses alone what is too large alone', async () => {
    const first = { line: 1, id: 'a', result: 'stored' }
    const { earshot, asked } = scripted([cut(`${JSON.stringify(first)}\n`), ndjson([first]), answer])
    const { values } = await drain(earshot.import([{ id: 'a' }, { id: 'b' }]))
    expect(values.map(({ result }: ImportResult) => result)).toEqual(['stored', 'stored'])
    expect(new Set(asked.map(({ body }) => body)).size).toBe(1)
    expect(asked).toHaveLength(3)
    const large = scripted([(one) => (one.body!.length > 1_500_000 ? problem(413, 'too-large')(one) : answer(one))])
    const heavy = { id: 'h', message: 'x'.repeat(1_600_000) }
    expect((await drain(large.earshot.import([{ id: 'a' }, heavy, { id: 'b' }]))).values).toMatchObject([
      { line: 1, id: 'a', result: 'stored' },
      { line: 2, id: null, result: 'refused', reason: 'It is too-large.' },
      { line: 3, id: 'b', result: 'stored' },
    ])
  })

  it('ends with what the collector says', async () => {
    const { earshot } = scripted([problem(401, 'unknown-key')])
    expect(await drain(earshot.import([{ id: 'a' }]))).toMatchObject({ values: [], problem: { code: 'unknown-key' } })
  })
})

describe('a list', () => {
  it('is read to its end, page by page, and stops at the first problem', async () => {
    const pages = [json({ items: [{ id: 'a' }], next: 'n1' }), json({ items: [{ id: 'b' }], next: null })]
    const { earshot, asked } = scripted(pages)
    expect((await drain(earshot.feedback.all({ kind: 'bug' }))).values).toEqual([{ id: 'a' }, { id: 'b' }])
    expect(asked.map(({ url }) => url.search)).toEqual(['?limit=200&kind=bug', '?limit=200&kind=bug&cursor=n1'])
    const failing = scripted([json({ items: [{ id: 'a' }], next: 'n1' }), problem(400, 'bad-cursor')])
    expect(await drain(failing.earshot.feedback.all())).toMatchObject({
      values: [{ id: 'a' }],
      problem: { code: 'bad-cursor' },
    })
  })
})
