import { failed } from '../failure.ts'
import { type KeyRecord, listKeys, revokeKey } from '../storage/keys.ts'
import { jsonBody } from './body.ts'
import { requireScope } from './guard.ts'
import { makeKey } from './make-key.ts'
import { refuse } from './refuse.ts'
import { makeRoom } from './room.ts'
import { createKeyRoute, listKeysRoute, revokeKeyRoute } from './schema.ts'

/** A project's keys: publishable ones by environment, secret ones with scopes. Needs `admin`. */
export const keys = makeRoom()

keys.on(['GET', 'POST'], '/v1/projects/:id/keys', requireScope('admin'))
keys.post('/v1/projects/:id/keys', jsonBody)
keys.on('DELETE', '/v1/projects/:id/keys/:key', requireScope('admin'))

const notYours = failed('not-found', 'There is no such project, or it is not yours.').failure

const view = ({ project: _project, createdAt, lastUsedAt, revokedAt, ...key }: KeyRecord) => ({
  ...key,
  createdAt: new Date(createdAt).toISOString(),
  lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
  revokedAt: revokedAt === null ? null : new Date(revokedAt).toISOString(),
})

keys.openapi(listKeysRoute, async (c) => {
  if (c.req.param('id') !== c.var.actor.project) return refuse(c, notYours)
  return c.json({ items: (await listKeys(c.env.DB, c.var.actor.project)).map(view) }, 200)
})

keys.openapi(createKeyRoute, async (c) => {
  const { project } = c.var.actor
  if (c.req.param('id') !== project) return refuse(c, notYours)
  const wish = c.req.valid('json')
  const { type, name } = wish
  const { key, record } = await makeKey(
    c.env.DB,
    {
      project,
      type,
      name,
      environment: wish.type === 'publishable' ? wish.environment : 'production',
      scopes: wish.type === 'secret' ? wish.scopes : [],
    },
    Date.now(),
  )
  return c.json({ ...view(record), key }, 201)
})

keys.openapi(revokeKeyRoute, async (c) => {
  if (c.req.param('id') !== c.var.actor.project) return refuse(c, notYours)
  const revoked = await revokeKey(c.env.DB, c.var.actor.project, c.req.param('key'), Date.now())
  return revoked
    ? c.body(null, 204)
    : refuse(c, failed('not-found', 'There is no such key, or it was revoked before.').failure)
})
