import type { Scope } from '../../sdk/wire/index.ts'
import type { Database } from '../storage/database.ts'
import { insertKey, type KeyRecord } from '../storage/keys.ts'
import { insertSignInLink } from '../storage/members.ts'
import { serverLimits } from '../limits.ts'
import { hashSecret, makePublishableKey, makeSecretKey, randomBase62 } from './secrets.ts'

/** What a new key is to be. */
export interface KeyWish {
  project: string
  type: KeyRecord['type']
  name: string
  environment: string
  scopes: Scope[]
}

/** Makes and stores a key. The key itself is given back here and nowhere else. */
export async function makeKey(db: Database, wish: KeyWish, now: number): Promise<{ key: string; record: KeyRecord }> {
  const key = wish.type === 'secret' ? makeSecretKey() : makePublishableKey()
  const id = wish.type === 'secret' ? await hashSecret(key) : key
  const record = { ...wish, id, hint: key.slice(0, 10), createdAt: now }
  await insertKey(db, record)
  return { key, record: { ...record, lastUsedAt: null, revokedAt: null } }
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
