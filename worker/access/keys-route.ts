import type { Key } from '../../sdk/wire/index.ts'
import { failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { findIdentitySecrets, listIdentitySecrets, revokeIdentitySecret } from '../storage/identity-secrets.ts'
import { type KeyRecord, listKeys, revokeKey } from '../storage/keys.ts'
import { jsonBody } from './body.ts'
import { requireScope } from './guard.ts'
import { forgetIdentitySecrets } from './identity-secrets.ts'
import { makeIdentityKey, makeKey } from './make-key.ts'
import { refuse } from './refuse.ts'
import { makeRoom } from './room.ts'
import { createKeyRoute, listKeysRoute, revokeKeyRoute } from './schema.ts'

/** A project's keys: publishable ones by environment, secret ones with scopes, identity secrets. Needs `admin`. */
export const keys = makeRoom()

keys.on(['GET', 'POST'], '/v1/projects/:id/keys', requireScope('admin'))
keys.post('/v1/projects/:id/keys', jsonBody)
keys.on('DELETE', '/v1/projects/:id/keys/:key', requireScope('admin'))

const notYours = failed('not-found', 'There is no such project, or it is not yours.').failure

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

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
  if (type === 'identity') {
    if ((await findIdentitySecrets(c.env.DB, project)).length >= serverLimits.identitySecretsMax) {
      const detail = `This project has ${serverLimits.identitySecretsMax} identity secrets. Revoke one that nobody signs with any more.`
      return refuse(c, failed('invalid', detail).failure)
    }
    const made = await makeIdentityKey(c.env.DB, { project, name }, Date.now())
    forgetIdentitySecrets(project)
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
    },
    Date.now(),
  )
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
  return isRevoked
    ? c.body(null, 204)
    : refuse(c, failed('not-found', 'There is no such key, or it was revoked before.').failure)
})
