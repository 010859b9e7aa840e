import type { Scope } from '../../sdk/wire/index.ts'
import type { Database } from '../storage/database.ts'
import { insertIdentitySecret, replaceIdentitySecret } from '../storage/identity-secrets.ts'
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

/** What goes along with the storing of a key, in its transaction. */
export type Along = (record: KeyRecord) => readonly D1PreparedStatement[]

/** Makes a key; storing it is for whoever asks. */
export async function newKey(wish: KeyWish, now: number): Promise<{ key: string; stored: NewKeyRecord }> {
  const key = wish.type === 'secret' ? makeSecretKey() : makePublishableKey()
  const id = wish.type === 'secret' ? await hashSecret(key) : key
  return { key, stored: { ...wish, id, hint: key.slice(0, 10), createdAt: now } }
}

/** Makes and stores a key. */
export async function makeKey(db: Database, wish: KeyWish, now: number, along: Along): Promise<MadeKey> {
  const { key, stored } = await newKey(wish, now)
  const record = { ...stored, lastUsedAt: null }
  await insertKey(db, stored, along(record))
  return { key, record }
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
  along: Along = () => [],
): Promise<MadeKey> {
  const key = makeIdentitySecret()
  const stored = { id: await hashSecret(key), project, name, hint: key.slice(0, 10), createdAt: now, revokedAt }
  const record: KeyRecord = {
    ...stored,
    type: 'identity',
    environment: 'production',
    scopes: [],
    lastUsedAt: null,
  }
  await insertIdentitySecret(db, stored, key, along(record))
  return { key, record }
}

/** A new key in the place of an old one, and the old one as it is now. */
export interface ReplacedKey extends MadeKey {
  replaced: KeyRecord
}

/**
 * Makes a key like another one, of whatever type, which stops at `until`; null where that has stopped. `along` is given
 * the new one and the old one as it is then.
 */
export async function rotateKey(
  db: Database,
  old: KeyRecord,
  { now, until }: Pick<KeyEnding, 'now' | 'until'>,
  along: (record: KeyRecord, replaced: KeyRecord) => readonly D1PreparedStatement[],
): Promise<ReplacedKey | null> {
  const { project, id, type } = old
  const key = type === 'identity' ? makeIdentitySecret() : type === 'secret' ? makeSecretKey() : makePublishableKey()
  // A publishable key is its own id, the others are known by their hash.
  const made = { id: type === 'publishable' ? key : await hashSecret(key), hint: key.slice(0, 10) }
  const also = along(likeNew(old, made, now), { ...old, revokedAt: Math.min(old.revokedAt ?? until, until) })
  const ending = { project, id, now, until }
  const replaced = await (type === 'identity'
    ? replaceIdentitySecret(db, ending, made, key, also)
    : replaceKey(db, ending, made, also))
  return replaced === null ? null : { key, replaced, record: likeNew(replaced, made, now) }
}

const likeNew = (old: KeyRecord, made: Pick<KeyRecord, 'id' | 'hint'>, now: number): KeyRecord => ({
  ...old,
  ...made,
  createdAt: now,
  lastUsedAt: null,
  revokedAt: null,
})

/** Whom a link signs in, and to which projects (null: all that they ever belong to). */
export interface LinkTarget {
  member: string
  projects: readonly string[] | null
}

/** Makes and stores a link that signs a member in, once, within a day. Here and below `also` follows it in its transaction. */
export async function makeSignInLink(
  db: Database,
  origin: string,
  target: LinkTarget,
  now: number,
  also: readonly D1PreparedStatement[],
): Promise<{ url: string; expiresAt: string }> {
  const { stored, link } = await newLink(origin, target, now)
  await insertSignInLink(db, stored, null, also)
  return link
}

/** The same for whoever asks in a session; null where that has ended meanwhile. */
export async function makeLinkIn(
  db: Database,
  origin: string,
  target: LinkTarget,
  { session, now }: { session: string; now: number },
  also: readonly D1PreparedStatement[],
): Promise<{ url: string; expiresAt: string } | null> {
  const { stored, link } = await newLink(origin, target, now)
  return (await insertSignInLink(db, stored, session, also)) ? link : null
}

/** Makes such a link; storing it is for whoever asks. */
export async function newLink(origin: string, target: LinkTarget, now: number) {
  const token = randomBase62(32)
  const expiresAt = now + serverLimits.signInLinkMs
  const stored = { ...target, hash: await hashSecret(token), now, expiresAt }
  const link = { url: `${origin}/console/sign-in?token=${token}`, expiresAt: new Date(expiresAt).toISOString() }
  return { stored, link }
}
