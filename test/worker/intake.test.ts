import { beforeAll, describe, expect, it } from 'vitest'
import type { Receipt } from '../../sdk/wire/index.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await startSystem()
})

const receiptOf = async (response: Response) => (await response.json()) as Receipt
const noteOf = ({ notes }: Receipt, path: string) => notes.find((note) => note.path === path)

describe('a submission', () => {
  it('is stored whole before its receipt', async () => {
    const id = newId()
    const message = '  The total is wrong.\r\nTwo lines, \t tabs, "quotes" and 👩‍👩‍👧  '
    const response = await system.submit({
      id,
      kind: 'bug',
      message,
      rating: { scale: 'csat', value: 4 },
      tags: { plan: 'pro', seats: 3, beta: true },
      person: { id: 'u1', email: 'ada@example.com', traits: { role: 'owner' }, account: { id: 'acme' } },
      page: { url: 'https://app.example.com/checkout', locale: 'de-DE' },
      release: '1.4.2',
    })
    expect(response.status).toBe(201)
    const receipt = await receiptOf(response)
    expect(receipt).toMatchObject({ id, notes: [] })
    expect(receipt.reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
    const item = await system.find(id)
    expect(item).toMatchObject({
      id,
      message,
      kind: 'bug',
      status: 'new',
      environment: 'production',
      rating: { scale: 'csat', value: 4 },
      tags: { plan: 'pro', seats: 3, beta: true },
      person: { id: 'u1', verified: false },
      release: '1.4.2',
      reference: receipt.reference,
      receivedAt: receipt.receivedAt,
    })
  })

  it('has no page where its sender has none to tell of', async () => {
    const id = newId()
    expect((await system.submit({ id, message: 'From a server', page: {} })).status).toBe(201)
    expect((await system.find(id)).page).toBeNull()
  })

  it('is taken as text/plain without a preflight, and from any origin', async () => {
    const response = await fetch(`${system.origin}/v1/feedback?key=${system.publishableKey}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain;charset=UTF-8', origin: 'https://shop.example' },
      body: JSON.stringify({ id: newId(), message: 'Hello' }),
    })
    expect(response.status).toBe(201)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('answers a preflight for JSON for two hours', async () => {
    const response = await fetch(`${system.origin}/v1/feedback`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-max-age')).toBe('7200')
    expect(response.headers.get('access-control-allow-headers')).toBe('content-type')
  })

  it('is stored once, however often it comes, and the receipt stays the same', async () => {
    const id = newId()
    const said = {
      id,
      message: 'Once',
      tags: { bad: { a: 1 } as never },
      attachments: [{ type: 'image/png', bytes: 9 }],
    }
    const receipt = await receiptOf(await system.submit({ ...said, sentAt: '2026-11-22T09:30:00Z' }))
    expect(receipt.edit).toMatch(/^[\w-]{43}$/)
    expect(receipt.upload).toHaveLength(1)
    const again = (i: number) => system.submit({ ...said, sentAt: `2026-11-22T09:31:${10 + i}Z`, dropped: { full: i } })
    const repeats = await Promise.all(Array.from({ length: 20 }, (_, i) => again(i)))
    expect(new Set(repeats.map(({ status }) => status))).toEqual(new Set([200]))
    for (const repeat of repeats) expect(await receiptOf(repeat)).toEqual(receipt)
    expect((await system.find(id)).message).toBe('Once')
  })

  it('gives no tokens to somebody who knows its id only', async () => {
    const id = newId()
    const said = { id, message: 'Mine', attachments: [{ type: 'image/png', bytes: 9 }] }
    const { edit: _edit, upload: _upload, ...receipt } = await receiptOf(await system.submit(said))
    for (const other of [
      { ...said, message: 'Theirs' },
      { ...said, person: { id: 'u1' } },
      { id, message: 'Mine' },
      { ...said, revision: 1, survey: { id: 's1', version: 1, answers: [] } },
    ]) {
      const response = await system.submit(other)
      expect(response.status).toBe(200)
      expect(await receiptOf(response)).toEqual(receipt)
    }
    expect(await system.find(id)).toMatchObject({ message: 'Mine' })
    expect(JSON.stringify(await system.find(id))).not.toContain('digest')
  })

  it('keeps which wording somebody agreed to', async () => {
    const id = newId()
    await system.submit({ id, message: 'Call me', mayContact: true, mayContactVersion: '2026-03' })
    expect(await system.find(id)).toMatchObject({ mayContact: true, mayContactVersion: '2026-03' })
    await system.runSchedule()
    const path = '/v1/export?format=csv&bom=off&columns=id,mayContact,mayContactVersion'
    const csv = await (await system.call(path)).text()
    expect(csv.split('\r\n')).toContain(`${id},true,2026-03`)
  })

  it('is stored once when a hundred of it come at the same time', async () => {
    const id = newId()
    const all = await Promise.all(Array.from({ length: 100 }, () => system.submit({ id, message: 'At once' })))
    const statuses = all.map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(statuses.filter((status) => status === 200)).toHaveLength(99)
  })

  it('keeps words that are 40,000 characters long', async () => {
    const id = newId()
    const message = 'Ärger 😀 '.repeat(5_000)
    expect((await system.submit({ id, message })).status).toBe(201)
    expect((await system.find(id)).message).toBe(message)
  })

  it('may be a rating alone', async () => {
    const id = newId()
    expect((await system.submit({ id, rating: { scale: 'nps', value: 0 } })).status).toBe(201)
    expect((await system.find(id)).message).toBe('')
  })

  it('amends a survey by a higher revision and the first receipt’s token only', async () => {
    const id = newId()
    const answer = (value: string) => ({ id: 's1', version: 1, answers: [{ question: 'q1', value }] })
    const { edit } = await receiptOf(await system.submit({ id, survey: answer('first') }))
    await system.submit({ id, survey: answer('forged'), revision: 1, edit: 'x' })
    expect((await system.find(id)).survey?.answers[0]?.value).toBe('first')
    await system.submit({ id, survey: answer('second'), revision: 2, edit })
    expect((await system.find(id)).survey?.answers[0]?.value).toBe('second')
    await system.submit({ id, survey: answer('late'), revision: 1, edit })
    expect((await system.find(id)).survey?.answers[0]?.value).toBe('second')
  })

  it('that amends a counted survey moves the counts, which go when it is deleted', async () => {
    const id = newId()
    const survey = (...questions: string[]) => ({
      id: 'amended',
      version: 1,
      answers: questions.map((question) => ({ question, value: 9 })),
    })
    const countOf = async (name: string, value: string) => {
      const { items } = (await (await system.call(`/v1/names/values?name=${name}`)).json()) as {
        items: { value: string; count: number }[]
      }
      return items.find((item) => item.value === value)?.count ?? 0
    }
    const first = await system.submit({ id, survey: survey('later-one'), rating: { scale: 'ces', value: 2 } })
    const { edit } = await receiptOf(first)
    expect([await countOf('score', 'ces:2'), await countOf('survey', 'amended')]).toEqual([1, 1])
    const rest = { survey: survey('later-one', 'later-two'), rating: { scale: 'ces', value: 7 } as const }
    await system.submit({ id, ...rest, revision: 1, edit })
    expect([await countOf('score', 'ces:2'), await countOf('score', 'ces:7')]).toEqual([0, 1])
    const { items } = (await (await system.call('/v1/names')).json()) as { items: { name: string }[] }
    expect(items.map(({ name }) => name)).toContain('question.later-two')
    await system.call(`/v1/feedback/${id}`, { method: 'DELETE' })
    for (const [name, value] of [
      ['score', 'ces:2'],
      ['score', 'ces:7'],
      ['survey', 'amended'],
    ] as const) {
      expect(await countOf(name, value)).toBe(0)
    }
  })

  it('that amends a survey is never lost to somebody who changes the item at the same time', async () => {
    const id = newId()
    const answer = (value: number) => ({ id: 's1', version: 1, answers: [{ question: 'q1', value }] })
    const { edit } = await receiptOf(await system.submit({ id, survey: answer(0) }))
    const label = (name: string) =>
      system.call(`/v1/feedback/${id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ addLabels: [name] }),
      })
    for (let revision = 1; revision <= 8; revision++) {
      const amending = system.submit({ id, survey: answer(revision), revision, edit })
      const [response] = await Promise.all([amending, ...['a', 'b', 'c'].map((name) => label(`${name}${revision}`))])
      const stored = (await system.find(id)).revision
      // Either it is there, or its sender is told to send it again.
      expect([response.status, stored]).toEqual(response.status === 200 ? [200, revision] : [503, stored])
    }
  })

  it('goes to the environment of its key', async () => {
    const response = await system.call(`/v1/projects/${system.project}/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'publishable', name: 'Staging', environment: 'staging' }),
    })
    const { key } = (await response.json()) as { key: string }
    const id = newId()
    await system.submit({ id, message: 'From staging' }, `?key=${key}`)
    expect((await system.find(id)).environment).toBe('staging')
    expect((await system.list('?limit=200')).items.map((item) => item.id)).not.toContain(id)
    expect((await system.list('?environment=staging')).items.map((item) => item.id)).toEqual([id])
  })
})

describe('nothing said is refused for a detail', () => {
  const cases: [name: string, extra: object, path: string, code: string][] = [
    ['a tag that is an object', { tags: { a: { b: 1 } } }, 'tags.a', 'dropped'],
    ['a bad e-mail', { email: 'not an address' }, 'email', 'dropped'],
    ['a bad e-mail of the person', { person: { id: 'u1', email: 'nope' } }, 'person.email', 'dropped'],
    ['a lone surrogate', { message: 'half \ud83d of a smile' }, 'message', 'replaced'],
    ['a NUL', { message: 'a\u0000b' }, 'message', 'replaced'],
    ['a date in the year 20000', { createdAt: '+020000-01-01T00:00:00.000Z' }, 'createdAt', 'clock'],
    ['a date that is none', { createdAt: 'yesterday' }, 'createdAt', 'dropped'],
    ['an unknown field', { colour: 'red' }, 'colour', 'ignored'],
    ['a rating outside of its scale', { rating: { scale: 'nps', value: 11 } }, 'rating', 'dropped'],
    ['a kind that is no key', { kind: 'Bug Report!' }, 'kind', 'replaced'],
    ['a context that is no object', { context: { cart: 'three' } }, 'context.cart', 'dropped'],
    ['context over 16 kB', { context: { big: { text: 'x'.repeat(17_000) } } }, 'context.big', 'dropped'],
    ['a tag’s value that is too long', { tags: { a: 'x'.repeat(300) } }, 'tags.a', 'truncated'],
    ['a signed token', { token: 'a.b.c' }, 'token', 'unverified'],
    ['a page that is no object', { page: 'https://example.com' }, 'page', 'dropped'],
  ]
  it.each(cases)('%s is noted, and the words are stored', async (_name, extra, path, code) => {
    const id = newId()
    const response = await system.submit({ id, message: 'Said', ...extra })
    expect(response.status).toBe(201)
    const receipt = await receiptOf(response)
    expect(noteOf(receipt, path)).toMatchObject({ path, code })
    const item = await system.find(id)
    expect(item.message.length).toBeGreaterThan(2)
    expect(item.notes).toEqual(receipt.notes)
  })

  it('keeps 50 of 300 tags and says how many were left out', async () => {
    const id = newId()
    const tags = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`t${i}`, i]))
    const receipt = await receiptOf(await system.submit({ id, message: 'Many', tags }))
    expect(noteOf(receipt, 'tags')?.detail).toContain('250')
    expect(Object.keys((await system.find(id)).tags)).toHaveLength(50)
  })

  it('leaves __proto__ out and pollutes nothing', async () => {
    const id = newId()
    const body = `{"id":"${id}","message":"m","tags":{"__proto__":"x","constructor":"y","ok":"z"},"context":{"a":{"__proto__":{"polluted":true}}}}`
    const receipt = await receiptOf(await system.submit(body))
    expect(noteOf(receipt, 'tags.__proto__')?.code).toBe('dropped')
    expect(noteOf(receipt, 'context.a.__proto__')?.code).toBe('dropped')
    expect((await system.find(id)).tags).toEqual({ ok: 'z' })
  })

  it('replaces what cannot be stored by U+FFFD', async () => {
    const id = newId()
    await system.submit({ id, message: 'a\u0000b\ud83dc' })
    expect((await system.find(id)).message).toBe('a\uFFFDb\uFFFDc')
  })

  it('cancels out a clock that is ten years off', async () => {
    const id = newId()
    await system.submit({ id, message: 'm', createdAt: '2016-01-01T00:00:00.000Z', sentAt: '2016-01-01T00:00:30.000Z' })
    const item = await system.find(id)
    expect(Date.parse(item.receivedAt) - Date.parse(item.createdAt)).toBe(30_000)
    expect(item.notes).toBeUndefined()
  })

  it('uses its own time for a clock that jumped ten years between saying and sending', async () => {
    const id = newId()
    const receipt = await receiptOf(
      await system.submit({ id, message: 'm', createdAt: '2016-01-01T00:00:00Z', sentAt: '2026-01-01T00:00:00Z' }),
    )
    expect(noteOf(receipt, 'createdAt')?.code).toBe('clock')
    expect((await system.find(id)).createdAt).toBe(receipt.receivedAt)
  })

  it('keeps the last 30 of 50 crumbs', async () => {
    const id = newId()
    const crumbs = Array.from({ length: 50 }, (_, i) => ({ at: '2026-11-22T00:00:00Z', message: `c${i}` }))
    await system.submit({ id, message: 'm', crumbs })
    const kept = (await system.find(id)).crumbs ?? []
    expect(kept.map(({ message }) => message)).toEqual(crumbs.slice(-30).map(({ message }) => message))
  })
})

describe('what cannot be taken', () => {
  const good = () => JSON.stringify({ id: newId(), message: 'm' })
  const gzip = (text: string) =>
    new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()
  const cases: [name: string, send: () => Promise<Response>, status: number, code: string][] = [
    ['no key', () => system.submit(good(), ''), 401, 'no-key'],
    ['an unknown key', () => system.submit(good(), `?key=pub_${'x'.repeat(24)}`), 401, 'unknown-key'],
    ['a key that is none', () => system.submit(good(), '?key=hello'), 401, 'unknown-key'],
    ['a secret key', () => system.submit(good(), `?key=${system.secretKey}`), 401, 'wrong-key'],
    ['a body that is not JSON', () => system.submit('hello'), 400, 'not-json'],
    ['JSON that is no object', () => system.submit('[1]'), 400, 'not-json'],
    ['an empty body', () => system.submit(''), 400, 'not-json'],
    ['invalid UTF-8', () => system.submit(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])), 400, 'not-json'],
    ['no id', () => system.submit({ message: 'm' }), 422, 'bad-id'],
    ['an id that is no UUID', () => system.submit({ id: '42', message: 'm' }), 422, 'bad-id'],
    ['an id that is a number', () => system.submit('{"id":42,"message":"m"}'), 422, 'bad-id'],
    ['a submission that says nothing', () => system.submit({ id: newId(), message: ' \n ' }), 422, 'empty'],
    ['2 MB of text', () => system.submit({ id: newId(), message: 'x'.repeat(2_000_000) }), 413, 'too-large'],
    [
      'a compressed body',
      async () =>
        fetch(`${system.origin}/v1/feedback?key=${system.publishableKey}`, {
          method: 'POST',
          headers: { 'content-encoding': 'gzip' },
          body: await gzip(good()),
        }),
      415,
      'encoding-refused',
    ],
    [
      'a wrong method',
      () => fetch(`${system.origin}/v1/feedback?key=${system.publishableKey}`, { method: 'PUT', body: good() }),
      405,
      'method-not-allowed',
    ],
    [
      'a wrong path',
      () => fetch(`${system.origin}/v1/feedbacks?key=${system.publishableKey}`, { method: 'POST', body: good() }),
      404,
      'not-found',
    ],
  ]
  it.each(cases)('%s is refused as a problem, and changes nothing', async (_name, send, status, code) => {
    const before = (await system.list('?environment=production&environment=staging')).total
    const response = await send()
    expect(response.status).toBe(status)
    const problem = await problemOf(response)
    expect(problem).toMatchObject({ status, code })
    expect(problem.detail.length).toBeGreaterThan(10)
    expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect((await system.list('?environment=production&environment=staging')).total).toEqual(before)
  })

  it('counts a body without a length while it streams', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 64_000
        if (sent > 4_000_000) controller.close()
        else controller.enqueue(new Uint8Array(64_000).fill(0x20))
      },
    })
    const response = await fetch(`${system.origin}/v1/feedback?key=${system.publishableKey}`, {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
  })

  it('tells which methods an address takes', async () => {
    const response = await fetch(`${system.origin}/v1/export`, { method: 'DELETE' })
    expect(response.headers.get('allow')).toBe('GET')
  })
})
