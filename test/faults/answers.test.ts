import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CreatedKey, Problem } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { inSeconds, signToken } from '../support/tokens.ts'
import { ask, endLeases, find, idsOf, interruptedBy, submit } from './collector.ts'
import { type Sender, startSender, type Way } from './sending.ts'

let raw: RawSystem
let sender: Sender
beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
})
afterAll(() => raw.stop())
beforeEach(() => {
  sender = startSender(raw)
})
afterEach(() => vi.useRealTimers())

const cut: Way = () => new TypeError('fetch failed')
const within = (headers: Record<string, string>) => (init: RequestInit) => ({
  ...init,
  headers: { ...(init.headers as Record<string, string> | undefined), ...headers },
})

describe('429 with Retry-After', () => {
  const refused = (retryAfter: string) => (): Response =>
    new Response('{"code":"too-many"}', {
      status: 429,
      headers: { 'content-type': 'application/problem+json', 'retry-after': retryAfter },
    })

  it.each([
    ['in seconds', () => '120', 120_000],
    ['as a date', () => new Date(Date.now() + 120_000).toUTCString(), 119_000],
  ])('%s: nothing is sent before that, whoever asks, and then it is', async (_, retryAfter, leastMs) => {
    sender.way = refused(retryAfter())
    expect((await sender.send({ message: 'Later' })).state).toBe('queued')
    expect(sender.delays[0]).toBeGreaterThanOrEqual(leastMs)
    sender.way = undefined
    await sender.wait(100_000)
    expect(await sender.client.flush()).toBe(1)
    expect(sender.attempts()).toBe(1)
    await sender.hold()
  })

  it.each(['soon', '-5', '1.5', 'Infinity', '5, 10', ''])(
    'as rubbish, “%s”: tried again as after any fault',
    async (rubbish) => {
      sender.way = refused(rubbish)
      expect((await sender.send({ message: 'Soon' })).state).toBe('queued')
      expect(sender.delays[0]).toBeLessThanOrEqual(1_000)
      sender.way = undefined
      expect(await sender.client.flush()).toBe(0)
      await sender.hold()
    },
  )
})

describe('a database', () => {
  it.each([
    ['that is overloaded', 'D1_ERROR: D1 DB is overloaded. Requests queued for too long.'],
    ['that is out of reach', 'D1_ERROR: Network connection lost.'],
    ['that is reset', 'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.'],
    ['that fails inside', 'D1_ERROR: internal error; reference = 0123456789abcdef'],
  ])('%s: 503 with Retry-After, and kept until it is back', async (_, error) => {
    const interrupted = interruptedBy({ call: 0, words: 'INTO item', error })
    const answer = await submit(raw, { id: '0198c5a2-7d1e-7c3a-9b52-0d6d7c1f4e11', message: 'Said' }, interrupted)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
    expect(answer.headers.get('access-control-expose-headers')).toContain('retry-after')
    const problem = (await answer.json()) as Problem
    expect(problem).toMatchObject({ code: 'unavailable', detail: expect.stringContaining('nothing is stored twice') })
    expect(JSON.stringify(problem)).not.toContain('D1')

    sender.way = within(interrupted)
    expect(await sender.send({ message: 'Kept' })).toMatchObject({ state: 'queued', problem: { code: 'unavailable' } })
    expect(sender.delays[0]).toBeGreaterThanOrEqual(2_000)
    await sender.hold()
  })

  it('that is slower than its sender has patience: committed after the sender left, and stored once', async () => {
    sender.way = (init) => ({
      ...within(interruptedBy({ call: 0, words: 'INTO item', waitMs: 300 }))(init),
      signal: AbortSignal.timeout(100),
    })
    const { id, state } = await sender.send({ message: 'Slow' })
    expect(state).toBe('queued')
    await expect.poll(async () => (await idsOf(raw)).includes(id)).toBe(true)
    await sender.hold()
  })
})

it('2 MB of text are refused with what to do, given up at once and counted, and what is said next is stored', async () => {
  const sent = await sender.send({ message: 'x'.repeat(2_000_000) })
  expect(sent).toMatchObject({ state: 'refused', problem: { status: 413, code: 'too-large' } })
  expect(sent.problem?.detail).toContain('256000 bytes')
  expect(sender.dropped).toEqual([expect.objectContaining({ id: sent.id, reason: 'refused' })])
  await sender.hold()
})

describe('a secret that is rotated between two attempts', () => {
  const keys = () => `/v1/projects/${raw.project}/keys`
  const makeSecret = async () =>
    (await (await ask(raw, 'POST', keys(), { type: 'identity', name: 'Server' })).json()) as CreatedKey
  const tokenBy = (secret: string) => signToken(secret, { sub: 'u_1', aud: raw.project, exp: inSeconds(600) })

  it('where the page asks for a token at each attempt: the second one is good, and the person proven', async () => {
    const old = await makeSecret()
    let secret = old.key
    sender.client.identify({ id: 'u_1', token: async () => tokenBy(secret) })
    sender.way = cut
    const { id } = await sender.send({ message: 'Rotated' })
    secret = (await makeSecret()).key
    expect((await ask(raw, 'DELETE', `${keys()}/${old.id}`)).status).toBe(204)
    await sender.hold()
    expect((await find(raw, id))?.person).toMatchObject({ id: 'u_1', verified: true })
  })

  it('where the page has the old token only: stored all the same, unproven and with a note', async () => {
    const old = await makeSecret()
    sender.client.identify({ id: 'u_1', token: tokenBy(old.key) })
    sender.way = cut
    const { id } = await sender.send({ message: 'Rotated away' })
    expect((await ask(raw, 'DELETE', `${keys()}/${old.id}`)).status).toBe(204)
    // A collector that remembers the secret still learns of it.
    await raw.crash()
    await sender.hold()
    const item = await find(raw, id)
    expect(item).toMatchObject({ message: 'Rotated away', notes: [{ path: 'token' }] })
    expect(item?.person?.verified ?? false).toBe(false)
  })
})

it('a publishable key that is rotated away between two attempts: kept, and tried again a day later, not every second', async () => {
  const keys = `/v1/projects/${raw.project}/keys`
  const made = await ask(raw, 'POST', keys, { type: 'publishable', name: 'Old' })
  const { id, key } = (await made.json()) as CreatedKey
  const stranded = startSender(raw, key)
  stranded.way = cut
  const sent = await stranded.send({ message: 'Under the old key' })
  expect((await ask(raw, 'DELETE', `${keys}/${id}`)).status).toBe(204)
  stranded.way = undefined
  expect(await stranded.client.flush()).toBe(1)
  expect(stranded.delays.at(-1)).toBeGreaterThan(20 * 3_600_000)
  await stranded.wait(3_600_000)
  expect(stranded.attempts()).toBe(2)
  expect(stranded.dropped).toEqual([])
  // The operator sees the mistake and lets the key in again.
  await raw.sql(`UPDATE api_key SET revoked_at = NULL WHERE id = '${id}'`)
  await raw.crash()
  await stranded.wait(30 * 3_600_000)
  await stranded.hold()
  expect((await find(raw, sent.id))?.message).toBe('Under the old key')
})

it('what is erased while a copy waits in an outbox is refused as erased when it comes, given up and counted', async () => {
  sender.client.identify({ id: 'u_gone', email: 'gone@example.com' })
  const first = await sender.send({ message: 'First' })
  expect(first.state).toBe('stored')
  sender.way = cut
  const { id } = await sender.send({ message: 'Waits' })
  // Whoever was killed in a test before this one may have died with a lease.
  await endLeases(raw)
  const erased = await ask(raw, 'DELETE', '/v1/people/external:u_gone')
  expect(await erased.json()).toMatchObject({ items: 1, remaining: 0 })
  // Its clock stands still but for this: what it says next is an hour old, and the erasure is younger.
  await sender.wait(3_600_000)
  sender.way = undefined
  await sender.wait(3_600_000)
  await expect.poll(() => sender.client.flush()).toBe(0)
  await expect
    .poll(() => sender.dropped)
    .toMatchObject([{ id, reason: 'refused', problem: { status: 410, code: 'erased' } }])
  expect(await find(raw, id)).toBeNull()
  sender.client.identify({ id: 'u_else' })
  await sender.hold([first.id])
})
