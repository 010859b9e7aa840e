import type { Note } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'

const dayMs = 86_400_000

/**
 * When something was said, on the collector's clock: `received − (sentAt − createdAt)`, both of the sender's, so that
 * a wrong clock cancels out. Where that is not within the last 14 days, the time of receipt, with a note. All in epoch ms.
 *
 * @example saidAt({ createdAt: '2036-01-01T00:00:00Z', sentAt: '2036-01-01T00:00:02Z' }, 1_790_000_000_000, []) // 1_789_999_998_000
 */
export function saidAt(said: { createdAt?: string; sentAt?: string }, receivedAt: number, notes: Note[]): number {
  if (said.createdAt === undefined) return receivedAt
  const created = Date.parse(said.createdAt)
  const sent = said.sentAt === undefined ? receivedAt : Date.parse(said.sentAt)
  const at = receivedAt - (sent - created)
  if (at <= receivedAt && at >= receivedAt - limits.createdAtMaxAgeDays * dayMs) return at
  notes.push({
    path: 'createdAt',
    code: 'clock',
    detail: `Not within the last ${limits.createdAtMaxAgeDays} days; the time of receipt was used.`,
  })
  return receivedAt
}

/** When an imported item was said: as it says, where that can be; else the time of the import, with a note. */
export function importedAt(createdAt: string | undefined, now: number, notes: Note[]): number {
  if (createdAt === undefined) return now
  const at = Date.parse(createdAt)
  if (at >= 0 && at <= now + dayMs) return at
  notes.push({
    path: 'createdAt',
    code: 'clock',
    detail: 'Before 1970 or in the future; the time of the import was used.',
  })
  return now
}
