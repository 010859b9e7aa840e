import { beforeAll, describe, expect, it } from 'vitest'
import type { Feedback, PersonView, Receipt } from '../../sdk/wire/index.ts'
import { makePng } from '../support/images.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await startSystem('Redact')
})

const redact = (id: string, body: object) =>
  system.call(`/v1/feedback/${id}/redact`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const read = async <T>(path: string) => (await (await system.call(path)).json()) as T
const values = async (name: string) =>
  (await read<{ items: { value: string; count: number }[] }>(`/v1/names/values?name=${name}`)).items

describe('blacking words out', () => {
  it('takes them out of item, search, filters, counts, changes and exports, and says so', async () => {
    const id = newId()
    await system.submit({
      id,
      message: 'My name is Zebulon Quist, call me. zebulon quist again',
      tags: { owner: 'Zebulon Quist' },
      person: { name: 'Zebulon', email: 'zq@example.com' },
    })
    expect((await system.list('?q=zebulon')).total.count).toBe(1)
    expect(await values('tag.owner')).toEqual([{ value: 'Zebulon Quist', count: 1 }])
    const before = await system.find(id)
    const texts = ['zebulon quist', 'Zebulon', 'zq@example.com']
    const shown = (await (await redact(id, { texts, dryRun: true })).json()) as Feedback
    expect(await system.find(id)).toEqual(before)
    const answer = await redact(id, { texts })
    expect(answer.status).toBe(200)
    const after = (await answer.json()) as Feedback
    expect(shown).toEqual({ ...after, change: before.change, updatedAt: before.updatedAt })
    expect(after).toMatchObject({
      message: 'My name is █████████████, call me. █████████████ again',
      tags: { owner: '█████████████' },
      person: { name: '███████' },
    })
    expect(after.person).not.toHaveProperty('email')
    expect(after.change).toBeGreaterThan(before.change)
    expect(after.updatedAt > before.updatedAt).toBe(true)
    expect(after.notes?.map(({ path, code }) => [path, code])).toEqual(
      expect.arrayContaining([
        ['message', 'redacted'],
        ['tags.owner', 'redacted'],
        ['person.email', 'redacted'],
      ]),
    )
    // At once, before any consumer has run.
    const now = async (query: string) => (await read<{ items: Feedback[] }>(`/v1/feedback${query}`)).items.length
    expect(await now('?q=zebulon')).toBe(0)
    expect(await now('?tag.owner=Zebulon+Quist')).toBe(0)
    expect(await now('?has=email')).toBe(0)
    expect(await now('?q=again')).toBe(1)
    expect((await values('tag.owner')).map(({ value }) => value)).toEqual(['█████████████'])
    const everything = await Promise.all(
      ['/v1/export?format=ndjson', '/v1/export?format=csv', '/v1/changes'].map(async (path) =>
        (await system.call(path)).text(),
      ),
    )
    expect(everything.join('').toLowerCase()).not.toMatch(/zebulon|quist|zq@/)
    await system.submit({ id, message: 'My name is Zebulon Quist, call me. zebulon quist again' })
    expect((await system.find(id)).message).toBe(after.message)
  })

  it('takes from person and account what they learned here, and leaves what others say', async () => {
    const account = { id: 'acme', name: 'Acme of Quist', plan: 'pro', traits: { owner: 'Quist' } }
    const older = {
      id: newId(),
      message: 'a',
      createdAt: '2026-01-01T00:00:00Z',
      receivedAt: '2026-01-01T00:00:00Z',
      person: { id: 'u_1', verified: true, email: 'older@example.com' },
    }
    const line = {
      id: newId(),
      message: 'b',
      person: { id: 'u_1', verified: true, name: 'Quist', traits: { nick: 'quisty', role: 'owner' }, account },
    }
    await system.importLines([older, line])
    const view = () => read<PersonView>('/v1/people/external:u_1')
    expect((await view()).people).toMatchObject([
      { name: 'Quist', email: 'older@example.com', traits: { nick: 'quisty' } },
    ])
    expect((await redact(line.id, { texts: ['quist'] })).status).toBe(200)
    for (const round of ['at once', 'after the consumer']) {
      const { people, items } = await view()
      expect([round, people[0]?.name, people[0]?.email, people[0]?.traits]).toEqual([
        round,
        undefined,
        'older@example.com',
        { role: 'owner' },
      ])
      expect(people[0]?.account).toMatchObject({ id: 'acme', plan: 'pro', traits: {} })
      expect(people[0]?.account).not.toHaveProperty('name')
      expect(items).toHaveLength(2)
      await system.runSchedule()
    }
  })

  it('makes words nobody’s where the id of who said them goes, and forgets whom nothing else names', async () => {
    const says = (id: string) => ({ id: newId(), message: 'Mine', person: { id, name: id, verified: true } })
    const [only, first, second] = [says('quist-7'), says('quist-8'), says('quist-8')]
    await system.importLines([only, first, second])
    await system.runSchedule()
    await redact(only.id, { texts: ['quist-7'] })
    await redact(first.id, { texts: ['quist-8'] })
    expect((await system.find(only.id)).person).toEqual({ name: '███████', verified: false })
    expect((await system.list('?person=quist-7')).total.count).toBe(0)
    expect((await system.call('/v1/people/external:quist-7')).status).toBe(404)
    const left = await read<PersonView>('/v1/people/external:quist-8')
    expect(left.items.map(({ id }) => id)).toEqual([second.id])
    expect(left.people).toMatchObject([{ externalId: 'quist-8' }])
  })

  it('is refused where nothing is said of it, and changes nothing', async () => {
    const id = newId()
    await system.submit({ id, message: 'Plain' })
    const before = await system.find(id)
    const cases: [object, string][] = [
      [{}, 'texts'],
      [{ texts: [' '] }, 'texts.0'],
      [{ texts: ['absent'] }, 'texts'],
      [{ attachments: [0] }, 'attachments'],
      [{ texts: ['Plain'], everything: true }, 'everything'],
    ]
    for (const [body, path] of cases) {
      const answer = await redact(id, body)
      expect([body, answer.status, (await problemOf(answer)).issues?.[0]?.path]).toEqual([body, 422, path])
    }
    expect((await redact(newId(), { texts: ['a'] })).status).toBe(404)
    expect(await system.find(id)).toEqual(before)
  })
})

describe('removing an image', () => {
  it('ends its link, keeps the number of the others, and takes it in no more', async () => {
    const png = makePng(2, 2)
    const id = newId()
    const announced = [
      { type: 'image/png', bytes: png.length },
      { type: 'image/png', bytes: png.length },
    ]
    const receipt = (await (await system.submit({ id, message: 'Look', attachments: announced })).json()) as Receipt
    const put = (n: number) =>
      fetch(
        `${system.origin}/v1/feedback/${id}/attachments/${n}?key=${system.publishableKey}&upload=${receipt.upload?.[n]}`,
        {
          method: 'PUT',
          body: png,
        },
      )
    expect((await put(0)).status).toBe(201)
    expect((await put(1)).status).toBe(201)
    const [first] = (await system.find(id)).attachments ?? []
    const after = (await (await redact(id, { attachments: [0] })).json()) as Feedback
    expect(after.attachments).toEqual([
      { type: 'image/png', bytes: png.length, removed: true },
      expect.objectContaining({ url: expect.any(String), width: 2 }),
    ])
    expect((await fetch(first?.url ?? '')).status).toBe(404)
    expect((await fetch(after.attachments?.[1]?.url ?? '')).status).toBe(200)
    const late = await put(0)
    expect([late.status, (await problemOf(late)).code]).toEqual([410, 'erased'])
    expect((await put(1)).status).toBe(201)
    expect((await redact(id, { attachments: [0] })).status).toBe(422)
  })
})
