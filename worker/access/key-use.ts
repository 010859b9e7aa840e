import { serverLimits } from '../limits.ts'

const written = new Map<string, number>()

/** Whether a key's use is to be written down: once an hour, key and isolate. Asking counts as writing. */
export function isUseDue(key: { id: string; lastUsedAt: number | null }, now: number): boolean {
  if (now - (written.get(key.id) ?? key.lastUsedAt ?? 0) <= serverLimits.keyUseEveryMs) return false
  written.set(key.id, now)
  return true
}
