import type { Key } from '../../sdk/wire/index.ts'
import type { KeyRecord } from '../storage/keys.ts'

/** Epoch ms as ISO 8601. */
export const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** A key as the wire shows it: one that is revoked at a time to come goes on until then. */
export function viewKey({ project: _project, createdAt, lastUsedAt, revokedAt, ...key }: KeyRecord): Key {
  const isLive = revokedAt === null || revokedAt > Date.now()
  return {
    ...key,
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: iso(lastUsedAt),
    expiresAt: isLive ? iso(revokedAt) : null,
    revokedAt: isLive ? null : iso(revokedAt),
  }
}
