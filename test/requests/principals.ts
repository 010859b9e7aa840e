import { createHash } from 'node:crypto'
import type { Role } from '../../sdk/wire/index.ts'
import { type RawSystem } from '../bench/raw/serve.mjs'

/** Who may ask. */
export interface Principal {
  name: string
  headers: Record<string, string>
  /** What they may do in the project of the raw system; null where they are nobody there. */
  scopes: readonly string[] | null
  /** Whether it is a signed-in member, who has things of their own. */
  isMember?: boolean
  /** What a member's requests name as the project, as the console does; a key has one of its own. */
  query?: Record<string, string>
}

const rights: Record<Role, string[]> = {
  viewer: ['read', 'export'],
  editor: ['read', 'write', 'export'],
  admin: ['read', 'write', 'export', 'admin'],
}
const forEver = Date.parse('2100-01-01')

/** The statement of a session that opens every project of its member. */
export const insertSession = (member: string, hash: string, id: string, until = forEver) =>
  `INSERT OR REPLACE INTO member_session (hash, id, member, method, browser, created_at, last_used_at, expires_at)
  VALUES ('${hash}', '${id}', '${member}', 'link', '', 0, 0, ${until})`

/** Puts a member with a session into a project; answers with the session's cookie. */
export async function addMember(
  raw: RawSystem,
  { id, project, role, until = forEver }: { id: string; project: string; role: Role; until?: number },
): Promise<string> {
  const hash = createHash('sha256').update(id).digest('hex')
  await raw.sql(
    `INSERT OR IGNORE INTO member (id, name, email) VALUES ('${id}', '${id}', NULL)`,
    `INSERT OR REPLACE INTO membership (member, project, role) VALUES ('${id}', '${project}', '${role}')`,
    insertSession(id, hash, hash.slice(0, 32), until),
  )
  return `earshot_session=${id}`
}

/** Makes a key in the project of a key. */
export async function addKey(origin: string, by: { project: string; secretKey: string }, scopes: readonly string[]) {
  const response = await fetch(`${origin}/v1/projects/${by.project}/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${by.secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'secret', name: scopes.join(' '), scopes }),
  })
  return (await response.json()) as { key: string; id: string }
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
const fromConsole = (cookie: string) => ({ cookie, 'sec-fetch-site': 'same-origin' })

/** Everybody who may come to a project: with every right, with some, and with none. */
export async function makePrincipals(raw: RawSystem): Promise<Principal[]> {
  const { project, secretKey, publishableKey, origin } = raw
  const own = { project, secretKey }
  const all = ['read', 'write', 'export', 'admin']
  const keys = await Promise.all(all.map((scope) => addKey(origin, own, [scope])))
  const revoked = await addKey(origin, own, all)
  await raw.call(`/v1/projects/${project}/keys/${revoked.id}`, { method: 'DELETE' })
  const cookies = await Promise.all(
    (['viewer', 'editor', 'admin'] as const).map((role) => addMember(raw, { id: role, project, role })),
  )
  const expired = await addMember(raw, { id: 'expired', project, role: 'admin', until: Date.now() - 1 })
  return [
    ...keys.map(({ key }, i) => ({ name: `key ${all[i]}`, headers: bearer(key), scopes: [all[i] ?? ''] })),
    { name: 'key with all', headers: bearer(secretKey), scopes: all },
    ...cookies.map((cookie, i) => {
      const role = (['viewer', 'editor', 'admin'] as const)[i] ?? 'viewer'
      return { name: role, headers: fromConsole(cookie), scopes: rights[role], isMember: true, query: { project } }
    }),
    { name: 'nobody', headers: {}, scopes: null },
    { name: 'publishable key', headers: bearer(publishableKey), scopes: null },
    { name: 'revoked key', headers: bearer(revoked.key), scopes: null },
    { name: 'unknown key', headers: bearer(`sec_${'0'.repeat(40)}`), scopes: null },
    { name: 'expired session', headers: fromConsole(expired), scopes: null },
    { name: 'session that never was', headers: fromConsole('earshot_session=never'), scopes: null },
    {
      name: 'admin from another site',
      headers: { cookie: cookies[2] ?? '', 'sec-fetch-site': 'cross-site' },
      scopes: null,
    },
    {
      name: 'admin from a sibling site',
      headers: { cookie: cookies[2] ?? '', 'sec-fetch-site': 'same-site' },
      scopes: null,
    },
  ]
}

/** Those who have every right in another project, and none here. */
export async function makeStrangers(
  raw: RawSystem,
  other: { project: string; secretKey: string },
): Promise<Principal[]> {
  const cookie = await addMember(raw, { id: 'stranger', project: other.project, role: 'admin' })
  await addMember(raw, { id: 'leaver', project: raw.project, role: 'admin' })
  const left = await addMember(raw, { id: 'leaver', project: other.project, role: 'admin' })
  await raw.sql(`DELETE FROM membership WHERE member = 'leaver' AND project = '${raw.project}'`)
  return [
    { name: 'key of another project', headers: bearer(other.secretKey), scopes: null },
    {
      name: 'admin of another project',
      headers: fromConsole(cookie),
      scopes: null,
      isMember: true,
      query: { project: other.project },
    },
    {
      name: 'admin who left for another project',
      headers: fromConsole(left),
      scopes: null,
      isMember: true,
      query: { project: other.project },
    },
  ]
}
