import type { Scope } from '../../sdk/wire/index.ts'
import type { Database } from '../storage/database.ts'
import { insertIdentitySecret, isIdentitySecret, replaceIdentitySecret } from '../storage/identity-secrets.ts'
import { insertKey, type KeyEnding, type KeyRecord, type NewKeyRecord, replaceKey } from '../storage/keys.ts'
import { insertSignInLink } from '../storage/sessions.ts'
import { serverLimits } from '../limits.ts'
import { hashSecret, makeIdentitySecret, makePublishableKey, makeSecretKey, randomBase62 } from './secrets.ts'

/** What a new publishable or secret key is to be. */
export interface KeyWish {
  project: string
  type: 'publishable' | 'secret'
  name: string
  environment: string
  scopes: Scope[]
  /** When it stops by itself, epoch ms; null: it does not. */
  revokedAt: number | null
}

/** A key that was just made. The key itself is given back here and nowhere else. */
export interface MadeKey {
  key: string
  record: KeyRecord
}

/** Makes and stores a key. */
export async function makeKey(db: Database, wish: KeyWish, now: number): Promise<MadeKey> {
  const key = wish.type === 'secret' ? makeSecretKey() : makePublishableKey()
  const id = wish.type === 'secret' ? await hashSecret(key) : key
  const record = { ...wish, id, hint: key.slice(0, 10), createdAt: now }
  await insertKey(db, record)
  return { key, record: { ...record, lastUsedAt: null } }
}

/** Makes the publishable key that a project begins with; storing it is for whoever makes the project. */
export function makePublishable(project: string, now: number): NewKeyRecord {
  const id = makePublishableKey()
  const hint = id.slice(0, 10)
  const rest = { name: 'Production', environment: 'production', scopes: [], createdAt: now, revokedAt: null }
  return { id, project, type: 'publishable', hint, ...rest }
}

/** Makes and stores an identity secret. */
export async function makeIdentityKey(
  db: Database,
  { project, name, revokedAt }: Pick<KeyWish, 'project' | 'name' | 'revokedAt'>,
  now: number,
): Promise<MadeKey> {
  const key = makeIdentitySecret()
  const stored = { id: await hashSecret(key), project, name, hint: key.slice(0, 10), createdAt: now, revokedAt }
  await insertIdentitySecret(db, stored, key)
  return {
    key,
    record: { ...stored, type: 'identity', environment: 'production', scopes: [], lastUsedAt: null },
  }
}

/** A new key in the place of an old one, and the old one as it is now. */
export interface ReplacedKey extends MadeKey {
  replaced: KeyRecord
}

/** Makes a key like another one, of whatever type, which stops at `until`; null where that has stopped or never was. */
export async function rotateKey(db: Database, ending: KeyEnding): Promise<ReplacedKey | null> {
  const { project, id, now } = ending
  if (await isIdentitySecret(db, project, id)) {
    const key = makeIdentitySecret()
    const made = { id: await hashSecret(key), hint: key.slice(0, 10) }
    const replaced = await replaceIdentitySecret(db, ending, made, key)
    return replaced === null ? null : { key, replaced, record: likeNew(replaced, made, now) }
  }
  // A publishable key is its own id, a secret one is known by its hash.
  const isSecret = !id.startsWith('pub_')
  const key = isSecret ? makeSecretKey() : makePublishableKey()
  const made = { id: isSecret ? await hashSecret(key) : key, hint: key.slice(0, 10) }
  const replaced = await replaceKey(db, ending, made)
  return replaced === null ? null : { key, replaced, record: likeNew(replaced, made, now) }
}

const likeNew = (old: KeyRecord, made: Pick<KeyRecord, 'id' | 'hint'>, now: number): KeyRecord => ({
  ...old,
  ...made,
  createdAt: now,
  lastUsedAt: null,
  revokedAt: null,
})

/** Makes a link that signs a member in, once, within a day, to these projects (null: all that they ever belong to). */
export async function makeSignInLink(
  db: Database,
  origin: string,
  { member, projects }: { member: string; projects: readonly string[] | null },
  now: number,
): Promise<{ url: string; expiresAt: string }> {
  const token = randomBase62(32)
  const expiresAt = now + serverLimits.signInLinkMs
  await insertSignInLink(db, { hash: await hashSecret(token), member, projects, now, expiresAt })
  return { url: `${origin}/console/sign-in?token=${token}`, expiresAt: new Date(expiresAt).toISOString() }
}
