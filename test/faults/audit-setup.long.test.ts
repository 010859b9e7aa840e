import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SavedView, Survey, Webhook } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { addMember } from '../requests/principals.ts'
import { newId } from '../support/system.ts'
import { type Change, crashAtEachCall } from './auditing.ts'
import { ask, rows } from './collector.ts'
import { record } from './record.ts'

let raw: RawSystem
beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
})
afterAll(() => raw.stop())

let made = 0
const definition = (id = `s-${++made}`, name = 'Why') => ({
  id,
  name,
  language: 'en',
  questions: [{ id: 'why', type: 'short', text: { en: 'Why?' } }],
})
const otherwise = { ...definition(), questions: [{ id: 'what', type: 'short', text: { en: 'What?' } }] }

const survey = async () => ((await (await ask(raw, 'POST', '/v1/surveys', definition())).json()) as Survey).id
const view = async () => {
  const wish = { name: 'Bugs', query: 'kind=bug', visibility: 'shared' }
  return ((await (await ask(raw, 'POST', '/v1/views', wish)).json()) as SavedView).id
}
const webhook = async () => {
  const wish = { type: 'signed', name: 'Own', url: 'https://hook.example.com/' }
  return ((await (await ask(raw, 'POST', '/v1/webhooks', wish)).json()) as Webhook).id
}
const fail = async (webhook: string) => {
  const change = 1_000_000 + ++made
  const id = `msg_${change.toString(36)}_0_x`
  await raw.sql(
    `INSERT INTO delivery (webhook, change, n, id, project, event, item, at, state, created_at)
    VALUES ('${webhook}', ${change}, 0, '${id}', '${raw.project}', 'feedback.created', NULL, 0, 'failed', 0)`,
  )
  return id
}

const changes: Change[] = [
  { action: 'survey.create', send: (_, headers) => ask(raw, 'POST', '/v1/surveys', definition(), headers) },
  {
    action: 'survey.update',
    how: 'of what it asks',
    ready: survey,
    send: (id, headers) => ask(raw, 'PUT', `/v1/surveys/${id}`, { ...otherwise, id }, headers),
  },
  {
    action: 'survey.update',
    how: 'of its name, in no new version',
    ready: survey,
    send: (id, headers) => ask(raw, 'PUT', `/v1/surveys/${id}`, definition(id, 'Another'), headers),
  },
  {
    action: 'survey.update',
    how: 'of its state',
    ready: survey,
    send: (id, headers) => ask(raw, 'PATCH', `/v1/surveys/${id}`, { state: 'live' }, headers),
  },
  {
    action: 'survey.delete',
    ready: survey,
    send: (id, headers) => ask(raw, 'DELETE', `/v1/surveys/${id}`, undefined, headers),
  },
  {
    action: 'view.create',
    send: (_, headers) => ask(raw, 'POST', '/v1/views', { name: 'New', query: '', visibility: 'shared' }, headers),
  },
  {
    action: 'view.update',
    ready: view,
    send: (id, headers) => ask(raw, 'PATCH', `/v1/views/${id}`, { query: 'kind=idea' }, headers),
  },
  {
    action: 'view.delete',
    ready: view,
    send: (id, headers) => ask(raw, 'DELETE', `/v1/views/${id}`, undefined, headers),
  },
  {
    action: 'delivery.send',
    how: 'of one',
    ready: async () => {
      const id = await webhook()
      return `/v1/webhooks/${id}/deliveries/${await fail(id)}/resend`
    },
    send: (path, headers) => ask(raw, 'POST', path, undefined, headers),
  },
  {
    action: 'delivery.send',
    how: 'of all that failed',
    ready: async () => {
      const id = await webhook()
      await fail(id)
      return `/v1/webhooks/${id}/resend`
    },
    send: (path, headers) => ask(raw, 'POST', path, undefined, headers),
  },
  {
    action: 'project.create',
    how: 'by a member',
    ready: () => addMember(raw, { id: newId(), project: raw.project, role: 'admin' }),
    send: (cookie, headers) =>
      fetch(`${raw.origin}/v1/projects`, {
        method: 'POST',
        headers: { ...headers, cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Further' }),
      }),
  },
  {
    action: 'project.create',
    how: 'by whoever runs the deployment',
    send: (_, headers) =>
      fetch(`${raw.origin}/v1/setup`, {
        method: 'POST',
        headers: { ...headers, authorization: `Bearer ${raw.setupToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'First', member: { name: 'Ada', email: null } }),
      }),
  },
  {
    action: 'project.rotate',
    send: (_, headers) => ask(raw, 'POST', `/v1/projects/${raw.project}/signing/rotate`, {}, headers),
  },
]

/** Everything that such a change can be seen in, whole or in part. */
const standing = `SELECT (SELECT json_group_array(id || name || state || version) FROM survey),
  (SELECT json_group_array(survey || version || asked) FROM survey_version),
  (SELECT json_group_array(id || name || query || visibility) FROM saved_view),
  (SELECT json_group_array(id) FROM delivery WHERE state = 'failed'),
  (SELECT json_group_array(id) FROM project), (SELECT json_group_array(project || secret) FROM signing_secret),
  (SELECT json_group_array(member || project) FROM membership), (SELECT json_group_array(id) FROM api_key),
  (SELECT json_group_array(id) FROM member), (SELECT json_group_array(hash) FROM member_link)`

describe('a crash at any call to the database leaves the change and its entry in the audit log, or neither:', () => {
  crashAtEachCall(() => raw, changes, standing)
})

const entriesOf = (target: string) =>
  rows<{ action: string; summary: string | null; after: string | null }>(
    raw,
    `SELECT action, summary, after FROM audit WHERE target = '${target}' ORDER BY at, id`,
  )

describe('whoever comes second leaves no entry', () => {
  /** What somebody else does right before the n-th call to the database of a request. */
  const overtakenBy = (method: string, path: string, body: object | undefined, words: string) => ({
    'bench-interrupt': JSON.stringify({
      call: 1,
      words,
      requests: [{ key: raw.secretKey, method, path, ...(body && { body }) }],
    }),
  })

  it('where a survey was changed meanwhile', async () => {
    const id = await survey()
    await raw.sql(`UPDATE survey SET updated_at = 1 WHERE id = '${id}'`)
    const path = `/v1/surveys/${id}`
    const late = overtakenBy('PUT', path, definition(id, 'First'), 'UPDATE survey')
    expect((await ask(raw, 'PUT', path, { ...otherwise, id }, late)).status).toBe(409)
    expect(await entriesOf(id)).toMatchObject([{ action: 'survey.create' }, { after: '{"name":"First"}' }])
    expect(await rows(raw, `SELECT version FROM survey_version WHERE survey = '${id}'`)).toEqual([{ version: 1 }])
    record({})
  })

  it.each([
    ['survey', '/v1/surveys', survey, 'UPDATE survey'],
    ['view', '/v1/views', view, 'UPDATE saved_view'],
  ])('where a %s is gone', async (_what, path, make, words) => {
    const id = await make()
    const at = `${path}/${id}`
    const late = overtakenBy('DELETE', at, undefined, words)
    expect((await ask(raw, 'PATCH', at, { name: 'Late' }, late)).status).toBe(404)
    expect((await ask(raw, 'DELETE', at)).status).toBe(404)
    expect((await entriesOf(id)).map(({ action }) => action.replace(/.*\./, ''))).toEqual(['create', 'delete'])
    record({})
  })

  it('where a survey’s id is taken', async () => {
    const id = await survey()
    expect((await ask(raw, 'POST', '/v1/surveys', definition(id))).status).toBe(409)
    expect(await entriesOf(id)).toHaveLength(1)
    record({})
  })
})

it('the entry of what is sent again says how many that were', async () => {
  const id = await webhook()
  const sent = async () => (await (await ask(raw, 'POST', `/v1/webhooks/${id}/resend`)).json()) as { count: number }
  await Promise.all([fail(id), fail(id), fail(id)])
  expect([await sent(), await sent()]).toEqual([{ count: 3 }, { count: 0 }])
  expect((await entriesOf(id)).map(({ summary }) => summary)).toEqual([null, '3 that failed', '0 that failed'])
  record({})
})
