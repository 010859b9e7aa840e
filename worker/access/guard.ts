import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Role, Scope } from '../../sdk/wire/index.ts'
import type { Actor, AppContext, AppEnv } from '../env.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { updateKeyUse } from '../storage/keys.ts'
import { refuse } from './refuse.ts'
import { isUseDue } from './key-use.ts'
import { admitSecret } from './keys.ts'
import { nobody, readSession } from './session.ts'

/** What each role may do. */
const roleScopes: Record<Role, readonly Scope[]> = {
  viewer: ['read', 'export'],
  editor: ['read', 'write', 'export'],
  admin: ['read', 'write', 'export', 'admin'],
}

/**
 * Lets a request through when its secret key, or the role of its signed-in member, has the scope. A member's request
 * must come from the console's own origin. Without a scope, any key and any member will do.
 */
export function requireScope(scope?: Scope): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    // A request that passed one guard is known to the next.
    const outcome = c.var.actor === undefined ? await identify(c) : done(c.var.actor)
    if (!outcome.ok) return refuse(c, outcome.failure)
    const actor = outcome.value
    if (scope !== undefined && !actor.scopes.includes(scope)) {
      const holder = actor.role === null ? 'This key' : `The role ${actor.role}`
      return refuse(c, failed('no-scope', `${holder} lacks the scope '${scope}', which this needs.`).failure)
    }
    c.set('actor', actor)
    return next()
  })
}

/**
 * Lets a member's request through that is about the member's own things, in whatever project; keys have none. It must come
 * from the console's own origin.
 */
export const requireSession = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.header('authorization') !== undefined) {
    const detail = 'This belongs to a member, not to a project: a key cannot do it. Sign in to the console.'
    return refuse(c, failed('wrong-key', detail).failure)
  }
  const signedIn = await readSession(c, Date.now())
  if (signedIn === null) return refuse(c, nobody(c, 'Nobody is signed in. Sign in to the console.'))
  if (!isSameOrigin(c)) {
    return refuse(c, failed('cross-site', 'A signed-in request must come from the console itself.').failure)
  }
  c.set('signedIn', signedIn)
  return next()
})

async function identify(c: AppContext): Promise<Outcome<Actor>> {
  const authorization = c.req.header('authorization')
  if (authorization !== undefined) return identifyKey(c, authorization)
  const session = await readSession(c, Date.now())
  if (session === null) {
    return {
      ok: false,
      failure: nobody(c, 'Send a secret key (Authorization: Bearer sec_…) or sign in to the console.'),
    }
  }
  if (!isSameOrigin(c)) return failed('cross-site', 'A signed-in request must come from the console itself.')
  const wanted = c.req.query('project') ?? (session.projects.length === 1 ? session.projects[0]?.id : undefined)
  if (wanted === undefined) return failed('bad-request', 'You see several projects: say which with ?project=ID.')
  const project = session.projects.find(({ id }) => id === wanted)
  if (project === undefined) return failed('not-found', 'There is no such project, or it is not yours.')
  return done({
    id: `member:${session.member.id}`,
    name: session.member.name,
    project: project.id,
    scopes: roleScopes[project.role],
    role: project.role,
  })
}

async function identifyKey(c: AppContext, authorization: string): Promise<Outcome<Actor>> {
  const [scheme, key] = authorization.split(/\s+/)
  if (scheme?.toLowerCase() !== 'bearer' || key === undefined) {
    return failed('no-key', 'Send the secret key as: Authorization: Bearer sec_…')
  }
  const outcome = await admitSecret(c.env.DB, key)
  if (!outcome.ok) return outcome
  const record = outcome.value
  const wanted = c.req.query('project')
  if (wanted !== undefined && wanted !== record.project) {
    return failed('not-found', 'There is no such project, or it is not this key’s.')
  }
  const now = Date.now()
  if (isUseDue(record, now)) c.executionCtx.waitUntil(updateKeyUse(c.env.DB, record.id, now))
  return done({
    id: `key:${record.hint}`,
    name: record.name,
    project: record.project,
    scopes: record.scopes,
    role: null,
  })
}

/** Browsers say where a request comes from; one that says nothing at all is no browser's cross-site request. */
export function isSameOrigin(c: AppContext): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' || (site === 'none' && c.req.method === 'GET')
  const origin = c.req.header('origin')
  return origin === undefined ? c.req.method === 'GET' : origin === new URL(c.req.url).origin
}
