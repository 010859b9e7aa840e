import { createMiddleware } from 'hono/factory'
import { type AppEnv, parseSettings } from '../env.ts'
import { failed } from '../failure.ts'
import { findAdmin, findMember, listMemberships } from '../storage/members.ts'
import { insertFirstProject } from '../storage/own-project.ts'
import { jsonBody } from './body.ts'
import { isSameOrigin } from './guard.ts'
import { makePublishable, makeSignInLink, newKey, newLink } from './make-key.ts'
import { refuse } from './refuse.ts'
import { makeRoom } from './room.ts'
import { operatorLinkRoute, sessionRoute, setupRoute, signOutRoute } from './schema.ts'
import { hashSecret, randomBase62 } from './secrets.ts'
import { endSession, nobody, readSession } from './session.ts'

/** Without the deployment's own token there is nothing here. Hashes are compared, so that the time it takes tells nothing. */
const requireSetupToken = createMiddleware<AppEnv>(async (c, next) => {
  const { setupToken } = parseSettings(c.env)
  const given = c.req.header('authorization')?.replace(/^Bearer\s+/i, '')
  const isHeld =
    setupToken !== null && given !== undefined && (await hashSecret(setupToken)) === (await hashSecret(given))
  return isHeld ? next() : refuse(c, failed('not-found', 'There is nothing at this address.').failure)
})

/** The session, and what the deployment's own token may do: the first project, and sign-in links for everybody. */
export const access = makeRoom()

access.openapi(sessionRoute, async (c) => {
  const session = await readSession(c, Date.now())
  if (session === null) return refuse(c, nobody(c, 'Nobody is signed in.'))
  if (!isSameOrigin(c)) {
    return refuse(c, failed('cross-site', 'A signed-in request must come from the console itself.').failure)
  }
  return c.json({ member: session.member, projects: session.projects }, 200, { 'cache-control': 'no-store' })
})

access.openapi(signOutRoute, async (c) => {
  if (!isSameOrigin(c)) return refuse(c, failed('cross-site', 'Sign out from the console itself.').failure)
  await endSession(c)
  return c.body(null, 204)
})

access.post('/v1/setup/sign-in-links', requireSetupToken, jsonBody)

access.openapi(operatorLinkRoute, async (c) => {
  const { project, member: wanted } = c.req.valid('json')
  const id = project === undefined ? (wanted ?? '') : await findAdmin(c.env.DB, project, false)
  const member = id === null ? null : await findMember(c.env.DB, id)
  if (member === null) return refuse(c, failed('not-found', 'There is no such member, or no admin there.').failure)
  const { origin } = new URL(c.req.url)
  const projects = project === undefined ? await listMemberships(c.env.DB, member.id) : [project]
  const now = Date.now()
  const target = { type: 'member', id: member.id }
  const audit = c.var.writeDown({ action: 'sign-in-link.create', target, projects })
  // Who runs the deployment may see everything in it.
  const link = await makeSignInLink(c.env.DB, origin, { member: member.id, projects: null }, now, audit)
  return c.json({ ...link, member }, 201)
})

access.post('/v1/setup', requireSetupToken, jsonBody)

access.openapi(setupRoute, async (c) => {
  const wish = c.req.valid('json')
  const now = Date.now()
  const project = crypto.randomUUID()
  const member = crypto.randomUUID()
  const publishable = makePublishable(project, now)
  const secret = await newKey(
    {
      project,
      type: 'secret',
      name: 'First key',
      environment: 'production',
      scopes: ['read', 'write', 'export', 'admin'],
      revokedAt: null,
    },
    now,
  )
  const { stored, link } = await newLink(new URL(c.req.url).origin, { member, projects: null }, now)
  const target = { type: 'project', id: project }
  const audit = c.var.writeDown({
    action: 'project.create',
    target,
    after: { name: wish.name },
    projects: [project],
  })
  const made = {
    project: { id: project, name: wish.name, settings: {}, secret: randomBase62(43) },
    keys: [publishable, secret.stored],
    member: { id: member, ...wish.member },
    link: stored,
  }
  await insertFirstProject(c.env.DB, made, now, audit)
  return c.json({ project, publishableKey: publishable.id, secretKey: secret.key, signInUrl: link.url }, 201)
})
