import Papa from 'papaparse'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EndMark, Feedback } from '../../sdk/wire/index.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System
/** Texts that break exports. */
const nasty = [
  '=1+1',
  '+49 30 1234',
  '-5 stars',
  '@home',
  '\tindented',
  '\r\nfirst line empty',
  '＝1+1',
  'comma, "quotes" and ; semicolon',
  'line one\nline two\r\nline three\rline four',
  '  leading and trailing  ',
  'emoji 👩‍👩‍👧 and flags 🇩🇪',
  'مرحبا بالعالم',
  '00012345678901234567890',
  '1/2',
  'x'.repeat(40_000),
  "it's",
  '\uFEFFbyte order mark',
]

beforeAll(async () => {
  system = await startSystem()
  for (const [i, message] of nasty.entries()) {
    const response = await system.submit({
      id: newId(),
      message,
      tags: { [`tag, "${i % 3}"`]: message.slice(0, 20), message: 'a tag named like a field' },
      context: { cart: { items: i } },
      person: { traits: { role: 'owner' } },
    })
    expect(response.status).toBe(201)
  }
})

const exported = async (query: string) => {
  const response = await system.call(`/v1/export?${query}`)
  return { response, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer()) }
}
const parse = (text: string) =>
  Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true })

describe('a CSV export', () => {
  it('gives every text back exactly to an independent parser', async () => {
    const { response, text } = await exported('format=csv&guard=off')
    expect(response.headers.get('earshot-rows')).toBe(String(nasty.length))
    const { data, errors } = parse(text)
    expect(errors).toEqual([])
    expect(data.map((row) => row['Message'])).toEqual(nasty)
  })

  it('guards what a spreadsheet would run, and nothing else', async () => {
    const { text } = await exported('format=csv')
    expect(text.startsWith('\uFEFF')).toBe(true)
    const messages = parse(text).data.map((row) => row['Message'] ?? '')
    const guarded = messages.filter((message, i) => message === `'${nasty[i]}`)
    expect(guarded).toEqual(nasty.filter((message) => /^[=+\-@\t\r\n＝]/.test(message)).map((message) => `'${message}`))
    expect(messages.some((message) => /^[=+\-@\t\r\n\0＝＋－＠]/.test(message))).toBe(false)
  })

  it('has a column for every name ever seen, none of which hides a field', async () => {
    const { data, meta } = parse((await exported('format=csv')).text)
    const fields = meta.fields ?? []
    expect(new Set(fields).size).toBe(fields.length)
    expect(fields).toEqual(
      expect.arrayContaining(['Message', 'Tag: message', 'Tag: tag, "0"', 'Trait: role', 'Context: cart']),
    )
    expect(data[0]?.['Tag: message']).toBe('a tag named like a field')
    expect(data[3]?.['Context: cart']).toBe('{"items":3}')
  })

  it('gives the columns asked for, in their order', async () => {
    const { text } = await exported('format=csv&columns=message,id&bom=off')
    expect(text.startsWith('Message,ID\r\n')).toBe(true)
    const response = await system.call('/v1/export?format=csv&columns=message,nope')
    expect(response.status).toBe(400)
    expect((await problemOf(response)).detail).toContain('nope')
  })

  it('adds the time in a zone', async () => {
    const { data } = parse((await exported('format=csv&tz=Asia/Tokyo')).text)
    const [row] = data
    const local = new Date(Date.parse(row?.['Said at (UTC)'] ?? '') + 9 * 3_600_000).toISOString()
    expect(row?.['Said at (Asia/Tokyo)']).toBe(local.slice(0, 19).replace('T', ' '))
  })

  it('is a head alone where nothing matches', async () => {
    const { response, text } = await exported('format=csv&kind=nothing')
    expect(response.headers.get('earshot-rows')).toBe('0')
    expect(parse(text).data).toEqual([])
    expect(text.split('\r\n')).toHaveLength(2)
  })
})

describe('an NDJSON or JSON export', () => {
  it('gives each item exactly as the item route does, and ends with a mark', async () => {
    const lines = (await exported('format=ndjson')).text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Feedback | EndMark)
    expect(lines.at(-1)).toEqual({ end: true, count: nasty.length })
    const items = lines.slice(0, -1) as Feedback[]
    expect(items.map(({ message }) => message)).toEqual(nasty)
    for (const item of items.slice(0, 3)) expect(item).toEqual(await system.find(item.id))
  })

  it('is one array as JSON', async () => {
    const items = JSON.parse((await exported('format=json')).text) as Feedback[]
    expect(items.map(({ message }) => message)).toEqual(nasty)
  })

  it('comes back whole into another project, and twice changes nothing', async () => {
    const other = await startSystem('Restored')
    const { text } = await exported('format=ndjson')
    const send = async () =>
      (
        await (
          await other.call('/v1/import', {
            method: 'POST',
            headers: { 'content-type': 'application/x-ndjson' },
            body: text,
          })
        ).text()
      )
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { result: string })
    expect((await send()).map(({ result }) => result)).toEqual(nasty.map(() => 'stored'))
    expect((await send()).map(({ result }) => result)).toEqual(nasty.map(() => 'repeated'))
    const restored = await (await other.call('/v1/export?format=json')).json()
    const strip = (items: Feedback[]) => items.map(({ change: _change, ...item }) => item)
    expect(strip(restored as Feedback[])).toEqual(strip(JSON.parse((await exported('format=json')).text) as Feedback[]))
  })

  it.each([
    ['format=xls'],
    ['format=csv&bom=no'],
    ['format=csv&colour=red'],
    ['limit=0&format=csv'],
    ['format=json&limit=10'],
    ['format=ndjson&columns=id'],
    ['format=csv&shape=tall'],
    ['format=csv&columns=id,id'],
    ['format=csv&asOf=yesterday'],
  ])('refuses %s', async (query) => {
    const response = await system.call(`/v1/export?${query}`)
    expect(response.status).toBe(400)
    expect((await problemOf(response)).issues).toHaveLength(1)
  })
})

describe('an import', () => {
  it('answers line by line, and a bad line harms no other', async () => {
    const [good, twice] = [newId(), newId()]
    const body = [
      JSON.stringify({
        id: good,
        message: 'fine',
        createdAt: '2021-09-30T00:00:00Z',
        receivedAt: '2021-10-01T00:00:00Z',
      }),
      'not json',
      JSON.stringify({ id: 'nope', message: 'm' }),
      JSON.stringify({ id: newId() }),
      JSON.stringify({ id: twice, message: 'a' }),
      JSON.stringify({ id: twice, message: 'b' }),
      '',
      JSON.stringify({ id: newId(), message: 'later', status: 'unheard-of', createdAt: '20000-01-01' }),
    ].join('\n')
    const response = await system.call('/v1/import', {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body,
    })
    const results = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(results.map(({ line, result }) => [line, result])).toEqual([
      [1, 'stored'],
      [2, 'refused'],
      [3, 'refused'],
      [4, 'refused'],
      [5, 'stored'],
      [6, 'repeated'],
      [8, 'stored'],
    ])
    for (const { result, reason } of results) if (result === 'refused') expect(reason.length).toBeGreaterThan(10)
    expect(await system.find(good)).toMatchObject({
      createdAt: '2021-09-30T00:00:00.000Z',
      receivedAt: '2021-10-01T00:00:00.000Z',
      source: 'import',
    })
    expect((await system.find(twice)).message).toBe('a')
    expect(results[6].notes.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(['status', 'createdAt']),
    )
  })

  it('takes thousands of items of one millisecond and keeps them all', async () => {
    const other = await startSystem('Crowded')
    const createdAt = '2022-05-31T00:00:00.000Z'
    const all = Array.from({ length: 2_600 }, (_, i) => ({ id: newId(), message: `m${i}`, createdAt }))
    for (let i = 0; i < all.length; i += 500) await other.importLines(all.slice(i, i + 500))
    expect(await (await other.call('/v1/feedback/count?from=2022-05-31&to=2022-05-31')).json()).toEqual({
      count: 2_600,
      exact: true,
    })
    const exportedItems = (await (
      await other.call('/v1/export?format=json&from=2022-05-31&to=2022-05-31')
    ).json()) as Feedback[]
    expect(new Set(exportedItems.map(({ id }) => id)).size).toBe(2_600)
    expect(exportedItems.every((item) => item.createdAt === createdAt)).toBe(true)
  })

  it.each([
    ['more than 500 lines', '{}\n'.repeat(501), 413],
    ['more than 1.5 MB', 'x'.repeat(1_500_001), 413],
  ])('refuses %s', async (_name, body, status) => {
    const response = await system.call('/v1/import', { method: 'POST', body })
    expect(response.status).toBe(status)
    expect((await problemOf(response)).code).toBe('too-large')
  })
})

describe('changes', () => {
  it('give everything once and as it is now, in order, with tombstones, over any page size', async () => {
    const other = await startSystem('Changing')
    const ids = Array.from({ length: 23 }, newId)
    for (const id of ids) await other.submit({ id, message: id })
    const patch = { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{"status":"done"}' }
    await other.call(`/v1/feedback/${ids[0]}`, patch)
    await other.call(`/v1/feedback/${ids[1]}`, { method: 'DELETE' })
    const seen: { id: string; change: number; status?: string; erased?: boolean }[] = []
    let cursor = ''
    for (let more = true; more;) {
      const text = await (await other.call(`/v1/changes?limit=5${cursor && `&cursor=${cursor}`}`)).text()
      const lines = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      const end = lines.pop() as EndMark
      expect(end.count).toBe(lines.length)
      seen.push(...lines)
      cursor = end.cursor ?? ''
      more = end.more === true
    }
    expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(ids))
    expect(seen).toHaveLength(23)
    expect(seen.map(({ change }) => change)).toEqual(seen.map(({ change }) => change).toSorted((a, b) => a - b))
    expect(seen.find(({ id }) => id === ids[0])?.status).toBe('done')
    expect(seen.find(({ id }) => id === ids[1])?.erased).toBe(true)
    await other.call(`/v1/feedback/${ids[2]}`, patch)
    const next = (await (await other.call(`/v1/changes?cursor=${cursor}`)).text()).trim().split('\n')
    expect(next).toHaveLength(2)
    expect(JSON.parse(next[0] ?? '')).toMatchObject({ id: ids[2], status: 'done' })
  })

  it.each(['x', 'c', 'c-1', 'c1e9'])('refuse the cursor %s', async (cursor) => {
    const response = await system.call(`/v1/changes?cursor=${cursor}`)
    expect(response.status).toBe(400)
    expect((await problemOf(response)).code).toBe('bad-cursor')
  })
})
