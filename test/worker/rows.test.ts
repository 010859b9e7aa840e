import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../sdk/wire/limits.ts'
import { serverLimits } from '../../worker/limits.ts'
import { sampleSubmission } from '../bench/sample.mjs'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { inSeconds, signToken } from '../support/tokens.ts'

let raw: RawSystem
beforeAll(async () => {
  raw = await serveRaw()
})
afterAll(() => raw.stop())

/** The end of the longest lease that counts as one. */
const soon = () => Date.now() + 2 * serverLimits.leaseMs - 1_000

const submit = (more: object = {}) =>
  fetch(`${raw.origin}/v1/feedback?key=${raw.publishableKey}`, {
    method: 'POST',
    body: JSON.stringify({ ...sampleSubmission(), ...more }),
  })
/** Until what was stored stands in the full-text tables too. */
const caughtUp = () =>
  expect
    .poll(() =>
      raw.rowsOf("SELECT (SELECT max(change) FROM item) - change AS behind FROM consumer WHERE name = 'search'"),
    )
    .toEqual([{ behind: 0 }])
/** As long as what follows would take: it is there to be seen, where there should be none. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 500))

describe('the rows that a submission costs', () => {
  it('are four before the receipt, and eight with both full-text tables', async () => {
    await submit()
    await caughtUp()
    await settle()
    await raw.rows()
    expect((await submit()).status).toBe(201)
    await caughtUp()
    await settle()
    expect((await raw.rows()).written).toBe(8)
    await raw.sql(`UPDATE consumer SET lease = 'asleep', lease_until = ${soon()}`)
    await raw.rows()
    expect((await submit()).status).toBe(201)
    await settle()
    expect((await raw.rows()).written).toBe(4)
  })

  it('are as many with a signed identity', async () => {
    const made = await fetch(`${raw.origin}/v1/projects/${raw.project}/keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${raw.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'identity', name: 'Server' }),
    })
    const { key } = (await made.json()) as { key: string }
    const token = signToken(key, { sub: 'u_1', aud: raw.project, exp: inSeconds(600) })
    // The first use of a secret is written down, once an hour.
    await submit({ token })
    await settle()
    await raw.sql(`UPDATE consumer SET lease = 'asleep', lease_until = ${soon()}`)
    await raw.rows()
    expect((await (await submit({ token })).json()) as object).toMatchObject({ notes: [{ path: 'person' }] })
    await settle()
    expect((await raw.rows()).written).toBe(4)
  })

  it('are none for a repeat', async () => {
    const body = JSON.stringify(sampleSubmission())
    const send = () => fetch(`${raw.origin}/v1/feedback?key=${raw.publishableKey}`, { method: 'POST', body })
    expect((await send()).status).toBe(201)
    await settle()
    await raw.rows()
    expect((await send()).status).toBe(200)
    await settle()
    expect((await raw.rows()).written).toBe(0)
  })

  it('are none for a person who is known and says nothing new of themselves', async () => {
    const asleep = (names: string) =>
      raw.sql(`UPDATE consumer SET lease = 'asleep', lease_until = ${soon()} WHERE name IN (${names})`)
    const learn = async () => {
      await submit()
      await settle()
      await raw.rows()
      await raw.schedule()
      return (await raw.rows()).written
    }
    await asleep("'search', 'counts'")
    await raw.sql("UPDATE consumer SET lease = NULL, lease_until = 0 WHERE name = 'people'")
    await raw.schedule()
    // The consumer's lease and its mark alone.
    expect(await learn()).toBe(2)
    await asleep("'search', 'counts'")
    await raw.sql('DELETE FROM person')
    expect(await learn()).toBe(4)
  })
})

describe('the rows that triage reads', () => {
  it('are those of its items, however many others there are', async () => {
    const line = (_: unknown, i: number) =>
      JSON.stringify({
        ...sampleSubmission(),
        message: `Number ${i}`,
        rating: { scale: 'nps', value: i % 11 },
        sentAt: undefined,
      })
    const send = (url: string, method: string, body: string, type: string) =>
      raw.call(url, { method, body, headers: { 'content-type': type } })
    const imported = await send(
      '/v1/import',
      'POST',
      Array.from({ length: 400 }, line).join('\n'),
      'application/x-ndjson',
    )
    expect(imported.status).toBe(200)
    await raw.sql("UPDATE consumer SET lease = NULL, lease_until = 0 WHERE name <> 'people'")
    await raw.schedule()
    const list = async (filter: string) =>
      (await (await raw.call(`/v1/feedback?limit=1&q=Number&${filter}`)).json()) as { items: { id: string }[] }
    const { items } = await list('')
    await settle()
    await raw.sql(`UPDATE consumer SET lease = 'asleep', lease_until = ${soon()}`)
    await raw.rows()
    const { id } = items[0] ?? { id: '' }
    const marked = await send(`/v1/feedback/${id}`, 'PATCH', '{"spam":true,"labels":["odd"]}', 'application/json')
    expect(marked.status).toBe(200)
    expect((await raw.rows()).read).toBeLessThan(100)
    const [spam] = (await raw.sql(`SELECT sum(spam) AS count, count(*) AS n FROM answer`)) as {
      results: { count: number; n: number }[]
    }[]
    expect(spam?.results[0]).toMatchObject({ count: 1, n: 400 })
  })
})

describe('the rows that the worst submission costs', () => {
  it('are at most what the quota reckons with', async () => {
    await raw.sql('UPDATE consumer SET lease = NULL, lease_until = 0')
    await raw.schedule()
    const many = (prefix: string, value: (i: number) => unknown, count = limits.tagsMax) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, value(i)]))
    /** As many names as are taken, each with a value that nobody said before, by somebody who is new. */
    const worst = () => {
      const odd = () => crypto.randomUUID()
      return {
        kind: `k-${odd().slice(0, 30)}`,
        rating: { scale: 'nps', value: Math.floor(Math.random() * 11) },
        survey: {
          id: odd(),
          version: 1,
          answers: Array.from({ length: limits.surveyAnswersMax }, (_, i) => ({ question: `q${i}`, value: odd() })),
        },
        email: `${odd()}@example.com`,
        person: {
          id: odd(),
          name: odd(),
          email: `${odd()}@example.com`,
          traits: many('t', odd),
          account: { id: odd(), plan: odd() },
        },
        anonymousId: odd(),
        tags: many('t', odd),
        context: many('c', () => ({ a: 1 }), serverLimits.contextsMax),
        page: { url: `https://app.example.com/${odd()}`, locale: odd() },
        release: odd(),
        dropped: { full: 3, expired: 2, odd: 1 },
      }
    }
    const cost = async (count: number) => {
      for (let i = 0; i < count; i++) expect((await submit(worst())).status).toBe(201)
      await settle()
      await raw.schedule()
      return (await raw.rows()).written / count
    }
    // The first one brings its names, of which a project takes only so many.
    await cost(1)
    const alone = await cost(1)
    expect(alone).toBeGreaterThan(2 * limits.tagsMax)
    expect(alone).toBeLessThanOrEqual(serverLimits.rowsPerItemMax)
    expect(await cost(20)).toBeLessThan(alone)
  })
})
