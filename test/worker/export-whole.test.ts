import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EndMark, ExportColumns, Feedback } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { newId, problemOf } from '../support/system.ts'

// The collector on a bare database, whose n-th call can be made to fail, or to wait for somebody else.
let raw: RawSystem
const ids: string[] = []
const count = 2_300
/** Where the first item was said; the others follow, a second each. */
const start = Date.UTC(2026, 0, 1)
const at = (index: number) => new Date(start + index * 1_000).toISOString()

const importLines = async (lines: readonly object[]) => {
  const body = lines.map((line) => JSON.stringify(line)).join('\n')
  const response = await raw.call('/v1/import', { method: 'POST', body })
  expect(await response.text()).not.toContain('refused')
}

beforeAll(async () => {
  // It says in its log what was made to fail.
  raw = await serveRaw({ quiet: true })
  for (let i = 0; i < count; i++) ids.push(newId())
  for (let i = 0; i < count; i += 500) {
    await importLines(
      ids.slice(i, i + 500).map((id, n) => ({
        id,
        message: `m${i + n}`,
        createdAt: at(i + n),
        tags: { third: (i + n) % 3 === 0 },
        ...((i + n) % 100 === 0
          ? {
              survey: {
                id: 'nps',
                version: 1,
                answers: [
                  { question: 'a', value: 1 },
                  { question: 'b', value: 2 },
                ],
              },
            }
          : {}),
      })),
    )
  }
  await raw.schedule()
})
afterAll(() => raw.stop())

const exported = async (query: string, headers: Record<string, string> = {}) => {
  const response = await raw.call(`/v1/export?${query}`, { headers })
  const header = (name: string) => response.headers.get(`earshot-${name}`)
  return { response, header, rows: Number(header('rows')), text: await response.text() }
}
const linesOf = (text: string) => {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
  return { mark: lines.pop() as EndMark, items: lines as Feedback[] }
}
/** What happens before the n-th call to the database; nothing is said: it fails. */
const meanwhile = (call: number, requests?: { method: string; path: string; body?: object }[]) => ({
  'bench-interrupt': JSON.stringify({ call, requests: requests?.map((one) => ({ ...one, key: raw.secretKey })) }),
})

describe('what is exported', () => {
  it('is fixed when it begins: neither what comes in nor what is imported meanwhile is in it', async () => {
    const late: string[] = []
    let kept = 0
    for (let call = 6; call < 16; call++) {
      const id = newId()
      late.push(id)
      const body = { id, message: 'late', createdAt: at(count + 5), receivedAt: at(count + 5) }
      const { rows, text } = await exported(
        'format=ndjson',
        meanwhile(call, [{ method: 'POST', path: '/v1/import', body }]),
      )
      const { mark, items } = linesOf(text)
      expect(mark).toEqual({ end: true, count: rows })
      expect(items).toHaveLength(rows)
      const isStored = (await raw.call(`/v1/feedback/${id}`)).status === 200
      if (isStored && !items.some((item) => item.id === id)) kept++
    }
    expect(kept).toBeGreaterThan(2)
    for (const id of late) await raw.call(`/v1/feedback/${id}`, { method: 'DELETE' })
    expect(linesOf((await exported('format=ndjson')).text).items.map(({ id }) => id)).toEqual(ids)
  })

  it('can be asked for as of a time, which it gives back', async () => {
    const [first, second] = [newId(), newId()]
    await importLines([
      { id: first, message: 'before', tags: { asof: 'x' }, receivedAt: '2026-03-01T00:00:00Z' },
      { id: second, message: 'after', tags: { asof: 'x' }, receivedAt: '2026-03-02T00:00:00Z' },
    ])
    const { rows, text, header } = await exported('format=json&tag.asof=x&asOf=2026-03-02T00:00:00Z')
    expect(rows).toBe(1)
    expect((JSON.parse(text) as Feedback[]).map(({ id }) => id)).toEqual([first])
    expect(header('as-of')).toBe('2026-03-02T00:00:00.000Z')
    for (const id of [first, second]) await raw.call(`/v1/feedback/${id}`, { method: 'DELETE' })
  })

  it('says at its end what was erased, and what changed so that it is no longer selected', async () => {
    const before = await exported('format=ndjson&status=new')
    const gone = before.text.split('\n').length - 2
    const [erased, done] = [ids.at(-1), ids.at(-2)]
    const requests = [
      { method: 'DELETE', path: `/v1/feedback/${erased}` },
      { method: 'PATCH', path: `/v1/feedback/${done}`, body: { status: 'done' } },
    ]
    let mark: EndMark = { end: true, count: 0 }
    // The last call reads the last page, when the rows are announced already.
    for (let call = 18; call > 6 && mark.erased === undefined; call--) {
      mark = linesOf((await exported('format=ndjson&status=new', meanwhile(call, requests))).text).mark
    }
    expect(mark).toEqual({ end: true, count: gone - 2, erased: 1, moved: -1 })
    ids.splice(-1)
    await raw.call(`/v1/feedback/${done}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"status":"new"}',
    })
  })

  it('breaks where the database does, in every format, and never ends', async () => {
    for (const format of ['csv', 'xlsx', 'ndjson', 'json']) {
      const whole = (await exported(`format=${format}`)).text.length
      let cut = 0
      for (let call = 8; call < 16; call++) {
        const response = await raw.call(`/v1/export?format=${format}`, { headers: meanwhile(call) })
        // fetch, as every other client, rejects a body whose connection was cut.
        const length = await response.text().then(
          (text) => text.length,
          () => null,
        )
        if (length === null) cut++
        else if (response.status === 200 && format !== 'xlsx') expect(length).toBe(whole)
      }
      expect({ format, isCut: cut > 1 }).toEqual({ format, isCut: true })
    }
  }, 120_000)
})

describe('an export in parts', () => {
  it.each(['csv', 'ndjson'])('of %s is the whole one, whatever comes in between', async (format) => {
    const query = `format=${format}&tag.third=true`
    const whole = await exported(query)
    const parts: string[] = []
    let cursor: string | null = null
    let rows = 0
    const extra: string[] = []
    do {
      const part = await exported(`${query}&limit=300${cursor === null ? '' : `&cursor=${cursor}`}`)
      expect(part.response.status).toBe(200)
      if (cursor === null) expect(Number(part.header('total'))).toBe(whole.rows)
      cursor = part.header('next')
      rows += part.rows
      if (format === 'csv') parts.push(part.text)
      else {
        const { mark, items } = linesOf(part.text)
        expect(mark).toEqual({ end: true, count: part.rows, ...(cursor === null ? {} : { next: cursor }) })
        parts.push(...items.map((item) => `${JSON.stringify(item)}\n`))
      }
      extra.push(newId())
      await importLines([{ id: extra.at(-1), message: 'late', tags: { third: true }, createdAt: at(count + 1) }])
    } while (cursor !== null)
    expect(rows).toBe(whole.rows)
    expect(parts.length).toBeGreaterThan(2)
    const end = format === 'csv' ? '' : `${JSON.stringify({ end: true, count: rows })}\n`
    expect(parts.join('') + end).toBe(whole.text)
    for (const id of extra) await raw.call(`/v1/feedback/${id}`, { method: 'DELETE' })
  })

  it('is refused where its filters or columns have become others, instead of mixing them', async () => {
    const cursor = (await exported('format=csv&limit=10')).header('next')
    const same = await exported(`format=csv&limit=10&cursor=${cursor}`)
    expect(same.rows).toBe(10)
    const wrong = [
      `format=csv&tag.third=true&cursor=${cursor}`,
      `format=csv&columns=id&cursor=${cursor}`,
      'format=csv&cursor=x',
    ]
    const id = newId()
    await importLines([{ id, message: 'new name', tags: { unheard: 1 } }])
    await raw.schedule()
    for (const query of [...wrong, `format=csv&limit=10&cursor=${cursor}`]) {
      const response = await raw.call(`/v1/export?${query}`)
      expect((await problemOf(response)).code).toBe('bad-cursor')
    }
    await raw.call(`/v1/feedback/${id}`, { method: 'DELETE' })
  })
})

describe('the shape long', () => {
  it('has one row an answer, and announces as many', async () => {
    const { rows, text } = await exported('format=csv&shape=long&columns=message,survey,question,answer&bom=off')
    const [head, ...table] = Papa.parse<string[]>(text, { skipEmptyLines: true }).data
    expect(rows).toBe(46)
    expect(head).toEqual(['Message', 'Survey ID', 'Question ID', 'Answer'])
    expect(table).toHaveLength(46)
    expect(table.slice(2, 4)).toEqual([
      ['m100', 'nps', 'a', '1'],
      ['m100', 'nps', 'b', '2'],
    ])
    expect((await exported('format=csv&shape=long&kind=nothing')).rows).toBe(0)
  })
})

describe('the columns', () => {
  it('are listed with keys that an export takes, and its headers', async () => {
    const { columns } = (await (await raw.call('/v1/export/columns?tz=Asia/Tokyo')).json()) as ExportColumns
    const shown = columns.filter(({ isDefault }) => isDefault)
    const { text } = await exported('format=csv&tz=Asia/Tokyo&bom=off&kind=nothing')
    expect(Papa.parse<string[]>(text).data[0]).toEqual(shown.map(({ header }) => header))
    expect(columns.map(({ key }) => key)).toEqual(expect.arrayContaining(['tag.third', 'question.a', 'localTime']))
    const bad = await raw.call('/v1/export/columns?tz=Mars/Olympus')
    expect((await problemOf(bad)).code).toBe('bad-filter')
  })
})
