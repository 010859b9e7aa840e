import { afterAll, beforeAll, describe } from 'vitest'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { newId } from '../support/system.ts'
import { type Change, crashAtEachCall } from './auditing.ts'
import { ask, rows, submit } from './collector.ts'

let raw: RawSystem
beforeAll(async () => {
  // It says in its log what was made to fail.
  raw = await serveRaw({ quiet: true })
})
afterAll(() => raw.stop())

const item = async (more: object = {}) => {
  const id = newId()
  await submit(raw, { id, message: 'My card is 4111 1111', ...more })
  return id
}

/** What the team says of a person or an account whom nobody knew. */
const known = async (path: string) => {
  const id = `u_${newId()}`
  await ask(raw, 'PUT', `${path}${id}`, { name: 'Ada' })
  return id
}
const isNamed = (table: string, column: string) => async (id: string) =>
  (await rows(raw, `SELECT 1 FROM ${table} WHERE ${column} = '${id}' AND facts LIKE '%Grace%'`)).length === 1

const changes: Change[] = [
  {
    action: 'feedback.create',
    send: (_, headers) => ask(raw, 'POST', '/v1/feedback', { id: newId(), message: 'By phone' }, headers),
  },
  {
    action: 'feedback.triage',
    ready: item,
    send: (id, headers) => ask(raw, 'PATCH', `/v1/feedback/${id}`, { status: 'open', addLabels: ['card'] }, headers),
  },
  {
    action: 'feedback.triage',
    how: 'of many by their ids',
    ready: async () => `${await item()} ${await item()}`,
    send: (ids, headers) => {
      const items = ids.split(' ').map((id) => ({ id }))
      return ask(raw, 'POST', '/v1/feedback/bulk', { changes: [{ patch: { status: 'planned' }, items }] }, headers)
    },
  },
  {
    action: 'feedback.triage',
    how: 'of many by a filter',
    ready: async () => {
      const kind = `k-${newId().slice(0, 8)}`
      await item({ kind })
      await item({ kind })
      return kind
    },
    send: (kind, headers) =>
      ask(raw, 'POST', '/v1/feedback/bulk', { filter: `kind=${kind}`, patch: { status: 'planned' } }, headers),
  },
  {
    action: 'feedback.merge',
    ready: async () => `${await item()} ${await item()}`,
    send: (ids, headers) => {
      const [id, into] = ids.split(' ')
      return ask(raw, 'POST', `/v1/feedback/${id}/merge`, { into }, headers)
    },
  },
  {
    action: 'feedback.merge',
    how: 'out of another',
    ready: async () => {
      const id = await item()
      await ask(raw, 'POST', `/v1/feedback/${id}/merge`, { into: await item() })
      return id
    },
    send: (id, headers) => ask(raw, 'POST', `/v1/feedback/${id}/merge`, { into: null }, headers),
  },
  {
    action: 'note.create',
    ready: item,
    send: (id, headers) => ask(raw, 'POST', `/v1/feedback/${id}/notes`, { text: 'Call back' }, headers),
  },
  {
    action: 'note.delete',
    ready: async () => {
      const [id, note] = [await item(), newId()]
      await ask(raw, 'POST', `/v1/feedback/${id}/notes`, { id: note, text: 'Call back' })
      return `${id}/notes/${note}`
    },
    send: (path, headers) => ask(raw, 'DELETE', `/v1/feedback/${path}`, undefined, headers),
  },
  {
    action: 'person.update',
    how: 'of somebody new',
    ready: async () => `u_${newId()}`,
    isWhole: isNamed('person', 'external_id'),
    send: (id, headers) => ask(raw, 'PUT', `/v1/people/external:${id}`, { name: 'Grace' }, headers),
  },
  {
    action: 'person.update',
    ready: () => known('/v1/people/external:'),
    isWhole: isNamed('person', 'external_id'),
    send: (id, headers) => ask(raw, 'PUT', `/v1/people/external:${id}`, { name: 'Grace' }, headers),
  },
  {
    action: 'account.update',
    ready: () => known('/v1/accounts/'),
    isWhole: isNamed('account', 'id'),
    send: (id, headers) => ask(raw, 'PUT', `/v1/accounts/${id}`, { name: 'Grace & Co' }, headers),
  },
  {
    action: 'project.restore',
    how: 'of its settings',
    ready: async () => JSON.stringify(await raw.another('Empty')),
    isWhole: async (ready) => {
      const empty = JSON.parse(ready) as { project: string }
      return (await rows(raw, `SELECT 1 FROM project WHERE id = '${empty.project}' AND name = 'Back'`)).length === 1
    },
    send: (ready, headers) => {
      const { secretKey } = JSON.parse(ready) as { secretKey: string }
      return fetch(`${raw.origin}/v1/restore/project`, {
        method: 'POST',
        headers: { ...headers, authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Back', settings: {}, secret: 'b'.repeat(43), createdAt: 0 }),
      })
    },
  },
]

/** Everything that a change of items can be seen in; of people and accounts consumers learn too. */
const standing = `SELECT id, message, status, labels, merged_into, body ->> '$.teamNotes' FROM item`

describe('a crash at any call to the database leaves the change and its entry in the audit log, or neither:', () => {
  crashAtEachCall(() => raw, changes, standing)
})
