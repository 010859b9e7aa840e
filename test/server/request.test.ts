import { describe, expect, it } from 'vitest'
import { createClient } from '../../sdk/server/index.ts'
import type { CallProblem, Client, Result } from '../../sdk/server/index.ts'
import { broken, cut, json, key, now, page, problem, scripted, silence } from './script.ts'
import type { Reply } from './script.ts'

const item = { id: 'i1', change: 7 }
const reads = (earshot: Client) => earshot.feedback.get('i1')
const creates = (earshot: Client) => earshot.keys.create({ type: 'identity', name: 'Signing' })
const problemOf = (result: Result<unknown>): CallProblem | null => (result.ok ? null : result.problem)

describe('a request that brings nothing', () => {
  // What reading does, and what making a key does: a key that is made twice is one nobody has seen.
  const table: [what: string, reply: Reply, readAgain: boolean, makeAgain: boolean, pauseMs: number | null][] = [
    ['a broken connection', broken, true, false, 250],
    ['an answer cut amid its JSON', cut('{"id":"i'), true, false, 250],
    ['429', problem(429, 'too-many'), true, true, 250],
    ['429 with seconds', problem(429, 'too-many', { 'retry-after': '7' }), true, true, 7_250],
    [
      '429 with a date',
      problem(429, 'too-many', { 'retry-after': 'Sun, 22 Nov 2026 09:30:20 GMT' }),
      true,
      true,
      20_250,
    ],
    [
      '429 with a date gone by',
      problem(429, 'too-many', { 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' }),
      true,
      true,
      250,
    ],
    ['429 with rubbish', problem(429, 'too-many', { 'retry-after': 'soon' }), true, true, 250],
    ['429 for longer than anybody waits', problem(429, 'too-many', { 'retry-after': '3600' }), false, false, null],
    ['429 of a proxy', page(429), true, true, 250],
    [
      '503 of the collector, which wrote nothing',
      problem(503, 'unavailable', { 'retry-after': '2' }),
      true,
      true,
      2_250,
    ],
    ['503 of a proxy, which does not know', page(503), true, false, 250],
    ['502', page(502), true, false, 250],
    ['500', problem(500, 'fault'), true, false, 250],
    ['400', problem(400, 'bad-filter'), false, false, null],
    ['401', problem(401, 'unknown-key'), false, false, null],
    ['403', problem(403, 'no-scope'), false, false, null],
    ['404', problem(404, 'not-found'), false, false, null],
    ['409', problem(409, 'conflict'), false, false, null],
    ['404 of somebody else', page(404), false, false, null],
    ['a page for people', page(200), false, false, null],
    ['a redirect', page(302, { location: 'https://login.example.com/' }), false, false, null],
  ]

  it.each(table)('(%s) is read again only where that may help', async (_, reply, again, _make, pauseMs) => {
    const { earshot, asked, pauses } = scripted([reply, json(item)])
    const result = await reads(earshot)
    expect(result.ok).toBe(again)
    expect(asked).toHaveLength(again ? 2 : 1)
    expect(pauses).toEqual(again ? [pauseMs] : [])
    expect(problemOf(result)?.mayHaveHappened ?? false).toBe(false)
  })

  it.each(table)('(%s) makes no second key', async (_, reply, _read, again) => {
    const { earshot, asked } = scripted([reply, json({ ...item, key: 'pub_1' }, 201)], { project: 'p1' })
    expect((await creates(earshot)).ok).toBe(again)
    expect(asked).toHaveLength(again ? 2 : 1)
  })

  it('says whether a change may have happened all the same', async () => {
    for (const reply of [broken, cut('{"id'), page(502), problem(500, 'fault')]) {
      const { earshot } = scripted([reply], { project: 'p1' })
      const found = problemOf(await creates(earshot))
      expect(found).toMatchObject({ mayHaveHappened: true })
      expect(found?.detail).toContain('look before you ask again')
    }
    const refused = scripted([problem(403, 'no-scope')], { project: 'p1' })
    expect(problemOf(await creates(refused.earshot))).toMatchObject({ mayHaveHappened: false })
  })

  it('takes longer and longer pauses, drawn from their whole length, and gives up', async () => {
    const { earshot, asked, pauses } = scripted([broken], { attempts: 9 }, 0.999_999)
    expect(problemOf(await reads(earshot))).toMatchObject({
      code: 'unreachable',
      status: null,
      detail: 'https://feedback.example.com/in does not answer (ECONNRESET). Gave up after 9 attempts.',
    })
    expect(asked).toHaveLength(9)
    expect(pauses.map(Math.round)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
    const lucky = scripted([broken], {}, 0)
    await reads(lucky.earshot)
    expect(lucky.pauses).toEqual([0, 0, 0, 0])
  })

  it('leaves a long wait to the caller', async () => {
    const { earshot } = scripted([problem(429, 'too-many', { 'retry-after': '3600' })])
    expect(problemOf(await reads(earshot))).toMatchObject({ code: 'too-many', status: 429, retryAfterMs: 3_600_000 })
  })

  it('gives the collector’s own problem, and one of ours where none answers', async () => {
    const refusal = scripted([problem(403, 'no-scope')])
    expect(problemOf(await reads(refusal.earshot))).toEqual({
      code: 'no-scope',
      detail: 'It is no-scope.',
      status: 403,
      requestId: 'r1',
      issues: [],
      mayHaveHappened: false,
    })
    const portal = scripted([page(200)])
    expect(problemOf(await reads(portal.earshot))).toMatchObject({ code: 'not-a-collector', status: 200 })
    const elsewhere = scripted([page(301, { location: 'https://new.example.com/' })])
    expect(problemOf(await reads(elsewhere.earshot))?.detail).toContain('redirects to https://new.example.com/')
  })

  it('is given up when the signal says so: before, during an answer and during a pause', async () => {
    const before = scripted([json(item)])
    expect(problemOf(await before.earshot.feedback.get('i1', { signal: AbortSignal.abort() }))?.code).toBe('aborted')
    expect(before.asked).toHaveLength(0)
    const during = new AbortController()
    const silent = scripted([silence])
    const asking = silent.earshot.feedback.delete('i1', { signal: during.signal })
    during.abort()
    expect(problemOf(await asking)).toMatchObject({ code: 'aborted', mayHaveHappened: true })
    const pausing = new AbortController()
    const pause = () => Promise.resolve(pausing.abort())
    const waiting = scripted([broken], { clock: { now: () => now, random: () => 0, pause } })
    expect(problemOf(await waiting.earshot.feedback.get('i1', { signal: pausing.signal }))?.code).toBe('aborted')
    expect(waiting.asked).toHaveLength(1)
  })

  it('has a time limit for each attempt', async () => {
    const { earshot, asked } = scripted([silence, json(item)], { timeoutMs: 20 })
    expect(await reads(earshot)).toEqual({ ok: true, value: item })
    expect(asked).toHaveLength(2)
    const never = scripted([silence], { timeoutMs: 20, attempts: 1 })
    expect(problemOf(await reads(never.earshot))?.detail).toContain('does not answer within 0.02 s')
  })
})

describe('what a second attempt finds', () => {
  it('is not taken for a failure where the first attempt had deleted it', async () => {
    const gone = problem(404, 'not-found')
    expect(await scripted([broken, gone]).earshot.feedback.delete('i1')).toEqual({ ok: true, value: null })
    expect(problemOf(await scripted([gone]).earshot.feedback.delete('i1'))?.code).toBe('not-found')
    // What was refused before was not deleted by us.
    const refused = scripted([problem(429, 'too-many'), gone])
    expect(problemOf(await refused.earshot.feedback.delete('i1'))?.code).toBe('not-found')
    const { earshot } = scripted([broken, gone], { project: 'p1' })
    expect(await earshot.keys.revoke('k1')).toEqual({ ok: true, value: null })
  })

  it('is not asked for where it would take our own change for somebody else’s', async () => {
    const plain = scripted([broken, json(item)])
    expect(await plain.earshot.feedback.update('i1', { status: 'done' })).toEqual({ ok: true, value: item })
    expect(plain.asked[1]?.headers.get('if-match')).toBe(null)
    const guarded = scripted([broken, problem(409, 'conflict')])
    const result = await guarded.earshot.feedback.update('i1', { status: 'done' }, { ifChange: 7 })
    expect(problemOf(result)).toMatchObject({ code: 'unreachable', mayHaveHappened: true })
    expect(guarded.asked.map(({ headers }) => headers.get('if-match'))).toEqual(['"7"'])
    const edited = scripted([broken])
    await edited.earshot.surveys.replace('nps', { name: 'NPS', language: 'en', questions: [], version: 2 })
    expect(edited.asked).toHaveLength(1)
  })

  it('ends an erasure that somebody else had begun, and goes on while something remains', async () => {
    const { earshot, asked } = scripted([
      json({ items: 500, people: 0, remaining: 20 }),
      broken,
      json({ items: 20, people: 2, remaining: 0 }),
    ])
    const heard: number[] = []
    const result = await earshot.people.erase(
      { email: 'ada+x@example.com' },
      { progress: ({ items }) => heard.push(items) },
    )
    expect(result).toEqual({ ok: true, value: { items: 520, people: 2, remaining: 0 } })
    expect(heard).toEqual([500, 520])
    expect(asked[0]).toMatchObject({ method: 'DELETE' })
    expect(asked[0]?.url.pathname).toBe('/in/v1/people/email%3Aada%2Bx%40example.com')
    const stuck = scripted([json({ items: 5, people: 0, remaining: 2 }), json({ items: 0, people: 0, remaining: 2 })])
    expect(problemOf(await stuck.earshot.people.erase('u1'))).toMatchObject({
      code: 'incomplete',
      mayHaveHappened: true,
    })
    const nobody = scripted([problem(404, 'not-found')])
    expect(problemOf(await nobody.earshot.people.erase({ externalId: 'u' }))?.code).toBe('not-found')
  })
})

describe('what is asked', () => {
  it('has filters of every form, and the key in no address and at no other', async () => {
    const { earshot, asked } = scripted([json({ items: [], next: null })], { project: 'p1' })
    await earshot.feedback.list({
      status: ['new', 'open'],
      'tag.plan': 'pro & co',
      'trait.seats': 5,
      'not.kind': 'praise',
      verified: true,
      from: new Date('2026-01-01T00:00:00Z'),
      q: undefined,
      limit: 10,
    })
    expect([...(asked[0]?.url.searchParams ?? [])]).toEqual([
      ['status', 'new'],
      ['status', 'open'],
      ['tag.plan', 'pro & co'],
      ['trait.seats', '5'],
      ['not.kind', 'praise'],
      ['verified', 'true'],
      ['from', '2026-01-01T00:00:00.000Z'],
      ['limit', '10'],
      ['project', 'p1'],
    ])
    expect(asked[0]?.headers.get('authorization')).toBe(`Bearer ${key}`)
    expect(asked[0]?.url.href).not.toContain(key)
    // Followed, it would carry the key elsewhere.
    expect(asked[0]?.redirect).toBe('manual')
  })

  it('never loses a filter that cannot be meant', async () => {
    const { earshot, asked } = scripted([json({})])
    for (const filters of [{ kind: [] }, { from: new Date('never') }, { min: Number.NaN }]) {
      expect(problemOf(await earshot.feedback.count(filters))).toMatchObject({
        code: 'bad-filter',
        issues: [{ path: Object.keys(filters)[0] }],
      })
    }
    expect(asked).toHaveLength(0)
  })

  it('finds the project of its key once', async () => {
    const { earshot, asked } = scripted([
      json({ project: { id: 'p1', name: 'One' }, scopes: ['admin'] }),
      json({ items: [] }),
      json({ id: 'p1' }),
    ])
    await earshot.keys.list()
    await earshot.project.get()
    expect(asked.map(({ url }) => url.pathname)).toEqual([
      '/in/v1/access',
      '/in/v1/projects/p1/keys',
      '/in/v1/projects/p1',
    ])
  })
})

describe('createClient', () => {
  const endpoint = 'https://feedback.example.com'
  it.each([
    ['no address', { endpoint: 'feedback', key }, /endpoint "feedback" is no address/],
    ['another protocol', { endpoint: 'ftp://x', key }, /no address/],
    ['no key', { endpoint, key: undefined }, /key is missing/],
    ['a publishable key', { endpoint, key: 'pub_abc' }, /publishable key/],
    ['an identity secret', { endpoint, key: 'idn_abc' }, /signIdentity/],
    ['a key with a line end', { endpoint, key: `${key}\n` }, /no secret key/],
    ['no attempts', { endpoint, key, attempts: 0 }, /attempts/],
    ['no time', { endpoint, key, timeoutMs: 0 }, /timeoutMs/],
  ])('with %s says what is wrong, without the key', (_, options, reason) => {
    let message = ''
    try {
      createClient(options)
    } catch (error) {
      message = String(error)
    }
    expect(message).toMatch(reason)
    expect(message).not.toMatch(/pub_abc|idn_abc|aaaa/)
  })
})
