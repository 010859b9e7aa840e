import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CreatedKey, Webhook } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { addMember } from '../requests/principals.ts'
import { newId } from '../support/system.ts'
import { type Change, crashAtEachCall } from './auditing.ts'
import { ask, interruptedBy, rows, submit } from './collector.ts'
import { record } from './record.ts'

let raw: RawSystem
beforeAll(async () => {
  // It says in its log what was made to fail.
  raw = await serveRaw({ quiet: true })
})
afterAll(() => raw.stop())

const project = (path = '') => `/v1/projects/${raw.project}${path}`
const item = async (more: object = {}) => {
  const id = newId()
  await submit(raw, { id, message: 'My card is 4111 1111', ...more })
  return id
}
const key = async (type = 'secret') =>
  (await (await ask(raw, 'POST', project('/keys'), { type, name: 'Own', scopes: ['read'] })).json()) as CreatedKey
const webhook = async () => {
  const wish = { type: 'signed', name: 'Own', url: 'https://hook.example.com/' }
  return ((await (await ask(raw, 'POST', '/v1/webhooks', wish)).json()) as Webhook).id
}

const member = async () => {
  const id = newId()
  await addMember(raw, { id, project: raw.project, role: 'viewer' })
  return id
}

const changes: Change[] = [
  {
    action: 'key.create',
    send: (_, headers) => ask(raw, 'POST', project('/keys'), { type: 'identity', name: 'Server' }, headers),
  },
  {
    action: 'key.update',
    ready: async () => (await key()).id,
    send: (id, headers) => ask(raw, 'PATCH', project(`/keys/${id}`), { name: 'Other' }, headers),
  },
  {
    action: 'key.rotate',
    ready: async () => (await key()).id,
    send: (id, headers) => ask(raw, 'POST', project(`/keys/${id}/rotate`), {}, headers),
  },
  {
    action: 'key.revoke',
    ready: async () => (await key()).id,
    send: (id, headers) => ask(raw, 'DELETE', project(`/keys/${id}`), undefined, headers),
  },
  {
    action: 'project.update',
    send: (_, headers, n) => ask(raw, 'PATCH', project(), { retention: { days: 3_000 + n, keep: 'scores' } }, headers),
  },
  {
    action: 'invitation.create',
    send: (_, headers) => ask(raw, 'POST', '/v1/invitations', { role: 'viewer' }, headers),
  },
  {
    action: 'invitation.revoke',
    ready: async () =>
      ((await (await ask(raw, 'POST', '/v1/invitations', { role: 'viewer' })).json()) as { id: string }).id,
    send: (id, headers) => ask(raw, 'DELETE', `/v1/invitations/${id}`, undefined, headers),
  },
  {
    action: 'member.update',
    ready: member,
    send: (id, headers) => ask(raw, 'PATCH', `/v1/members/${id}`, { role: 'editor' }, headers),
  },
  {
    action: 'member.remove',
    ready: member,
    send: (id, headers) => ask(raw, 'DELETE', `/v1/members/${id}`, undefined, headers),
  },
  {
    action: 'webhook.create',
    send: (_, headers) =>
      ask(raw, 'POST', '/v1/webhooks', { type: 'signed', name: 'New', url: 'https://n.example.com/' }, headers),
  },
  {
    action: 'webhook.update',
    ready: webhook,
    send: (id, headers) => ask(raw, 'PATCH', `/v1/webhooks/${id}`, { state: 'off' }, headers),
  },
  {
    action: 'webhook.rotate',
    ready: webhook,
    send: (id, headers) => ask(raw, 'POST', `/v1/webhooks/${id}/secret`, {}, headers),
  },
  {
    action: 'webhook.delete',
    ready: webhook,
    send: (id, headers) => ask(raw, 'DELETE', `/v1/webhooks/${id}`, undefined, headers),
  },
  {
    action: 'feedback.delete',
    ready: item,
    send: (id, headers) => ask(raw, 'DELETE', `/v1/feedback/${id}`, undefined, headers),
  },
  {
    action: 'feedback.redact',
    ready: item,
    send: (id, headers) => ask(raw, 'POST', `/v1/feedback/${id}/redact`, { texts: ['4111 1111'] }, headers),
  },
  {
    action: 'person.erase',
    ready: async () => {
      const id = `u_${newId()}`
      await item({ person: { id } })
      await item({ person: { id } })
      await raw.schedule()
      return id
    },
    isWhole: async (id) =>
      (
        await rows(
          raw,
          `SELECT 1 FROM person WHERE external_id = '${id}' UNION ALL SELECT 1 FROM item WHERE body LIKE '%${id}%'`,
        )
      ).length === 0,
    send: (id, headers) => ask(raw, 'DELETE', `/v1/people/external:${id}`, undefined, headers),
  },
]

/** Everything that such a change can be seen in, but for what is read and written along the way. */
const standing = `SELECT (SELECT json_group_array(id || coalesce(revoked_at, '') || name) FROM api_key),
  (SELECT json_group_array(id || coalesce(revoked_at, '')) FROM identity_secret),
  (SELECT json_group_array(settings) FROM project),
  (SELECT json_group_array(id || state || secret) FROM webhook),
  (SELECT json_group_array(id) FROM invitation),
  (SELECT json_group_array(member || role) FROM membership),
  (SELECT json_group_array(id || message) FROM item)`

describe('a crash at any call to the database leaves the change and its entry in the audit log, or neither:', () => {
  crashAtEachCall(() => raw, changes, standing)
})

it('a change whose entry is written after it, and cannot be, is told of as a fault, and a line of the log has who did what', async () => {
  const id = newId()
  const lost = interruptedBy({ call: 0, words: 'INTO audit' })
  const body = JSON.stringify({ id, message: 'My card is 4111 1111', assignee: 'ada' })
  const response = await raw.call('/v1/import', { method: 'POST', body, headers: lost })
  expect(response.status).toBeGreaterThanOrEqual(500)
  expect(await rows(raw, `SELECT assignee FROM item WHERE id = '${id}'`)).toEqual([{ assignee: 'ada' }])
  expect(await rows(raw, "SELECT id FROM audit WHERE action = 'feedback.import'")).toEqual([])
  const line =
    raw
      .log()
      .split('\n')
      .find((one) => one.includes('audit failed')) ?? ''
  expect(JSON.parse(line)).toMatchObject({
    event: 'audit failed',
    requestId: response.headers.get('x-request-id'),
    project: raw.project,
    action: 'feedback.import',
    target: null,
    actor: expect.stringMatching(/^key /) as string,
  })
  expect(line).not.toMatch(/ada|4111/)
  record({})
})
