import { beforeAll, describe, expect, it } from 'vitest'
import type {
  Attachment,
  AuditList,
  Change,
  Erasure,
  PersonView,
  Receipt,
  SavedView,
  Submission,
} from '../../sdk/wire/index.ts'
import { createClient } from '../../sdk/server/index.ts'
import { makePng } from '../support/images.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await startSystem('Erasing')
})

const erase = async (who: string) => {
  const response = await system.call(`/v1/people/${encodeURIComponent(who)}`, { method: 'DELETE' })
  expect(response.status).toBe(200)
  return (await response.json()) as Erasure
}
const viewOf = (who: string) => system.call(`/v1/people/${encodeURIComponent(who)}`)
const say = async (said: Partial<Submission>) => {
  const id = said.id ?? newId()
  const response = await system.submit({ message: 'Said', ...said, id })
  return { id, response }
}
const longAgo = new Date(Date.now() - 3_600_000).toISOString()
/** What an outbox sends late: said an hour ago, on whatever clock. */
const late = (said: Partial<Submission>) => say({ ...said, createdAt: longAgo, sentAt: new Date().toISOString() })

async function sayWithImage(said: Partial<Submission>) {
  const { id, response } = await say({ ...said, attachments: [{ type: 'image/png', bytes: 9 }] })
  const { upload } = (await response.json()) as Receipt
  await fetch(`${system.origin}/v1/feedback/${id}/attachments/0?key=${system.publishableKey}&upload=${upload?.[0]}`, {
    method: 'PUT',
    body: makePng(2, 2),
  })
  const [image] = (await system.find(id)).attachments as Attachment[]
  return { id, url: image?.url ?? '' }
}

/** Somebody with everything that somebody can have, and others around them. */
async function makeSomebody(name: string) {
  const [external, email, anonymousId] = [`u_${name}`, `${name}@example.com`, `browser-${name}`]
  const word = `narwhal${name}`
  const person = { id: external, email: email.toUpperCase(), traits: { full: `${name} Lovelace` } }
  const survey = { id: 'nps', version: 1, answers: [{ question: 'why', value: `${word} answered` }] }
  const [pictured, answered, loose, wrote, other] = await Promise.all([
    sayWithImage({ message: `${word} one`, person, anonymousId, tags: { secret: name } }),
    say({ survey, message: '', person: { id: external }, anonymousId }),
    say({ message: `${word} before signing in`, anonymousId }),
    say({ message: `${word} by mail`, email }),
    // The same browser, somebody else.
    say({ message: 'Not theirs', person: { id: `other_${name}` }, anonymousId }),
    system.importLines([{ id: newId(), message: word, person: { ...person, verified: true } }]),
  ])
  const ids = [pictured, answered, loose, wrote].map(({ id }) => id)
  return { external, email, anonymousId, word, person, url: pictured.url, other: other.id, ids }
}

const countOf = async (query: string) =>
  ((await (await system.call(`/v1/feedback/count?spam=with&${query}`)).json()) as { count: number }).count
const valuesOf = async (name: string) =>
  ((await (await system.call(`/v1/names/values?name=${name}`)).json()) as { items: { value: string }[] }).items.map(
    ({ value }) => value,
  )

describe('erasing somebody', () => {
  it.each(['external', 'uuid', 'email'] as const)(
    'by %s takes everything of theirs, and nothing of others',
    async (by) => {
      const somebody = await makeSomebody(by)
      const seen = (await (await viewOf(`external:${somebody.external}`)).json()) as PersonView
      expect(seen.people.map(({ verified }) => verified)).toEqual([true, false])
      const uuid = seen.people[0]?.id ?? ''
      const who = { external: `external:${somebody.external}`, uuid, email: `email:${somebody.email}` }[by]
      expect(((await (await viewOf(who)).json()) as PersonView).items.map(({ id }) => id).toSorted()).toEqual(
        seen.items.map(({ id }) => id).toSorted(),
      )
      expect(await valuesOf('tag.secret')).toContain(by)
      expect(await erase(who)).toEqual({ items: 5, people: 2, remaining: 0 })

      for (const query of [`q=${somebody.word}`, `person=${somebody.external}`, `tag.secret=${by}`]) {
        expect([query, await countOf(query)]).toEqual([query, 0])
      }
      expect(await valuesOf('tag.secret')).not.toContain(by)
      expect(await valuesOf('trait.full')).not.toContain(`${by} Lovelace`)
      const exported = await (await system.call('/v1/export?format=ndjson&spam=with')).text()
      for (const trace of [somebody.word, somebody.external, somebody.email.toUpperCase()]) {
        expect(exported).not.toContain(trace)
      }
      expect((await fetch(somebody.url)).status).toBe(404)
      const changes = (await (await system.call('/v1/changes?limit=1000')).text()).trim().split('\n')
      const erased = changes.map((line) => JSON.parse(line) as Change).filter((change) => 'erased' in change)
      expect(erased.map(({ id }) => id)).toEqual(expect.arrayContaining(somebody.ids))
      expect((await system.find(somebody.other)).message).toBe('Not theirs')
      for (const gone of [who, uuid, `external:${somebody.external}`]) expect((await viewOf(gone)).status).toBe(404)
      expect(await erase(who)).toEqual({ items: 0, people: 0, remaining: 0 })
    },
  )

  it('by anonymous id takes what nobody signed, and what gives the same address', async () => {
    const somebody = await makeSomebody('anonymous')
    const { id } = await say({ anonymousId: 'browser-lonely', email: 'Lonely@example.com' })
    const { id: linked } = await say({ email: 'lonely@example.com' })
    expect(await erase('anonymous:browser-lonely')).toEqual({ items: 2, people: 0, remaining: 0 })
    for (const one of [id, linked]) expect((await system.call(`/v1/feedback/${one}`)).status).toBe(404)
    expect(await erase(`anonymous:${somebody.anonymousId}`)).toEqual({ items: 1, people: 0, remaining: 0 })
    expect(await countOf(`person=${somebody.external}`)).toBe(3)
  })

  it('refuses what was said before and comes late, and stores what is said anew', async () => {
    const somebody = await makeSomebody('late')
    await erase(`external:${somebody.external}`)
    const { external, anonymousId, email, person } = somebody
    for (const said of [
      { person },
      { person: { id: external }, anonymousId: 'another-browser' },
      { anonymousId },
      { email: email.toUpperCase() },
      { person: { email } },
      { id: somebody.ids[0] ?? '', person },
    ]) {
      const { response } = await late(said)
      expect([said, response.status]).toEqual([said, 410])
      expect((await problemOf(response)).code).toBe('erased')
    }
    const line = { message: 'From a backup', createdAt: longAgo }
    const results = await system.importLines([
      { ...line, id: newId(), person: { ...person, verified: true } },
      { ...line, id: newId(), person: { verified: false, anonymousId } },
      { ...line, id: newId(), person: { id: 'u_stranger', verified: false } },
      { ...line, id: somebody.ids[1] },
      { id: newId(), message: 'Back again', person: { ...person, verified: true } },
    ])
    expect(results.map(({ result }) => result)).toEqual(['refused', 'refused', 'stored', 'refused', 'stored'])
    expect(results[0]?.reason).toContain('erased')
    // Others who share the browser are not kept from speaking, however late.
    expect((await late({ person: { id: 'other_late' }, anonymousId })).response.status).toBe(201)
    const { id, response } = await say({ person, anonymousId, createdAt: new Date().toISOString() })
    expect(response.status).toBe(201)
    const { people, items } = (await (await viewOf(`external:${external}`)).json()) as PersonView
    expect(items.map(({ message }) => message).toSorted()).toEqual(['Back again', 'Said'])
    expect(people.map(({ verified }) => verified)).toEqual([true, false])
    expect((await system.find(id)).person?.uuid).toBe(people[1]?.id)
    expect(await erase(`external:${external}`)).toEqual({ items: 2, people: 2, remaining: 0 })
  })

  it('by an address takes whatever names it, but only its owner’s other words', async () => {
    const { id: owner } = await say({ person: { id: 'u_owner', email: 'box@example.com' } })
    const { id: more } = await say({ person: { id: 'u_owner' } })
    const { id: guest } = await say({ person: { id: 'u_guest' }, email: 'BOX@example.com' })
    const { id: kept } = await say({ person: { id: 'u_guest' }, message: 'Keep this' })
    expect(await erase('email:Box@Example.com ')).toEqual({ items: 3, people: 1, remaining: 0 })
    for (const id of [owner, more, guest]) expect((await system.call(`/v1/feedback/${id}`)).status).toBe(404)
    expect((await system.find(kept)).message).toBe('Keep this')
    expect((await late({ person: { id: 'u_guest' }, email: 'box@example.com' })).response.status).toBe(410)
    expect((await late({ person: { id: 'u_guest' } })).response.status).toBe(201)
  })

  it('goes through earshot/server, again and of nobody too', async () => {
    const { id } = await say({ person: { id: 'u client/7' } })
    const { people } = createClient({ endpoint: system.origin, key: system.secretKey })
    const found = await people.get({ externalId: 'u client/7' })
    expect(found.ok && found.value.items.map((item) => item.id)).toEqual([id])
    const counts = [1, 0].map((count) => ({ ok: true, value: { items: count, people: count, remaining: 0 } }))
    for (const gone of counts) expect(await people.erase({ externalId: 'u client/7' })).toEqual(gone)
    expect((await late({ person: { id: 'u client/7' } })).response.status).toBe(410)
  })
})

describe('an erasure of an id that is an ordinary word', () => {
  const send = async (method: string, path: string, body: object): Promise<{ id: string }> => {
    const headers = { 'content-type': 'application/json' }
    const response = await system.call(path, { method, headers, body: JSON.stringify(body) })
    expect([path, response.ok]).toEqual([path, true])
    return (await response.json()) as { id: string }
  }
  const log = async () =>
    ((await (await system.call('/v1/audit?limit=200')).json()) as AuditList).items.map(({ action, before, after }) =>
      JSON.stringify([action, before, after]),
    )

  it('leaves what only has the same value, and takes what asks for that person', async () => {
    const keys = `/v1/projects/${system.project}/keys`
    await send('PATCH', `/v1/projects/${system.project}`, { name: 'production' })
    await send('POST', keys, { type: 'publishable', name: 'new', environment: 'production' })
    await send('POST', keys, { type: 'secret', name: 'open', scopes: ['admin'] })
    await send('POST', '/v1/invitations', { role: 'admin' })
    const { id } = await send('POST', '/v1/feedback', { id: newId(), kind: 'idea', message: 'Told', source: 'call' })
    await send('PATCH', `/v1/feedback/${id}`, { status: 'open' })
    await send('PATCH', `/v1/feedback/${id}`, { status: 'new' })
    const view = { name: 'Words', query: 'q=production&kind=bug&status=open', visibility: 'shared' }
    const { id: words } = await send('POST', '/v1/views', view)
    const ordinary = await log()
    const hook = (person: string) => ({
      type: 'signed',
      name: 'To somebody',
      url: 'https://receiver.example/hook',
      filter: `status=open&person=${person}`,
    })
    for (const person of ['admin', 'u_kept']) {
      const { id: made } = await send('POST', '/v1/webhooks', hook(person))
      await system.call(`/v1/webhooks/${made}`, { method: 'DELETE' })
    }
    for (const word of ['admin', 'open', 'new', 'production', 'name', 'role', 'status']) {
      await say({ person: { id: word } })
      await erase(`external:${word}`)
    }
    const left = await log()
    expect(left).toEqual(expect.arrayContaining(ordinary))
    expect(left.filter((entry) => entry.includes('person=u_kept'))).toHaveLength(2)
    expect(left.filter((entry) => entry.includes('person=admin'))).toEqual([])
    expect(left.filter((entry) => entry === '["webhook.delete",null,null]')).toHaveLength(1)
    const { items } = (await (await system.call('/v1/views')).json()) as { items: SavedView[] }
    expect(items.find((one) => one.id === words)?.query).toBe(view.query)
  })

  it('takes an id that is no plain word out of searches, too', async () => {
    const view = { name: 'Theirs', query: 'q=u_42x&kind=bug', visibility: 'shared' }
    const { id } = await send('POST', '/v1/views', view)
    await erase('external:u_42x')
    const { items } = (await (await system.call('/v1/views')).json()) as { items: SavedView[] }
    expect(items.find((one) => one.id === id)?.query).toBe('q=erased&kind=bug')
  })
})

describe('names that pages made of somebody', () => {
  it('go with them, and stay where others’ tags have them', async () => {
    const person = { id: 'u_named', name: 'Grace Hopper', email: 'grace@example.com' }
    const tags = { 'of grace@example.com': 1, 'shared with grace@example.com': 1, screen: 'checkout' }
    await say({ person, tags, context: { 'cart of GRACE HOPPER': {} } })
    await say({ person: { id: 'u_colleague' }, tags: { 'shared with grace@example.com': 1 } })
    await system.list()
    await system.runSchedule()
    const names = async () => (await (await system.call('/v1/names')).text()).toLowerCase()
    const before = await names()
    for (const name of [...Object.keys(tags), 'cart of grace hopper']) expect(before).toContain(name)
    await erase('external:u_named')
    const left = await names()
    for (const name of ['shared with grace@example.com', 'tag.screen']) expect(left).toContain(name)
    for (const name of ['"tag.of grace', 'hopper']) expect(left).not.toContain(name)
  })
})
