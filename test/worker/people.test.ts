import { beforeAll, describe, expect, it } from 'vitest'
import type { AccountRecord, Feedback, FeedbackList, PersonRecord, PersonView } from '../../sdk/wire/index.ts'
import { signIdentity } from '../../sdk/server/index.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await startSystem('People')
})

const encode = encodeURIComponent
const get = async <T>(path: string) => (await (await system.call(path)).json()) as T
const view = (who: string, query = '') => get<PersonView>(`/v1/people/${encode(who)}${query}`)
const put = (path: string, body: unknown) =>
  system.call(path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const putPerson = (who: string, body: unknown) => put(`/v1/people/${encode(who)}`, body)
const putAccount = (id: string, body: unknown) => put(`/v1/accounts/${encode(id)}`, body)
/** An item as only the private routes can say it: from somebody who is verified. */
const verified = async (person: object, more: object = {}) => {
  const line = { id: newId(), message: 'Signed', person: { ...person, verified: true }, ...more }
  expect(await system.importLines([line])).toMatchObject([{ result: 'stored' }])
  return line.id
}
const claim = async (person: object, more: object = {}) => {
  const id = newId()
  expect((await system.submit({ id, message: 'Claimed', person, ...more })).status).toBe(201)
  return id
}

describe('a person', () => {
  it('is told from who is only claimed, and has a UUID that stays', async () => {
    const one = await verified({ id: 'u_1', name: 'Ada', traits: { role: 'owner' } })
    const two = await claim({ id: 'u_1', name: 'Mallory', traits: { role: 'root' }, account: { id: 'evil' } })
    const three = await verified({ id: 'u_1' })
    const uuids = await Promise.all([one, two, three].map(async (id) => (await system.find(id)).person?.uuid))
    expect(uuids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(uuids[2]).toBe(uuids[0])
    expect(uuids[1]).not.toBe(uuids[0])
    const { people, items, total } = await view('external:u_1')
    expect(people).toMatchObject([
      { id: uuids[0], externalId: 'u_1', verified: true, name: 'Ada', traits: { role: 'owner' }, account: null },
      { id: uuids[1], verified: false, name: 'Mallory', traits: { role: 'root' }, account: { id: 'evil' } },
    ])
    expect(items.map(({ id }) => id)).toEqual([three, two, one])
    expect(total).toEqual({ count: 3, exact: true })
    expect((await view(uuids[1] ?? '')).items.map(({ id }) => id)).toEqual([two])
    expect((await system.call('/v1/accounts/evil')).status).toBe(404)
  })

  it('is known by the latest of each part, while items keep what was said then', async () => {
    const old = await verified({ id: 'u_2', name: 'A', email: 'a@example.com', traits: { a: 1, b: 1 } })
    await verified({ id: 'u_2', name: 'B', traits: { b: 2, c: 3 }, account: { id: 'acme', name: 'Acme', revenue: 10 } })
    const late = { receivedAt: '2026-01-02T00:00:00Z', createdAt: '2026-01-02T00:00:00Z' }
    await verified({ id: 'u_2', name: 'From long ago', traits: { c: 'old', d: 4 }, account: { id: 'before' } }, late)
    const known = {
      name: 'B',
      email: 'a@example.com',
      traits: { a: 1, b: 2, c: 3, d: 4 },
      account: { id: 'acme', name: 'Acme', revenue: 10 },
      createdAt: '2026-01-02T00:00:00.000Z',
    }
    const before = (await view('external:u_2')).people[0]
    expect(before).toMatchObject(known)
    expect((await system.find(old)).person).toMatchObject({ name: 'A', traits: { a: 1, b: 1 } })
    // Triage brings an old item to the consumer once more.
    await system.call(`/v1/feedback/${old}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'done' }),
    })
    expect((await view('external:u_2')).people[0]).toEqual(before)
  })

  it('is known by what the team says: added, taken away, made where there was nobody', async () => {
    const response = await putPerson('external:u 3/ä%', {
      name: 'Grace',
      traits: { vip: true, seats: 5 },
      account: 'acme3',
    })
    expect(response.status).toBe(200)
    const made = (await response.json()) as PersonRecord
    expect(made).toMatchObject({ externalId: 'u 3/ä%', verified: true, name: 'Grace', account: { id: 'acme3' } })
    await putAccount('acme3', { name: 'Acme', plan: 'pro', revenue: 1200, traits: { region: 'EU' } })
    await putPerson(made.id, { name: null, email: 'G@Example.com', traits: { vip: null, floor: 2 } })
    const { people, items } = await view('email:g@example.COM')
    expect(items).toEqual([])
    expect(people[0]).toEqual({
      id: made.id,
      externalId: 'u 3/ä%',
      verified: true,
      email: 'G@Example.com',
      traits: { seats: 5, floor: 2 },
      account: { id: 'acme3', name: 'Acme', plan: 'pro', revenue: 1200, traits: { region: 'EU' } },
      sources: people[0]?.sources,
      createdAt: made.createdAt,
      updatedAt: people[0]?.updatedAt,
    })
    await claim({ id: 'u 3/ä%', name: 'Not Grace', account: { id: 'acme3', plan: 'free', revenue: 1 } })
    expect((await view(made.id)).people[0]).toEqual(people[0])
    await verified({ id: 'u 3/ä%', name: 'Grace H', account: { id: 'acme3', plan: 'team' } })
    expect(await get<AccountRecord>('/v1/accounts/acme3')).toMatchObject({ plan: 'team', revenue: 1200, name: 'Acme' })
    const [grace, claimed] = (await view(made.id)).people
    expect(grace).toMatchObject({ name: 'Grace H', traits: { seats: 5, floor: 2 } })
    // A name that was taken away has no source; each of the others says who said it.
    expect(Object.keys(people[0]?.sources ?? {}).sort()).toEqual(['account', 'email', 'trait.floor', 'trait.seats'])
    expect(grace?.sources).toMatchObject({ name: { by: 'signed' }, email: { by: 'team' } })
    expect(claimed?.sources).toMatchObject({ name: { by: 'page' }, account: { by: 'page' } })
    expect((await get<AccountRecord>('/v1/accounts/acme3')).sources).toMatchObject({
      plan: { by: 'signed' },
      revenue: { by: 'team' },
    })
  })

  it('is known by a signed token, revenue of the account included, at once or by a repeat', async () => {
    const made = await system.call(`/v1/projects/${system.project}/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'identity', name: 'Server' }),
    })
    const { key } = (await made.json()) as { key: string }
    const account = { id: 'signed', name: 'Signed', plan: 'pro', revenue: 99 }
    const token = await signIdentity(key, { sub: 'u_8', aud: system.project, name: 'Eight', account })
    const id = await claim({ id: 'u_8', account })
    expect((await system.call('/v1/accounts/signed')).status).toBe(404)
    const unsigned = (await system.find(id)).person?.uuid
    await system.submit({ id, message: 'Claimed', person: { id: 'u_8', account }, token })
    expect(await get<AccountRecord>('/v1/accounts/signed')).toMatchObject(account)
    const { person } = await system.find(id)
    expect(person?.uuid).not.toBe(unsigned)
    const { people } = await view(person?.uuid ?? '')
    expect(people[0]).toMatchObject({ id: person?.uuid, verified: true, name: 'Eight', account })
  })

  it('is paged to the last item, in every environment, spam too', async () => {
    const staging = { id: newId(), message: 'Staging', environment: 'staging', person: { id: 'u_4' } }
    await system.importLines([staging, { id: newId(), message: 'Spam', spam: true, person: { id: 'u_4' } }])
    for (let i = 0; i < 3; i++) await claim({ id: 'u_4' }, { anonymousId: 'b_4' })
    const loose = newId()
    await system.submit({ id: loose, message: 'Before signing in', anonymousId: 'b_4' })
    const seen: string[] = []
    let next: string | null = null
    do {
      const page: PersonView = await view('external:u_4', `?limit=2${next === null ? '' : `&cursor=${next}`}`)
      expect(page.people.length).toBe(next === null ? 1 : 0)
      expect(page.total.count).toBe(6)
      seen.push(...page.items.map(({ id }) => id))
      next = page.next
    } while (next !== null)
    expect(new Set(seen).size).toBe(6)
    expect(seen).toContain(loose)
    expect(seen).toContain(staging.id)
  })

  it('that cannot be, is not known, or is not accepted, is told apart', async () => {
    const codeOf = async (response: Response) => [response.status, (await problemOf(response)).code]
    expect(await codeOf(await system.call('/v1/people/ada'))).toEqual([400, 'bad-request'])
    // A part of an address would be taken out of everybody's.
    for (const part of ['e', '@', 'ada', '@example.com']) {
      const erased = await system.call(`/v1/people/email:${part}`, { method: 'DELETE' })
      expect([part, ...(await codeOf(erased))]).toEqual([part, 400, 'bad-request'])
    }
    expect(await codeOf(await system.call('/v1/people/external:nobody'))).toEqual([404, 'not-found'])
    expect(await codeOf(await system.call(`/v1/people/${newId()}`))).toEqual([404, 'not-found'])
    expect(await codeOf(await system.call('/v1/people/external:u_1?colour=red'))).toEqual([400, 'unknown-filter'])
    expect(await codeOf(await putPerson('email:a@example.com', { name: 'A' }))).toEqual([400, 'bad-request'])
    expect(await codeOf(await putPerson(newId(), { name: 'A' }))).toEqual([404, 'not-found'])
    const refused = await putPerson('external:u_5', { email: 'nobody', traits: { a: [] }, revenue: 1 })
    expect(refused.status).toBe(422)
    const { issues } = await problemOf(refused)
    expect(issues?.map(({ path, reason }) => `${path} ${reason}`).join('\n')).toMatch(
      /email .*address[^]*traits.a[^]*revenue/,
    )
    expect((await putAccount('acme', { revenue: 'much' })).status).toBe(422)
    expect((await system.call('/v1/people/external:u_5')).status).toBe(404)
  })

  it('is read, changed and erased with three different scopes', async () => {
    const response = await system.call(`/v1/projects/${system.project}/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'secret', name: 'Reads and writes', scopes: ['write'] }),
    })
    const { key } = (await response.json()) as { key: string }
    for (const [method, status] of [
      ['GET', 403],
      ['PUT', 200],
      ['DELETE', 403],
    ] as const) {
      const asked = await fetch(`${system.origin}/v1/people/external:u_7`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(method === 'PUT' ? { body: '{"name":"Seven"}' } : {}),
      })
      expect([method, asked.status]).toEqual([method, status])
    }
    expect((await view('external:u_7')).people).toMatchObject([{ name: 'Seven', verified: true }])
  })
})

describe('what was done with a person and told of them', () => {
  it('is for admins, as the audit log is', async () => {
    await putPerson('external:u_deeds', { name: 'Eight' })
    const response = await system.call(`/v1/projects/${system.project}/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'secret', name: 'Reads', scopes: ['read', 'write', 'export'] }),
    })
    const { key } = (await response.json()) as { key: string }
    const headers = { authorization: `Bearer ${key}` }
    const asked = await fetch(`${system.origin}/v1/people/external:u_deeds`, { headers })
    expect(await asked.json()).toMatchObject({ people: [{ name: 'Eight' }], history: null, deliveries: null })
    expect(await view('external:u_deeds')).toMatchObject({ history: [{ action: 'person.update' }], deliveries: [] })
  })
})

describe('filters by person', () => {
  it('mean the same in list, count and export, negated too', async () => {
    const other = await startSystem('Filters')
    const lines = [
      {
        id: newId(),
        message: 'a',
        person: { id: 'f_1', traits: { role: 'owner' }, account: { id: 'x' }, verified: true },
      },
      { id: newId(), message: 'b', person: { id: 'f_1', traits: { role: 'guest' }, account: { id: 'x' } } },
      { id: newId(), message: 'c', person: { id: 'f_2', email: 'f2@example.com', account: { id: 'y' } } },
      { id: newId(), message: 'd', email: 'd@example.com', anonymousId: 'b_f' },
    ]
    await other.importLines(lines)
    await other.runSchedule()
    for (const [query, wanted] of [
      ['person=f_1', 'ab'],
      ['not.person=f_1', 'cd'],
      ['account=x&account=y', 'abc'],
      ['not.account=x', 'cd'],
      ['verified=true', 'a'],
      ['not.verified=true', 'bcd'],
      ['trait.role=owner', 'a'],
      ['not.trait.role=owner', 'bcd'],
      ['person=f_1&verified=false&trait.role=guest', 'b'],
    ] as const) {
      const ask = async <T>(path: string) => (await (await other.call(`/v1/${path}&${query}`)).json()) as T
      const [count, { items }, rows] = await Promise.all([
        ask<{ count: number }>('feedback/count?tz=UTC'),
        ask<FeedbackList>('feedback?tz=UTC'),
        ask<Feedback[]>('export?format=json'),
      ])
      const words = (list: Feedback[]) =>
        list
          .map(({ message }) => message)
          .toSorted()
          .join('')
      expect([query, count.count, words(items), words(rows)]).toEqual([query, wanted.length, wanted, wanted])
    }
    for (const name of ['email', 'anonymous', 'named', 'not.email']) {
      expect([name, (await other.call(`/v1/feedback?${name}=no`)).status]).toEqual([name, 400])
      expect(await (await other.call(`/v1/names/values?name=${name}`)).json()).toEqual({ items: [] })
    }
  })
})

describe('an export', () => {
  it('names the person’s UUID, and another project gives the person one of its own', async () => {
    const id = await verified({ id: 'u_6', email: 'six@example.com' })
    const uuid = (await system.find(id)).person?.uuid
    const text = await (await system.call('/v1/export?format=ndjson&person=u_6')).text()
    const csv = await (await system.call('/v1/export?format=csv&person=u_6&columns=person,personUuid&bom=off')).text()
    expect(csv).toBe(`Person ID,Person UUID\r\nu_6,${uuid}\r\n`)
    const other = await startSystem('Elsewhere')
    await other.call('/v1/import', {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: text,
    })
    const { person } = await other.find(id)
    expect(person).toMatchObject({ id: 'u_6', email: 'six@example.com', verified: true })
    expect(person?.uuid).toMatch(/^[0-9a-f-]{36}$/)
    expect(person?.uuid).not.toBe(uuid)
  })
})
