import { serverLimits } from '../limits.ts'

const written = new Map<string, number>()

/** Whether the use of a key or a session is to be written down: once an hour and isolate. Asking counts as writing. */
export function isUseDue(key: { id: string; lastUsedAt: number | null }, now: number): boolean {
  if (now - (written.get(key.id) ?? key.lastUsedAt ?? 0) <= serverLimits.keyUseEveryMs) return false
  if (written.size >= serverLimits.keyCacheMax) written.clear()
  written.set(key.id, now)
  return true
}
