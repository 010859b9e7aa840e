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
  const { member, record } = c.var.signedIn
  const found = isBehindAccess(c) ? [] : await listPasskeys(c.env.DB, member.id, record?.projects ?? null)
  const items = found.filter(({ isWithin }) => isWithin).map(viewFor(c))
  return c.json({ items, hidden: found.length - items.length }, 200, noStore)
})

passkeys.openapi(passkeyOptionsRoute, async (c) => {
  const place = findPlace(c)
  if (!place.ok) return refuse(c, place.failure)
  const { member } = c.var.signedIn
  const known = await listPasskeys(c.env.DB, member.id, null)
  const { challenge, publicKey } = await makeCreationOptions(place.value, member, known)
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
  const after = { name: passkey.name }
  const audit = c.var.writeDown({ action: 'passkey.create', target: targetOf(passkey.id), after })
  const rules = { max: serverLimits.passkeysMax, session: record?.hash ?? '' }
  if (await insertPasskey(c.env.DB, passkey, rules, audit)) {
    return c.json(viewFor(c)(passkey), 201)
  }
  const detail = `This passkey is known already, or you have ${serverLimits.passkeysMax}, or you were signed out meanwhile. Remove one that you no longer use, or sign in again.`
  return refuse(c, failed('conflict', detail).failure)
})

const noSuch = failed('not-found', 'You have no such passkey.')
const opensMore = failed(
  'no-scope',
  'This passkey signs in to projects of yours that you are not signed in to here. Sign in with it, or by a link that opens them all, and try again there.',
)

/** A passkey of theirs that something can be done about in this session. */
async function findOwn(c: AppContext): Promise<Outcome<PasskeyRecord>> {
  const { member, record } = c.var.signedIn
  const all = await listPasskeys(c.env.DB, member.id, record?.projects ?? null)
  const found = all.find(({ id }) => id === c.req.param('id'))
  return found === undefined ? noSuch : found.isWithin ? done(found) : opensMore
}

passkeys.openapi(updatePasskeyRoute, async (c) => {
  const { member, record } = c.var.signedIn
  const { name, opensAll } = c.req.valid('json')
  const opens = opensAll === true ? { opens: record?.projects ?? null } : {}
  const found = await findOwn(c)
  if (!found.ok) return refuse(c, found.failure)
  const { id, ...before } = viewFor(c)(found.value)
  const after = { name: name ?? before.name, opensAll: opensAll === true || before.opensAll }
  const audit = c.var.writeDown({ action: 'passkey.update', target: targetOf(id), after })
  const changed = await updatePasskey(c.env.DB, { member: member.id, id }, { name, ...opens }, audit)
  return changed === null ? refuse(c, noSuch.failure) : c.json(viewFor(c)(changed), 200)
})

passkeys.openapi(deletePasskeyRoute, async (c) => {
  const found = await findOwn(c)
  if (!found.ok) return refuse(c, found.failure)
  const { id, member } = found.value
  const audit = c.var.writeDown({ action: 'passkey.delete', target: targetOf(id) })
  if (!(await deletePasskey(c.env.DB, member, id, audit))) return refuse(c, noSuch.failure)
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
