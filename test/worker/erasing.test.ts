import { beforeAll, describe, expect, it } from 'vitest'
import type { Attachment, Change, Erasure, PersonView, Receipt, Submission } from '../../sdk/wire/index.ts'
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

describe('an erasure of an id that is also the name of a field', () => {
  it('takes the id out of the audit log, and leaves what has a field of that name', async () => {
    const patch = { method: 'PATCH', headers: { 'content-type': 'application/json' } }
    const rename = (name: string) =>
      system.call(`/v1/projects/${system.project}`, { ...patch, body: JSON.stringify({ name }) })
    const changes = async () =>
      (
        (await (await system.call('/v1/audit?action=project.update')).json()) as {
          items: { before: { name?: string } | null; after: { name?: string } | null }[]
        }
      ).items.map(({ before, after }) => [before?.name, after?.name])
    await rename('u_ordinary')
    await rename('Erasing')
    await erase('external:name')
    expect(await changes()).toEqual([
      ['u_ordinary', 'Erasing'],
      ['Erasing', 'u_ordinary'],
    ])
    await erase('external:u_ordinary')
    expect(await changes()).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ])
  })
})
