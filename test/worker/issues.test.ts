import { beforeAll, expect, it } from 'vitest'
import type { Problem } from '../../sdk/wire/index.ts'
import { newId, startSystem, type System } from '../support/system.ts'

let system: System
let id: string
beforeAll(async () => {
  system = await startSystem('Issues')
  id = newId()
  await system.submit({ id, message: 'Hello' })
})

const long = 'x'.repeat(300)
const project = () => `/v1/projects/${system.project}`

/** What is sent, and what the answer says of it. */
const cases: [method: string, path: () => string, body: object, reason: string | RegExp][] = [
  ['POST', () => `/v1/feedback/${id}/notes`, { text: '' }, 'text is empty'],
  ['POST', () => `/v1/feedback/${id}/notes`, { text: 7 }, 'text must be string, not number'],
  ['POST', () => `/v1/feedback/${id}/notes`, { id: 'x', text: 'y' }, 'id must be a UUID'],
  ['POST', () => `${project()}/keys`, { type: 'golden', name: 'x' }, 'type is not what this field takes'],
  ['POST', () => `${project()}/keys`, { type: 'publishable', name: long }, /^name must have at most \d+ characters/],
  ['POST', () => `${project()}/keys`, { type: 'publishable' }, 'name is missing'],
  [
    'POST',
    () => `${project()}/keys`,
    { type: 'publishable', name: 'x', expiresAt: 'soon' },
    'expiresAt must be a time such as 2026-01-31T10:00:00Z',
  ],
  ['PATCH', () => project(), { quota: { perDay: 0 } }, 'quota.perDay must be at least 1'],
  ['PATCH', () => project(), { quota: { perDay: 1.5 } }, 'quota.perDay must be a whole number'],
  ['POST', () => '/v1/feedback/bulk', { filter: 'kind=bug', patch: { message: 'x' } }, 'patch does not know "message"'],
  ['POST', () => '/v1/feedback/bulk', { changes: [] }, /^changes is empty/],
  ['POST', () => '/v1/invitations', { role: 'owner' }, 'role must be one of "viewer", "editor", "admin"'],
]

it.each(cases.map(([method, path, body, reason]) => [reason, method, path, body] as const))(
  'is said in words of ours: %s',
  async (reason, method, path, body) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await system.call(path(), { method, headers, body: JSON.stringify(body) })
    expect(answer.status).toBe(422)
    const { issues = [], detail } = (await answer.json()) as Problem
    const [said] = issues.map(({ path: at, reason: why }) => `${at} ${why}`)
    if (typeof reason === 'string') expect(said).toBe(reason)
    else expect(said).toMatch(reason)
    expect(detail).toContain(issues[0]?.reason)
  },
)
