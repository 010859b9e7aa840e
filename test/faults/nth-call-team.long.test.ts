import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Feedback } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { newId } from '../support/system.ts'
import { ask, find, rows, submit } from './collector.ts'
import { cutAtEveryCall } from './every-call.ts'

let raw: RawSystem
beforeAll(async () => {
  // It says in its log what was made to fail.
  raw = await serveRaw({ quiet: true })
})
afterAll(() => raw.stop())

const make = async (more: object = {}) => {
  const id = newId()
  await submit(raw, { id, message: 'My card is 4111 1111', tags: { plan: 'pro' }, ...more })
  return id
}

/** What the team sees of an item. */
async function seen(id: string) {
  const { message, status, labels, assignee, spam, teamNotes, tags, person } = (await find(raw, id)) ?? ({} as Feedback)
  return {
    message,
    status,
    labels,
    assignee,
    spam,
    tags,
    person: person?.name,
    notes: teamNotes?.map(({ text }) => text),
  }
}

describe('where any one call to the database fails, before it or after its commit, the same sent again leaves no trace of it:', () => {
  it('triage of one item', async () => {
    const runs = await cutAtEveryCall(raw, {
      ready: make,
      send: (id, headers) =>
        ask(raw, 'PATCH', `/v1/feedback/${id}`, { status: 'open', addLabels: ['card'], spam: true }, headers),
      outcome: seen,
      ids: (id) => [id],
    })
    expect(runs).toBeGreaterThan(1)
  })

  it('triage of many', async () => {
    const runs = await cutAtEveryCall(raw, {
      ready: () => Promise.all([make(), make(), make()]),
      send: (ids, headers) => {
        const items = ids.map((id) => ({ id }))
        const changes = [{ patch: { status: 'planned', addLabels: ['bulk'] }, items }]
        return ask(raw, 'POST', '/v1/feedback/bulk', { changes }, headers)
      },
      outcome: (ids) => Promise.all(ids.map(seen)),
      ids: (ids) => ids,
    })
    expect(runs).toBeGreaterThan(1)
  })

  it('a note', async () => {
    const runs = await cutAtEveryCall(raw, {
      ready: async () => ({ id: await make(), note: newId() }),
      send: ({ id, note }, headers) =>
        ask(raw, 'POST', `/v1/feedback/${id}/notes`, { id: note, text: 'Call' }, headers),
      outcome: ({ id }) => seen(id),
      ids: ({ id }) => [id],
    })
    expect(runs).toBeGreaterThan(1)
  })

  it('an item that the team enters', async () => {
    const runs = await cutAtEveryCall(raw, {
      ready: async () => newId(),
      send: (id, headers) =>
        ask(raw, 'POST', '/v1/feedback', { id, message: 'By phone', person: { id: 'u_2' }, source: 'phone' }, headers),
      outcome: seen,
      ids: (id) => [id],
    })
    expect(runs).toBeGreaterThan(1)
  })

  it('an import, of what came already too', async () => {
    const runs = await cutAtEveryCall(raw, {
      ready: async () => [await make(), newId(), newId()],
      send: (ids, headers) => {
        const body = ids.map((id) => JSON.stringify({ id, message: 'Imported', labels: ['old'] })).join('\n')
        return raw.call('/v1/import', { method: 'POST', body, headers })
      },
      outcome: (ids) => Promise.all(ids.map(seen)),
      ids: (ids) => ids,
    })
    expect(runs).toBeGreaterThan(1)
  })

  it('merging', async () => {
    const runs = await cutAtEveryCall(raw, {
      ready: () => Promise.all([make(), make()]),
      send: ([id, into], headers) => ask(raw, 'POST', `/v1/feedback/${id}/merge`, { into }, headers),
      outcome: async ([id, into]) => (await find(raw, id))?.mergedInto === into,
      ids: (ids) => ids,
    })
    expect(runs).toBeGreaterThan(1)
  })

  it('blacking out', async () => {
    const runs = await cutAtEveryCall(raw, {
      ready: make,
      send: (id, headers) => ask(raw, 'POST', `/v1/feedback/${id}/redact`, { texts: ['4111 1111'] }, headers),
      // There is nothing to black out any more.
      done: 422,
      outcome: async (id) => {
        expect(JSON.stringify(await find(raw, id))).not.toContain('4111')
        return seen(id)
      },
      ids: (id) => [id],
    })
    expect(runs).toBeGreaterThan(1)
  })

  it('deleting', async () => {
    const runs = await cutAtEveryCall(raw, {
      ready: make,
      send: (id, headers) => ask(raw, 'DELETE', `/v1/feedback/${id}`, undefined, headers),
      done: 404,
      outcome: async (id) => {
        const left = await rows(raw, `SELECT change FROM tombstone WHERE id = '${id}'`)
        return [await find(raw, id), left.length, (await submit(raw, { id, message: 'Again' })).status]
      },
    })
    expect(runs).toBeGreaterThan(1)
  })

  it('what the team knows of a person', async () => {
    const runs = await cutAtEveryCall(raw, {
      ready: async () => {
        const id = newId()
        await make({ person: { id } })
        return id
      },
      send: (id, headers) =>
        ask(raw, 'PUT', `/v1/people/external:${id}`, { name: 'Ada', traits: { seat: 7 } }, headers),
      outcome: async (id) => {
        const { people } = (await (await raw.call(`/v1/people/external:${id}`)).json()) as {
          people: { verified: boolean; name?: string; traits: object }[]
        }
        return people.map(({ verified, name, traits }) => ({ verified, name, traits }))
      },
    })
    expect(runs).toBeGreaterThan(1)
  })
})
