import { createMiddleware } from 'hono/factory'
import { type AppEnv, parseSettings } from '../env.ts'
import { failed } from '../failure.ts'
import { findAdmin, findMember, insertMember } from '../storage/members.ts'
import { insertProject } from '../storage/projects.ts'
import { jsonBody } from './body.ts'
import { isSameOrigin, requireScope } from './guard.ts'
import { makeKey, makeSignInLink } from './make-key.ts'
import { refuse } from './refuse.ts'
import { makeRoom } from './room.ts'
import { sessionRoute, setupRoute, signInLinkRoute, signOutRoute } from './schema.ts'
import { hashSecret, randomBase62 } from './secrets.ts'
import { endSession, readSession } from './session.ts'

/** Without the deployment's own token there is nothing here. Hashes are compared, so that the time it takes tells nothing. */
const requireSetupToken = createMiddleware<AppEnv>(async (c, next) => {
  const { setupToken } = parseSettings(c.env)
  const given = c.req.header('authorization')?.replace(/^Bearer\s+/i, '')
  const isHeld =
    setupToken !== null && given !== undefined && (await hashSecret(setupToken)) === (await hashSecret(given))
  return isHeld ? next() : refuse(c, failed('not-found', 'There is nothing at this address.').failure)
})

/** Sessions, sign-in links, and the first project of a deployment. */
export const access = makeRoom()

access.openapi(sessionRoute, async (c) => {
  const session = await readSession(c, Date.now())
  if (session === null) return refuse(c, failed('no-key', 'Nobody is signed in.').failure)
  return c.json(session, 200, { 'cache-control': 'no-store' })
})

access.openapi(signOutRoute, async (c) => {
  if (!isSameOrigin(c)) return refuse(c, failed('cross-site', 'Sign out from the console itself.').failure)
  await endSession(c)
  return c.body(null, 204)
})

access.post('/v1/sign-in-links', requireScope('admin'))

access.openapi(signInLinkRoute, async (c) => {
  const admin = await findAdmin(c.env.DB, c.var.actor.project)
  if (admin === null) return refuse(c, failed('not-found', 'This project has no admin.').failure)
  const member = await findMember(c.env.DB, admin)
  if (member === null) return refuse(c, failed('not-found', 'There is no such member.').failure)
  const link = await makeSignInLink(c.env.DB, new URL(c.req.url).origin, admin, Date.now())
  return c.json({ url: link.url, expiresAt: new Date(link.expiresAt).toISOString(), member }, 201)
})

access.post('/v1/setup', requireSetupToken, jsonBody)

access.openapi(setupRoute, async (c) => {
  const wish = c.req.valid('json')
  const now = Date.now()
  const project = crypto.randomUUID()
  const member = crypto.randomUUID()
  await insertProject(c.env.DB, { id: project, name: wish.name, settings: {}, secret: randomBase62(43) }, now)
  await insertMember(c.env.DB, { id: member, ...wish.member, project, role: 'admin' })
  const publishable = await makeKey(
    c.env.DB,
    { project, type: 'publishable', name: 'Production', environment: 'production', scopes: [] },
    now,
  )
  const secret = await makeKey(
    c.env.DB,
    {
      project,
      type: 'secret',
      name: 'First key',
      environment: 'production',
      scopes: ['read', 'write', 'export', 'admin'],
    },
    now,
  )
  const link = await makeSignInLink(c.env.DB, new URL(c.req.url).origin, member, now)
  return c.json({ project, publishableKey: publishable.key, secretKey: secret.key, signInUrl: link.url }, 201)
})
