import type { Passkey } from '../../../sdk/wire/index.ts'
import { type AppContext } from '../../env.ts'
import { failed, done, type Outcome } from '../../failure.ts'
import { serverLimits } from '../../limits.ts'
import {
  beginByPasskey,
  deletePasskey,
  findPasskey,
  insertChallenge,
  insertPasskey,
  listPasskeys,
  type PasskeyRecord,
  updatePasskey,
} from '../../storage/passkeys.ts'
import { findSession } from '../../storage/sessions.ts'
import { jsonBody } from '../body.ts'
import { isSameOrigin, requireSession } from '../guard.ts'
import { limitAttempts } from '../limit-attempts.ts'
import { refuse } from '../refuse.ts'
import { makeRoom } from '../room.ts'
import { beginSession, isBehindAccess } from '../session.ts'
import {
  makeCreationOptions,
  makeRequestOptions,
  type Place,
  placeOf,
  verifyAssertion,
  verifyCreation,
} from './ceremony.ts'
import {
  createPasskeyRoute,
  deletePasskeyRoute,
  passkeyOptionsRoute,
  passkeysRoute,
  signInOptionsRoute,
  signInRoute,
  updatePasskeyRoute,
} from './schema.ts'

/** A member's passkeys, and signing in with one. */
export const passkeys = makeRoom()

passkeys.get('/v1/passkeys', requireSession)
passkeys.post('/v1/passkeys', requireSession, jsonBody)
passkeys.post('/v1/passkeys/options', requireSession)
passkeys.patch('/v1/passkeys/:id', requireSession, jsonBody)
passkeys.delete('/v1/passkeys/:id', requireSession)
passkeys.on('POST', ['/v1/sign-in', '/v1/sign-in/options'], limitAttempts)
passkeys.on('POST', '/v1/sign-in', jsonBody)

const targetOf = (id: string) => ({ type: 'passkey', id })

const noStore = { 'cache-control': 'no-store' }

/** Where passkeys work at all. */
function findPlace(c: AppContext): Outcome<Place> {
  if (isBehindAccess(c)) {
    return failed('invalid', 'Here Cloudflare Access says who is signed in; passkeys are not used.')
  }
  const place = placeOf(c.req.url)
  return place === null
    ? failed('invalid', 'A passkey belongs to a host’s name, not to an address: open the console by its name.')
    : done(place)
}

function viewFor(c: AppContext): (passkey: PasskeyRecord) => Passkey {
  const { projects } = c.var.signedIn
  return ({ id, name, synced, projects: opened, createdAt, lastUsedAt }) => ({
    id,
    name,
    synced,
    opensAll: opened === null || projects.every((project) => opened.includes(project.id)),
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
  })
}

passkeys.openapi(passkeysRoute, async (c) => {
  const found = isBehindAccess(c) ? [] : await listPasskeys(c.env.DB, c.var.signedIn.member.id)
  return c.json({ items: found.map(viewFor(c)) }, 200, noStore)
})

passkeys.openapi(passkeyOptionsRoute, async (c) => {
  const place = findPlace(c)
  if (!place.ok) return refuse(c, place.failure)
  const { member } = c.var.signedIn
  const { challenge, publicKey } = await makeCreationOptions(
    place.value,
    member,
    await listPasskeys(c.env.DB, member.id),
  )
  await keepChallenge(c, challenge, member.id)
  return c.json({ publicKey }, 200, noStore)
})

passkeys.openapi(createPasskeyRoute, async (c) => {
  const place = findPlace(c)
  if (!place.ok) return refuse(c, place.failure)
  const { member, record } = c.var.signedIn
  const given = c.req.valid('json')
  const now = Date.now()
  const made = await verifyCreation(c.env.DB, place.value, given, { member: member.id, now })
  if (made === null) {
    const detail = 'This passkey was not made for what was asked here, or too late. Begin again.'
    return refuse(c, failed('invalid', detail).failure)
  }
  const passkey = {
    ...made,
    id: crypto.randomUUID(),
    member: member.id,
    // It signs in to no more than the session that it was added in.
    projects: record?.projects ?? null,
    name: given.name,
    createdAt: now,
    lastUsedAt: null,
  }
  if (await insertPasskey(c.env.DB, passkey, serverLimits.passkeysMax)) {
    c.set('audit', { action: 'passkey.create', target: targetOf(passkey.id), after: { name: passkey.name } })
    return c.json(viewFor(c)(passkey), 201)
  }
  const detail = `This passkey is known already, or you have ${serverLimits.passkeysMax}: remove one that you no longer use.`
  return refuse(c, failed('conflict', detail).failure)
})

const noSuch = failed('not-found', 'You have no such passkey.').failure

passkeys.openapi(updatePasskeyRoute, async (c) => {
  const { member, record } = c.var.signedIn
  const { name, opensAll } = c.req.valid('json')
  const opens = opensAll === true ? { opens: record?.projects ?? null } : {}
  const changed = await updatePasskey(c.env.DB, { member: member.id, id: c.req.param('id') ?? '' }, { name, ...opens })
  if (changed === null) return refuse(c, noSuch)
  const after = viewFor(c)(changed)
  const facts = { name: after.name, opensAll: after.opensAll }
  c.set('audit', { action: 'passkey.update', target: targetOf(changed.id), after: facts })
  return c.json(after, 200)
})

passkeys.openapi(deletePasskeyRoute, async (c) => {
  const id = c.req.param('id') ?? ''
  if (!(await deletePasskey(c.env.DB, c.var.signedIn.member.id, id))) return refuse(c, noSuch)
  c.set('audit', { action: 'passkey.delete', target: targetOf(id) })
  return c.body(null, 204)
})

const crossSite = failed('cross-site', 'Sign in on the console’s own page.').failure

passkeys.openapi(signInOptionsRoute, async (c) => {
  if (!isSameOrigin(c)) return refuse(c, crossSite)
  const place = findPlace(c)
  if (!place.ok) return refuse(c, place.failure)
  const { challenge, publicKey } = await makeRequestOptions(place.value)
  await keepChallenge(c, challenge, null)
  return c.json({ publicKey }, 200, noStore)
})

const notKnown = failed(
  'bad-token',
  'Nobody here has this passkey, or it was asked for too long ago. Try again, or use a sign-in link.',
).failure

passkeys.openapi(signInRoute, async (c) => {
  // A page elsewhere must not sign somebody in as somebody else.
  if (!isSameOrigin(c)) return refuse(c, crossSite)
  const place = findPlace(c)
  if (!place.ok) return refuse(c, place.failure)
  const given = c.req.valid('json')
  const now = Date.now()
  const passkey = await findPasskey(c.env.DB, given.credential.id)
  if (passkey === null) return refuse(c, notKnown)
  const proof = await verifyAssertion(c.env.DB, place.value, given, { passkey, now })
  if (proof === null) return refuse(c, notKnown)
  let hash = ''
  const isBegun = await beginSession(c, 'passkey', now, (session) => {
    hash = session.hash
    return beginByPasskey(c.env.DB, { passkey: passkey.id, ...proof }, session)
  })
  const signedIn = isBegun ? await findSession(c.env.DB, hash, now) : null
  if (signedIn === null) return refuse(c, notKnown)
  return c.json({ member: signedIn.member, projects: signedIn.projects }, 200, noStore)
})

async function keepChallenge(c: AppContext, challenge: string, member: string | null): Promise<void> {
  const now = Date.now()
  await insertChallenge(c.env.DB, { challenge, member, now, expiresAt: now + serverLimits.challengeMs })
}
