import type { AppContext } from '../env.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import type { Database } from '../storage/database.ts'
import {
  findIdentitySecrets,
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
import { iso, viewKey } from './view-key.ts'

/** A project's keys: publishable ones by environment, secret ones with scopes, identity secrets. Needs `admin`. */
export const keys = makeRoom()

keys.on(['GET', 'POST'], '/v1/projects/:id/keys', requireScope('admin'))
keys.post('/v1/projects/:id/keys', jsonBody)
keys.on(['DELETE', 'PATCH'], '/v1/projects/:id/keys/:key', requireScope('admin'))
keys.patch('/v1/projects/:id/keys/:key', jsonBody)
keys.post('/v1/projects/:id/keys/:key/rotate', requireScope('admin'), jsonBody)

const notYours = failed('not-found', 'There is no such project, or it is not yours.').failure

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

const allKeys = async (db: Database, project: string): Promise<KeyRecord[]> =>
  (await Promise.all([listKeys(db, project), listIdentitySecrets(db, project)])).flat()

keys.openapi(listKeysRoute, async (c) => {
  if (c.req.param('id') !== c.var.actor.project) return refuse(c, notYours)
  const items = (await allKeys(c.env.DB, c.var.actor.project)).toSorted((a, b) => a.createdAt - b.createdAt)
  return c.json({ items: items.map(viewKey) }, 200)
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
  const audit = (made: KeyRecord) =>
    c.var.writeDown({ action: 'key.create', target: targetOf(made), after: factsOf(made) })
  if (type === 'identity') {
    if (await hasManySecrets(c)) {
      return refuse(c, tooManySecrets)
    }
    const made = await makeIdentityKey(c.env.DB, { project, name, revokedAt }, now, audit)
    forgetIdentitySecrets(project)
    return c.json({ ...viewKey(made.record), key: made.key }, 201)
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
    audit,
  )
  return c.json({ ...viewKey(record), key }, 201)
})

keys.openapi(revokeKeyRoute, async (c) => {
  if (c.req.param('id') !== c.var.actor.project) return refuse(c, notYours)
  const { project } = c.var.actor
  const key = c.req.param('key')
  const now = Date.now()
  const audit = c.var.writeDown({ action: 'key.revoke', target: { type: 'key', id: key } })
  const isRevoked =
    (await revokeKey(c.env.DB, project, key, now, audit)) ||
    (await revokeIdentitySecret(c.env.DB, project, key, now, audit))
  forgetIdentitySecrets(project)
  if (!isRevoked) return refuse(c, noSuchKey)
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
  const before = (await allKeys(c.env.DB, project)).find(({ id }) => id === key.id)
  if (before === undefined) return refuse(c, noSuchKey)
  const { name: called = before.name, revokedAt = before.revokedAt } = change
  const after = factsOf({ ...before, name: called, revokedAt })
  const audit = c.var.writeDown({ action: 'key.update', target: targetOf(before), before: factsOf(before), after })
  const update = before.type === 'identity' ? updateIdentitySecret : updateKey
  const changed = await update(c.env.DB, key, change, audit)
  forgetIdentitySecrets(project)
  forgetKeys()
  if (changed === null) return refuse(c, noSuchKey)
  return c.json(viewKey(changed), 200)
})

keys.openapi(rotateKeyRoute, async (c) => {
  const { project } = c.var.actor
  if (c.req.param('id') !== project) return refuse(c, notYours)
  const { graceSeconds = serverLimits.keyGraceMs / 1_000 } = c.req.valid('json')
  const now = Date.now()
  const id = c.req.param('key') ?? ''
  const old = (await allKeys(c.env.DB, project)).find((one) => one.id === id)
  if (old === undefined) return refuse(c, noSuchKey)
  if (old.type === 'identity' && (await hasManySecrets(c))) return refuse(c, tooManySecrets)
  const ending = { now, until: now + graceSeconds * 1_000 }
  const rotated = await rotateKey(c.env.DB, old, ending, (record, replaced) => {
    const after = { ...factsOf(record), replacedBy: record.id }
    return c.var.writeDown({ action: 'key.rotate', target: targetOf(replaced), before: factsOf(replaced), after })
  })
  if (rotated === null) return refuse(c, noSuchKey)
  forgetIdentitySecrets(project)
  forgetKeys()
  return c.json({ ...viewKey(rotated.record), key: rotated.key, replaced: viewKey(rotated.replaced) }, 201)
})
