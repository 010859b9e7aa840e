import { serverLimits } from '../limits.ts'
import type { Database } from '../storage/database.ts'
import { findIdentitySecrets, type IdentitySecret, updateIdentitySecretUse } from '../storage/identity-secrets.ts'
import { isUseDue } from './key-use.ts'
import { type Verdict, verifyIdentity, type VerifyingKey } from './verify-identity.ts'

/** What a token is verified by. */
export interface Verification {
  project: string
  /** Epoch ms. */
  now: number
  /** When the token was used, where that is not now; epoch ms. */
  usedAt?: number
  /** Takes work that may end after the answer. */
  later: (work: Promise<unknown>) => void
}

interface Known {
  secrets: (IdentitySecret & VerifyingKey)[]
  readAt: number
}

const cache = new Map<string, Known>()

/**
 * Verifies a token with the project's identity secrets, which are remembered for a minute in each isolate: a revoked one
 * stops within that time. Where none fits they are read again, but not more often than every few seconds.
 */
export async function verifyToken(db: Database, token: string, verification: Verification): Promise<Verdict> {
  const { project, now, usedAt = now, later } = verification
  const verify = ({ secrets }: Known) => {
    const keys = secrets.filter(({ revokedAt }) => revokedAt === null || revokedAt > now)
    return verifyIdentity(token, { project, keys, now: usedAt })
  }
  let known = cache.get(project)
  if (known === undefined || now - known.readAt >= serverLimits.keyCacheMs) known = await read(db, project, now)
  let verdict = await verify(known)
  if (!verdict.ok && verdict.mayFit && now - known.readAt >= serverLimits.identityRereadMs) {
    known = await read(db, project, now)
    verdict = await verify(known)
  }
  if (!verdict.ok) return verdict
  const { key } = verdict
  const used = known.secrets.find(({ id }) => id === key)
  if (used !== undefined && isUseDue(used, now)) later(updateIdentitySecretUse(db, project, key, now))
  return verdict
}

/** Forgets a project's secrets after one was made or revoked, so that this isolate goes by it at once. */
export const forgetIdentitySecrets = (project: string): void => void cache.delete(project)

async function read(db: Database, project: string, now: number): Promise<Known> {
  const found = await findIdentitySecrets(db, project, now)
  const encoder = new TextEncoder()
  const known = { secrets: found.map((secret) => ({ ...secret, bytes: encoder.encode(secret.secret) })), readAt: now }
  if (cache.size >= serverLimits.keyCacheMax) cache.clear()
  cache.set(project, known)
  return known
}
