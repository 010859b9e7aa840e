import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Erasure, PersonView } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { everyTable } from '../support/everything.ts'
import { newId } from '../support/system.ts'

// The collector on a bare database, whose n-th call can be made to fail, or to wait for somebody else.
let raw: RawSystem
beforeAll(async () => {
  // It says in its log what was made to fail.
  raw = await serveRaw({ quiet: true })
})
afterAll(() => raw.stop())

const importLines = async (lines: readonly object[]) => {
  const body = lines.map((line) => JSON.stringify({ id: newId(), message: 'Said', ...line })).join('\n')
  const response = await raw.call('/v1/import', { method: 'POST', body })
  expect(await response.text()).not.toContain('refused')
}
const path = (who: string) => `/v1/people/${encodeURIComponent(who)}`
const viewOf = async (who: string) => {
  const response = await raw.call(path(who))
  return response.status === 404 ? null : ((await response.json()) as PersonView)
}
const interrupted = (call: number, submissions?: object[]) => ({
  'bench-interrupt': JSON.stringify({
    call,
    submissions: submissions?.map((body) => ({
      key: raw.publishableKey,
      body: { id: newId(), message: 'Late', ...body },
    })),
  }),
})
const erase = async (who: string, headers: Record<string, string> = {}) => {
  const response = await raw.call(path(who), { method: 'DELETE', headers })
  return response.ok ? ((await response.json()) as Erasure) : response.status
}

/** Somebody whose unsigned words are found only through the signed ones. */
const makeSomebody = async (name: string) => {
  const [id, anonymousId, email] = [`u_${name}`, `browser_${name}`, `${name}@example.com`]
  const person = { id, anonymousId, email: `old-${email}`, traits: { full: `${name} the first` }, verified: true }
  await importLines([
    { person, tags: { secret: name } },
    { person: { ...person, email } },
    { person: { anonymousId, verified: false }, message: `unsigned of ${name}` },
    { person: { anonymousId, id: `other_${name}`, verified: false }, message: `kept for ${name}` },
  ])
  return { id, anonymousId, email }
}

const everything = async () => [...(await everyTable(raw)).values()].join('\n')

describe('an erasure', () => {
  it('that fails at any call to the database is completed by the next one', async () => {
    let n = 0
    for (let first: unknown = 503; first === 503;) {
      const { id, email } = await makeSomebody(`fault${++n}`)
      const who = n % 2 === 0 ? `external:${id}` : `email:old-${email}`
      first = await erase(who, interrupted(n))
      expect(await erase(who)).toMatchObject({ remaining: 0 })
      const left = await everything()
      expect(left).toContain(`kept for fault${n}`)
      for (const trace of [`"u_fault${n}`, email, `fault${n} the first`, `unsigned of fault${n}`]) {
        expect([n, trace, left.includes(trace)]).toEqual([n, trace, false])
      }
    }
    expect(n).toBeGreaterThan(12)
  })

  it('lets nothing in meanwhile that was said before it, and keeps what is said after', async () => {
    const longAgo = new Date(Date.now() - 60_000).toISOString()
    // The first call looks up the key, before the erasure has begun.
    for (let k = 2; k <= 20; k += 2) {
      const { id, anonymousId } = await makeSomebody(`race${k}`)
      const said = { createdAt: longAgo, sentAt: new Date().toISOString() }
      const among = [
        { person: { id }, anonymousId, ...said },
        { anonymousId, ...said },
      ]
      const fresh = { person: { id }, message: 'New' }
      expect(await erase(`external:${id}`, interrupted(k, [...among, fresh]))).toMatchObject({ remaining: 0 })
      const messages = (await viewOf(`external:${id}`))?.items.map(({ message }) => message)
      expect([k, messages]).toEqual([k, ['New']])
      expect(await viewOf(`anonymous:${anonymousId}`)).toBeNull()
    }
  })

  it('that one request cannot finish says what remains, and the next one finishes it', async () => {
    const person = { id: 'u_many', anonymousId: 'browser_many', verified: true }
    const lines = Array.from({ length: 500 }, () => ({ person }))
    await Promise.all([importLines(lines), importLines(lines)])
    await importLines([{ person }, { person: { anonymousId: 'browser_many', verified: false } }])
    const first = (await erase('external:u_many')) as Erasure
    expect(first).toEqual({ items: 1_000, people: 0, remaining: 2 })
    expect((await viewOf('external:u_many'))?.people.length).toBe(1)
    expect(await erase('external:u_many')).toEqual({ items: 2, people: 1, remaining: 0 })
    expect(await viewOf('external:u_many')).toBeNull()
  })

  it('finds items from before people were known', async () => {
    const { id } = await makeSomebody('old')
    await raw.sql(
      "UPDATE item SET body = json_remove(body, '$.person.uuid')",
      ...['facet', 'words', 'person', 'account'].map((table) => `DELETE FROM ${table}`),
      "UPDATE consumer SET change = 0 WHERE name IN ('search', 'people')",
    )
    const seen = await viewOf(`external:${id}`)
    expect(seen?.items.length).toBe(3)
    expect((await viewOf(seen?.people[0]?.id ?? ''))?.items.length).toBe(3)
    expect(await erase(`external:${id}`)).toEqual({ items: 3, people: 1, remaining: 0 })
  })
})

describe('what is known of a person', () => {
  it('is right wherever the consumers were cut off, and whoever else ran', async () => {
    for (let n = 1, status = 500; status === 500; n++) {
      const person = { id: 'u_cut', verified: true, account: { id: 'acme' } }
      await importLines([
        { person: { ...person, name: `Name ${n}`, traits: { seen: n, [`t${n}`]: true } } },
        { person: { ...person, account: { id: 'acme', plan: `plan ${n}` } } },
      ])
      ;({ status } = await fetch(`${raw.origin}/bench/schedule`, { headers: interrupted(n) }))
      await Promise.all([raw.schedule(), raw.schedule()])
      const traits = Object.fromEntries(Array.from({ length: n }, (_, i) => [`t${i + 1}`, true]))
      expect((await viewOf('external:u_cut'))?.people).toMatchObject([
        { name: `Name ${n}`, traits: { seen: n, ...traits }, account: { id: 'acme', plan: `plan ${n}` } },
      ])
    }
  })
})
