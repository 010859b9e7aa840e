import type { AppContext, SentTo } from '../env.ts'
import { failed, done, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import type { Database } from '../storage/database.ts'
import { findKey, findKeyOwner, type KeyRecord, updateKeyUse } from '../storage/keys.ts'
import { findProject, type ProjectRecord } from '../storage/projects.ts'
import { isUseDue } from './key-use.ts'
import { hashSecret, isPublishableKey, isSecretKey } from './secrets.ts'

/** What a publishable key admits to. */
export interface Admission {
  project: ProjectRecord
  environment: string
}

interface Cached {
  admission: Admission | null
  /** Whose the key is or was, where it was ever anybody's. */
  of: SentTo | null
  /** When it was looked up, in epoch ms. */
  at: number
  until: number
}

const cache = new Map<string, Cached>()

/** Forgets what is known of publishable keys here, because a project's secret or its settings have changed. */
export const forgetKeys = (): void => cache.clear()

/** Why an identity secret is refused wherever it is sent. */
const identitySecretSent =
  'This is an identity secret (idn_…): it signs who somebody is, on your own server, and is never sent. Revoke it and make a new one, since it was shown here.'

/**
 * Admits the publishable key of a request, as the public routes take it. Keys are remembered for a minute in each
 * isolate, or until what is known is older than `maxAgeMs`; their use is written down behind the answer, once an hour.
 */
export async function admitPublishable(c: AppContext, now: number, maxAgeMs = Infinity): Promise<Outcome<Admission>> {
  const key = c.req.query('key')
  if (key === undefined || key === '') {
    return failed('no-key', "Add the project's publishable key to the address: ?key=pub_…")
  }
  if (key.startsWith('idn_')) return failed('wrong-key', identitySecretSent)
  if (key.startsWith('sec_')) {
    return failed(
      'wrong-key',
      'This is a secret key. Pages and public routes take the publishable key (pub_…); replace this secret, since it was shown here.',
    )
  }
  if (!isPublishableKey(key)) {
    return failed(
      'unknown-key',
      'A publishable key is pub_ and 24 letters or digits. Copy it again from the project’s settings.',
    )
  }
  const cached = cache.get(key)
  const isKnown = cached !== undefined && cached.until > now && cached.at >= now - maxAgeMs
  const { admission, of } = isKnown ? cached : await lookUp(c, key, now)
  if (of !== null) c.set('sentTo', of)
  return admission === null
    ? failed('unknown-key', 'No project has this publishable key, or it was revoked or has expired.')
    : done(admission)
}

/** Whether a key need not be looked up. */
export const isCached = (key: string, now: number): boolean => (cache.get(key)?.until ?? 0) > now

async function lookUp(c: AppContext, key: string, now: number): Promise<Cached> {
  const db = c.env.DB
  const record = await findKey(db, key, now)
  if (record !== null && isUseDue(record, now)) c.executionCtx.waitUntil(updateKeyUse(db, record.id, now))
  const project = record === null ? null : await findProject(db, record.project)
  const admission = record === null || project === null ? null : { project, environment: record.environment }
  if (cache.size >= serverLimits.keyCacheMax) cache.clear()
  const of = record ?? (await findKeyOwner(db, key))
  const cached = {
    admission,
    of: of === null ? null : { project: of.project, environment: of.environment },
    at: now,
    until: Math.min(now + serverLimits.keyCacheMs, record?.revokedAt ?? Infinity),
  }
  cache.set(key, cached)
  return cached
}

/** Finds a secret key, as the private routes take it. */
export async function admitSecret(db: Database, key: string): Promise<Outcome<KeyRecord>> {
  if (key.startsWith('pub_')) {
    return failed('wrong-key', 'This is a publishable key; it may only submit. Use a secret key (sec_…) here.')
  }
  if (key.startsWith('idn_')) return failed('wrong-key', identitySecretSent)
  if (!isSecretKey(key)) {
    return failed(
      'unknown-key',
      'This is no complete secret key (sec_ and 40 letters or digits): some of it is missing or mistyped.',
    )
  }
  const record = await findKey(db, await hashSecret(key), Date.now())
  return record === null
    ? failed('unknown-key', 'No project has this secret key, or it was revoked or has expired.')
    : done(record)
}
