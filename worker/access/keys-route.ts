import type { Key } from '../../sdk/wire/index.ts'
import type { AppContext } from '../env.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import {
  findIdentitySecrets,
  isIdentitySecret,
  listIdentitySecrets,
  revokeIdentitySecret,
  updateIdentitySecret,
} from '../storage/identity-secrets.ts'
import { type KeyRecord, listKeys, revokeKey, updateKey } from '../storage/keys.ts'
import { jsonBody } from './body.ts'
import { requireScope } from './guard.ts'
import { forgetIdentitySecrets } from './identity-secrets.ts'
import { forgetKeys } from './keys.ts'
import { makeIdentityKey, makeKey, rotateKey } from './make-key.ts'
import { refuse } from './refuse.ts'
import { makeRoom } from './room.ts'
import { createKeyRoute, listKeysRoute, revokeKeyRoute, rotateKeyRoute, updateKeyRoute } from './schema.ts'

/** A project's keys: publishable ones by environment, secret ones with scopes, identity secrets. Needs `admin`. */
export const keys = makeRoom()

keys.on(['GET', 'POST'], '/v1/projects/:id/keys', requireScope('admin'))
keys.post('/v1/projects/:id/keys', jsonBody)
keys.on(['DELETE', 'PATCH'], '/v1/projects/:id/keys/:key', requireScope('admin'))
keys.patch('/v1/projects/:id/keys/:key', jsonBody)
keys.post('/v1/projects/:id/keys/:key/rotate', requireScope('admin'), jsonBody)

const notYours = failed('not-found', 'There is no such project, or it is not yours.').failure

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

const noSuchKey = failed('not-found', 'There is no such key, or it was revoked before.').failure
const tooManySecrets = failed(
  'invalid',
  `This project has ${serverLimits.identitySecretsMax} identity secrets. Revoke one that nobody signs with any more.`,
).failure

const hasManySecrets = async (c: AppContext): Promise<boolean> =>
  (await findIdentitySecrets(c.env.DB, c.var.actor.project, Date.now())).length >= serverLimits.identitySecretsMax

/** When a key is to stop, as epoch ms: to come, and within ten years. */
function readEnd(text: string | null, now: number): Outcome<number | null> {
  if (text === null) return done(null)
  const at = Date.parse(text)
  if (at > now && at <= now + serverLimits.keyLifeMaxMs) return done(at)
  const issues = [{ path: 'expiresAt', reason: 'must lie ahead, by ten years at most' }]
  return failed('invalid', 'A key can stop at a time to come only, within ten years. To stop it now, revoke it.', {
    issues,
  })
}

/** A key as the wire shows it: one that is revoked at a time to come goes on until then. */
function view({ project: _project, createdAt, lastUsedAt, revokedAt, ...key }: KeyRecord): Key {
  const isLive = revokedAt === null || revokedAt > Date.now()
  return {
    ...key,
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: iso(lastUsedAt),
    expiresAt: isLive ? iso(revokedAt) : null,
    revokedAt: isLive ? null : iso(revokedAt),
  }
}

const targetOf = ({ id }: KeyRecord) => ({ type: 'key', id })

/** What the audit log keeps of a key. */
const factsOf = ({ type, name, hint, environment, scopes, revokedAt }: KeyRecord) => ({
  type,
  name,
  hint,
  ...(type === 'publishable' && { environment }),
  ...(type === 'secret' && { scopes }),
  expiresAt: iso(revokedAt),
})

keys.openapi(listKeysRoute, async (c) => {
  if (c.req.param('id') !== c.var.actor.project) return refuse(c, notYours)
  const { project } = c.var.actor
  const found = await Promise.all([listKeys(c.env.DB, project), listIdentitySecrets(c.env.DB, project)])
  const items = found.flat().toSorted((a, b) => a.createdAt - b.createdAt)
  return c.json({ items: items.map(view) }, 200)
})

keys.openapi(createKeyRoute, async (c) => {
  const { project } = c.var.actor
  if (c.req.param('id') !== project) return refuse(c, notYours)
  const wish = c.req.valid('json')
  const { type, name } = wish
  const now = Date.now()
  const end = readEnd(wish.expiresAt ?? null, now)
  if (!end.ok) return refuse(c, end.failure)
  const revokedAt = end.value
  if (type === 'identity') {
    if (await hasManySecrets(c)) {
      return refuse(c, tooManySecrets)
    }
    const made = await makeIdentityKey(c.env.DB, { project, name, revokedAt }, now)
    forgetIdentitySecrets(project)
    c.set('audit', { action: 'key.create', target: targetOf(made.record), after: factsOf(made.record) })
    return c.json({ ...view(made.record), key: made.key }, 201)
  }
  const { key, record } = await makeKey(
    c.env.DB,
    {
      project,
      type,
      name,
      environment: (wish.type === 'publishable' ? wish.environment : undefined) ?? 'production',
      scopes: wish.type === 'secret' ? wish.scopes : [],
      revokedAt,
    },
    now,
  )
  c.set('audit', { action: 'key.create', target: targetOf(record), after: factsOf(record) })
  return c.json({ ...view(record), key }, 201)
})

keys.openapi(revokeKeyRoute, async (c) => {
  if (c.req.param('id') !== c.var.actor.project) return refuse(c, notYours)
  const { project } = c.var.actor
  const key = c.req.param('key')
  const now = Date.now()
  const isRevoked =
    (await revokeKey(c.env.DB, project, key, now)) || (await revokeIdentitySecret(c.env.DB, project, key, now))
  forgetIdentitySecrets(project)
  if (!isRevoked) return refuse(c, noSuchKey)
  c.set('audit', { action: 'key.revoke', target: { type: 'key', id: key } })
  return c.body(null, 204)
})

keys.openapi(updateKeyRoute, async (c) => {
  const { project } = c.var.actor
  if (c.req.param('id') !== project) return refuse(c, notYours)
  const { name, expiresAt } = c.req.valid('json')
  const now = Date.now()
  const end = readEnd(expiresAt ?? null, now)
  if (!end.ok) return refuse(c, end.failure)
  const change = { name, ...(expiresAt === undefined ? {} : { revokedAt: end.value }) }
  const key = { project, id: c.req.param('key') ?? '', now }
  const changed = (await updateKey(c.env.DB, key, change)) ?? (await updateIdentitySecret(c.env.DB, key, change))
  forgetIdentitySecrets(project)
  forgetKeys()
  if (changed === null) return refuse(c, noSuchKey)
  c.set('audit', { action: 'key.update', target: targetOf(changed), after: factsOf(changed) })
  return c.json(view(changed), 200)
})

keys.openapi(rotateKeyRoute, async (c) => {
  const { project } = c.var.actor
  if (c.req.param('id') !== project) return refuse(c, notYours)
  const { graceSeconds = serverLimits.keyGraceMs / 1_000 } = c.req.valid('json')
  const now = Date.now()
  const id = c.req.param('key') ?? ''
  if ((await isIdentitySecret(c.env.DB, project, id)) && (await hasManySecrets(c))) return refuse(c, tooManySecrets)
  const rotated = await rotateKey(c.env.DB, { project, id, now, until: now + graceSeconds * 1_000 })
  if (rotated === null) return refuse(c, noSuchKey)
  forgetIdentitySecrets(project)
  forgetKeys()
  const { record, replaced } = rotated
  const after = { ...factsOf(record), replacedBy: record.id }
  c.set('audit', { action: 'key.rotate', target: targetOf(replaced), before: factsOf(replaced), after })
  return c.json({ ...view(rotated.record), key: rotated.key, replaced: view(rotated.replaced) }, 201)
})
