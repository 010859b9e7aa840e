import type { Scope } from '../../sdk/wire/index.ts'
import type { Database } from '../storage/database.ts'
import { insertIdentitySecret } from '../storage/identity-secrets.ts'
import { insertKey, type KeyRecord } from '../storage/keys.ts'
import { insertSignInLink } from '../storage/members.ts'
import { serverLimits } from '../limits.ts'
import { hashSecret, makeIdentitySecret, makePublishableKey, makeSecretKey, randomBase62 } from './secrets.ts'

/** What a new publishable or secret key is to be. */
export interface KeyWish {
  project: string
  type: 'publishable' | 'secret'
  name: string
  environment: string
  scopes: Scope[]
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
  return { key, record: { ...record, lastUsedAt: null, revokedAt: null } }
}

/** Makes and stores an identity secret. */
export async function makeIdentityKey(
  db: Database,
  { project, name }: { project: string; name: string },
  now: number,
): Promise<MadeKey> {
  const key = makeIdentitySecret()
  const stored = { id: await hashSecret(key), project, name, hint: key.slice(0, 10), createdAt: now }
  await insertIdentitySecret(db, stored, key)
  return {
    key,
    record: { ...stored, type: 'identity', environment: 'production', scopes: [], lastUsedAt: null, revokedAt: null },
  }
}

/** Makes a link that signs a member in, once, within a day. */
export async function makeSignInLink(
  db: Database,
  origin: string,
  member: string,
  now: number,
): Promise<{ url: string; expiresAt: number }> {
  const token = randomBase62(32)
  const expiresAt = now + serverLimits.signInLinkMs
  await insertSignInLink(db, await hashSecret(token), member, expiresAt)
  return { url: `${origin}/console/sign-in?token=${token}`, expiresAt }
}
