import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BulkResult, Feedback, OriginList, OutcomeList, ProjectPatch } from '../../sdk/wire/index.ts'
import { createEarshot } from '../../sdk/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

const json = { 'content-type': 'application/json' }

function helpers(system: Pick<System, 'origin' | 'project' | 'publishableKey' | 'call'>) {
  return {
    send: (body: object | string, headers: Record<string, string> = {}) =>
      fetch(`${system.origin}/v1/feedback?key=${system.publishableKey}`, {
        method: 'POST',
        headers,
        body: typeof body === 'string' ? body : JSON.stringify({ id: newId(), message: 'Said', ...body }),
      }),
    patch: (patch: ProjectPatch) =>
      system.call(`/v1/projects/${system.project}`, { method: 'PATCH', headers: json, body: JSON.stringify(patch) }),
    outcomes: async (query = '') => (await (await system.call(`/v1/outcomes${query}`)).json()) as OutcomeList,
    origins: async () => (await (await system.call(`/v1/projects/${system.project}/origins`)).json()) as OriginList,
  }
}

const countOf = ({ total }: OutcomeList, outcome: string, reason: string | null = null, route = 'feedback') =>
  total.find((one) => one.outcome === outcome && one.reason === reason && one.route === route)?.count ?? 0

describe('an origin', () => {
  let system: System
  beforeAll(async () => {
    system = await startSystem('Origins')
  })

  it('that is not in the list is refused on every public route, shown, and let in once it is allowed', async () => {
    const { origin, publishableKey } = system
    const { send, patch, origins, outcomes } = helpers(system)
    const stranger = { origin: 'https://shop.example' }
    const changed = await patch({ origins: ['https://App.example/', '*.example.org', 'capacitor://'] })
    expect(await changed.json()).toMatchObject({
      origins: ['https://app.example', 'https://*.example.org', 'capacitor://'],
    })
    for (const admitted of ['https://app.example', 'https://a.b.example.org', 'capacitor://localhost']) {
      expect((await send({}, { origin: admitted })).status).toBe(201)
    }
    expect((await send({})).status).toBe(201)
    const refusals = await Promise.all([
      send({}, stranger),
      send({}, { origin: 'null' }),
      fetch(`${origin}/v1/widget?key=${publishableKey}`, { headers: stranger }),
      fetch(`${origin}/v1/displays?key=${publishableKey}`, {
        method: 'POST',
        headers: stranger,
        body: '{"displays":[]}',
      }),
      fetch(`${origin}/v1/feedback/${newId()}/attachments/0?key=${publishableKey}&upload=x`, {
        method: 'PUT',
        headers: stranger,
        body: 'x',
      }),
    ])
    for (const refusal of refusals) {
      expect([refusal.status, (await problemOf(refusal)).code]).toEqual([403, 'origin-refused'])
      expect(refusal.headers.get('access-control-allow-origin')).toBe('*')
    }
    const listed = await origins()
    expect(Object.fromEntries(listed.refused.map(({ origin: of, count }) => [of, count]))).toEqual({
      'https://shop.example': 4,
      null: 1,
    })
    expect(countOf(await outcomes(), 'refused', 'origin-refused')).toBe(2)
    expect(countOf(await outcomes(), 'refused', 'origin-refused', 'widget')).toBe(1)
    await patch({ origins: [...listed.origins, 'https://shop.example'] })
    expect((await send({}, stranger)).status).toBe(201)
    expect((await origins()).refused.map(({ origin: of }) => of)).toEqual(['null'])
  })

  it('that can be none is refused with its place in the list, and nothing is changed', async () => {
    const { patch, origins } = helpers(system)
    const before = await origins()
    const refusal = await patch({ origins: ['https://a.example', 'https://*.com'] })
    expect(refusal.status).toBe(422)
    expect((await problemOf(refusal)).issues).toMatchObject([{ path: 'origins.1' }])
    expect((await origins()).origins).toEqual(before.origins)
  })

  it('is nobody else’s to see, and an answer for one is kept from another', async () => {
    expect((await system.call('/v1/projects/other/origins')).status).toBe(404)
    expect((await fetch(`${system.origin}/v1/outcomes`)).status).toBe(401)
    const settings = await fetch(`${system.origin}/v1/widget?key=${system.publishableKey}`)
    expect(settings.headers.get('vary')).toContain('Origin')
  })
})

describe('a body', () => {
  it('counts only once its sender is let in: the key is judged before what streams', async () => {
    const system = await startSystem('Bodies')
    const codes = ['pub_000000000000000000000000', system.publishableKey].map(async (key) => {
      const body = new Blob(['{"message":"', 'x'.repeat(300_000), '"}']).stream()
      const init = { method: 'POST', body, duplex: 'half' } as RequestInit
      return (await problemOf(await fetch(`${system.origin}/v1/feedback?key=${key}`, init))).code
    })
    expect(await Promise.all(codes)).toEqual(['unknown-key', 'too-large'])
  })
})

describe('what became of what was sent', () => {
  it('is counted: accepted, repeated, refused by code, dropped by reason', async () => {
    const system = await startSystem('Outcomes')
    const { send, outcomes } = helpers(system)
    const dropped = { expired: 3, full: 5_000_000, 'made up': 2 }
    const id = newId()
    expect((await send({ id, dropped })).status).toBe(201)
    expect((await send({ id, dropped })).status).toBe(200)
    expect((await send({})).status).toBe(201)
    expect((await send({ message: '' })).status).toBe(422)
    expect((await send('no json')).status).toBe(400)
    expect((await send({}, { 'content-encoding': 'gzip' })).status).toBe(415)
    expect((await send({ message: 'x'.repeat(300_000) })).status).toBe(413)
    await system.importLines([{ id: newId(), message: 'Imported' }])
    const list = await outcomes()
    const told = list.total.map(({ outcome, reason, count }) => [`${outcome} ${reason ?? ''}`.trim(), count])
    expect(Object.fromEntries(told)).toEqual({
      accepted: 2,
      repeated: 1,
      'refused empty': 1,
      'refused not-json': 1,
      'refused encoding-refused': 1,
      'refused too-large': 1,
      'dropped expired': 3,
      'dropped full': 1_000,
      'dropped other': 2,
    })
    expect(list.total).toHaveLength(9)
    expect(list.items[0]?.day).toBe(list.to)
    expect(list.quota).toMatchObject({ used: 2, perDay: 50_000 })
    expect((await outcomes('?environment=staging')).total).toEqual([])
    expect((await system.call('/v1/outcomes?from=yesterday')).status).toBe(400)
  })

  it('is counted once, however often the schedule runs', async () => {
    const system = await startSystem('Once')
    const { send, outcomes } = helpers(system)
    await Promise.all(Array.from({ length: 20 }, () => send({})))
    await Promise.all([system.runSchedule(), system.runSchedule(), outcomes(), outcomes()])
    expect(countOf(await outcomes(), 'accepted')).toBe(20)
  })

  it('names the project of a key that was revoked', async () => {
    const system = await startSystem('Revoked')
    const { outcomes } = helpers(system)
    const made = await system.call(`/v1/projects/${system.project}/keys`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ type: 'publishable', name: 'Old page' }),
    })
    const { id, key } = (await made.json()) as { id: string; key: string }
    await system.call(`/v1/projects/${system.project}/keys/${id}`, { method: 'DELETE' })
    expect((await system.submit({ id: newId(), message: 'Late' }, `?key=${key}`)).status).toBe(401)
    expect(countOf(await outcomes(), 'refused', 'unknown-key')).toBe(1)
  })
})

describe('a quota', () => {
  it('holds new items back until tomorrow, and what was raised works at once', async () => {
    const system = await startSystem('Quota')
    const { send, patch, outcomes } = helpers(system)
    expect(await (await patch({ quota: { perDay: 3 } })).json()).toMatchObject({ quota: { perDay: 3 } })
    for (let n = 0; n < 3; n++) expect((await send({})).status).toBe(201)
    const refusal = await send({})
    expect(refusal.status).toBe(429)
    expect((await problemOf(refusal)).code).toBe('over-quota')
    const seconds = Number(refusal.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(86_400)
    expect(refusal.headers.get('access-control-expose-headers')?.toLowerCase()).toContain('retry-after')
    expect((await fetch(`${system.origin}/v1/widget?key=${system.publishableKey}`)).status).toBe(200)
    const list = await outcomes()
    expect(list.quota).toMatchObject({ perDay: 3, used: 3 })
    expect(countOf(list, 'refused', 'over-quota')).toBe(1)
    await patch({ quota: { perDay: 4 } })
    expect((await send({})).status).toBe(201)
    expect((await send({})).status).toBe(429)
    for (const perDay of [0, 1.5, 1e12]) expect((await patch({ quota: { perDay } })).status).toBe(422)
  })
})

describe('a portion of the quota', () => {
  it('is all that one address has once half of the day is used up; it is asked to wait, and others have the rest', async () => {
    const system = await startSystem('Portion')
    const { send, patch, outcomes } = helpers(system)
    await patch({ quota: { perDay: 240 } })
    const from = (address: string) => send({}, { 'cf-connecting-ip': address })
    const answers: Response[] = []
    for (let n = 0; n < 15; n++) {
      answers.push(...(await Promise.all(Array.from({ length: 10 }, () => from('198.51.100.7')))))
    }
    const held = answers.filter(({ status }) => status === 429)
    const taken = answers.filter(({ status }) => status === 201)
    expect(held.length + taken.length).toBe(150)
    // Those that come together are measured together.
    expect(taken.length).toBeGreaterThanOrEqual(120)
    expect(taken.length).toBeLessThan(130)
    for (const one of held) {
      expect((await problemOf(one)).code).toBe('too-many')
      expect(Number(one.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    for (let n = 0; n < 10; n++) expect((await from(`198.51.100.${20 + n}`)).status).toBe(201)
    const list = await outcomes()
    expect(list.quota.used).toBe(taken.length + 10)
    expect(countOf(list, 'refused', 'too-many')).toBe(held.length)
    await patch({ quota: { perDay: 2_000 } })
    await expect.poll(async () => (await from('198.51.100.7')).status, { timeout: 60_000 }).toBe(201)
  }, 90_000)
})

describe('too much at once', () => {
  let raw: RawSystem
  beforeAll(async () => {
    raw = await serveRaw({ quiet: true, settings: { ADDRESS_PER_MINUTE: 1, KEY_PER_MINUTE: 80 } })
  })
  afterAll(() => raw.stop())

  it('of one address is held back, and of no other; all of it is counted and no address is kept', async () => {
    const { send, outcomes } = helpers(raw)
    const burst = await Promise.all(Array.from({ length: 14 }, () => send({}, { 'cf-connecting-ip': '198.51.100.77' })))
    const held = burst.filter(({ status }) => status === 429)
    expect(burst.filter(({ status }) => status === 201)).toHaveLength(10)
    expect(held).toHaveLength(4)
    for (const one of held) {
      expect((await problemOf(one)).code).toBe('too-many')
      expect(Number(one.headers.get('retry-after'))).toBeGreaterThan(50)
    }
    expect((await send({}, { 'cf-connecting-ip': '198.51.100.78' })).status).toBe(201)
    expect(countOf(await outcomes(), 'refused', 'too-many')).toBe(4)
    const tables = (await raw.sql(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_%' ESCAPE '\\'",
    )) as {
      results: { name: string }[]
    }[]
    const names = tables[0]?.results.map(({ name }) => name) ?? []
    expect(names).toContain('item')
    expect(names).toContain('outcome')
    const rows = await Promise.all(
      [...names, 'refused_origin', 'api_key'].map((name) => raw.sql(`SELECT * FROM "${name}"`)),
    )
    expect(JSON.stringify(rows)).not.toContain('198.51.100')
  })

  it('with one key is held back, and another project has its turn', async () => {
    const other = await raw.addProject('Other')
    const { send } = helpers(raw)
    const burst = await Promise.all(Array.from({ length: 60 }, () => send({})))
    expect(burst.some(({ status }) => status === 429)).toBe(true)
    const beside = await fetch(`${raw.origin}/v1/feedback?key=${other.publishableKey}`, {
      method: 'POST',
      body: JSON.stringify({ id: newId(), message: 'Beside it' }),
    })
    expect(beside.status).toBe(201)
  })

  it('that somebody hangs up on leaves its place to the next one', async () => {
    const { publishableKey } = await raw.addProject('Hanging up')
    const send = (signal: AbortSignal | null) =>
      fetch(`${raw.origin}/v1/feedback?key=${publishableKey}`, {
        method: 'POST',
        body: JSON.stringify({ id: newId(), message: 'Said' }),
        signal,
      })
    for (let n = 0; n < 8; n++) {
      const hanging = new AbortController()
      const sent = send(hanging.signal).catch(() => null)
      await new Promise((resolve) => setTimeout(resolve, n))
      hanging.abort()
      await sent
    }
    expect((await send(null)).status).toBe(201)
  })

  it('is lost nowhere: an outbox waits, and delivers everything', async () => {
    const { publishableKey, secretKey } = await raw.addProject('Outbox')
    const client = createEarshot({ key: publishableKey, endpoint: raw.origin })
    const sent = await Promise.all(Array.from({ length: 22 }, (_, n) => client.send({ message: `Said ${n}` })))
    const queued = sent.filter(({ state }) => state === 'queued')
    expect(queued.length).toBeGreaterThan(0)
    for (const { problem } of queued) expect(problem?.code).toBe('too-many')
    const headers = { authorization: `Bearer ${secretKey}` }
    const stored = async () =>
      ((await (await fetch(`${raw.origin}/v1/feedback/count`, { headers })).json()) as { count: number }).count
    await expect.poll(stored, { timeout: 30_000, interval: 200 }).toBe(22)
    const list = (await (await fetch(`${raw.origin}/v1/outcomes`, { headers })).json()) as OutcomeList
    expect(countOf(list, 'accepted')).toBe(22)
    expect(countOf(list, 'refused', 'too-many')).toBeGreaterThanOrEqual(queued.length)
    client.destroy()
  })

  it('of made-up origins buries no real one', async () => {
    const { patch, origins } = helpers(raw)
    await patch({ origins: ['https://app.example'] })
    const ask = (origin: string) => fetch(`${raw.origin}/v1/widget?key=${raw.publishableKey}`, { headers: { origin } })
    for (let n = 0; n < 3; n++) expect((await ask('https://shop.example')).status).toBe(403)
    await Promise.all(Array.from({ length: 150 }, (_, n) => ask(`https://made-up-${n}.example`)))
    const { refused } = await origins()
    expect(refused.length).toBeLessThanOrEqual(100)
    expect(refused.map(({ origin }) => origin)).toContain('https://shop.example')
  })
})

describe('the spam tray', () => {
  const spam = 'Best online casino, free spins for new players! https://spin.example https://win.example'
  let system: System
  const count = async (query: string) =>
    ((await (await system.call(`/v1/feedback/count${query}`)).json()) as { count: number }).count
  const numbers = async () => {
    const [scores, volume] = await Promise.all(
      ['scores?scale=csat', 'volume?dimension=kind'].map(async (path) =>
        (await system.call(`/v1/insight/${path}`)).json(),
      ),
    )
    return JSON.stringify([scores, volume]).replace(/"asOf":"[^"]*"/g, '')
  }
  beforeAll(async () => {
    system = await startSystem('Tray')
  })

  it('holds what looks like a machine’s, whole, with the reasons, and nothing else', async () => {
    const said = { kind: 'bug', rating: { scale: 'csat', value: 5 } } as const
    const [first, second, kept] = [newId(), newId(), newId()]
    expect((await system.submit({ id: first, message: spam, ...said })).status).toBe(201)
    expect((await system.submit({ id: second, message: 'Hello', signals: { trap: 'x' }, ...said })).status).toBe(201)
    expect((await system.submit({ id: kept, message: 'See https://app.example/x: it fails', ...said })).status).toBe(
      201,
    )
    const tray = await system.list('?spam=only')
    expect(tray.items.map(({ id }) => id).sort()).toEqual([first, second].sort())
    const item = await system.find(first)
    expect(item).toMatchObject({ message: spam, spam: true, rating: said.rating })
    expect(item.screened?.score).toBeGreaterThanOrEqual(1)
    expect(item.screened?.reasons.map(({ code }) => code).sort()).toEqual(['links', 'pitch'])
    expect((await system.find(second)).screened?.reasons).toMatchObject([{ code: 'trap', points: 1 }])
    expect((await system.find(kept)).screened).toBeUndefined()
    expect((await system.list()).hidden).toEqual({ spam: 2, merged: 0 })
  })

  it('gives back what is no spam, one by one and in bulk: to lists, counts and numbers alike', async () => {
    const before = await numbers()
    const [one, other] = (await system.list('?spam=only')).items
    const patched = await system.call(`/v1/feedback/${one?.id}`, {
      method: 'PATCH',
      headers: json,
      body: JSON.stringify({ spam: false }),
    })
    expect(patched.status).toBe(200)
    const after = await system.find(one?.id ?? '')
    expect(after.spam).toBeUndefined()
    // Why it was there can still be told.
    expect(after.screened).toEqual(one?.screened)
    expect(await count('')).toBe(2)
    const bulk = (body: object) =>
      system.call('/v1/feedback/bulk', { method: 'POST', headers: json, body: JSON.stringify(body) })
    const freed = (await (await bulk({ filter: 'spam=only', patch: { spam: false } })).json()) as BulkResult
    expect(freed.changed).toBe(1)
    expect([await count(''), await count('?spam=only')]).toEqual([3, 0])
    expect((await system.list()).items.map(({ id }) => id)).toContain(other?.id)
    const all = await numbers()
    expect(all).not.toBe(before)
    const scores = (await (await system.call('/v1/insight/scores?scale=csat')).json()) as unknown
    expect(JSON.stringify(scores)).toContain('"answers":3')
    expect((await bulk({ changes: freed.undo })).status).toBe(200)
    expect([await count(''), await count('?spam=only')]).toEqual([2, 1])
  })

  it('goes along with exports and imports, reasons and all', async () => {
    const { items } = await system.list('?spam=only')
    const [item] = items
    const exported = await (await system.call('/v1/export?format=ndjson&spam=only')).text()
    const line = JSON.parse(exported.split('\n')[0] ?? '') as Feedback
    expect(line.screened).toEqual(item?.screened)
    const csv = await (await system.call('/v1/export?format=csv&spam=only')).text()
    expect(csv).toContain('Why it looks like spam')
    const elsewhere = await startSystem('Elsewhere')
    await elsewhere.importLines([line])
    expect((await elsewhere.list('?spam=only')).items[0]?.screened).toEqual(item?.screened)
  })
})
