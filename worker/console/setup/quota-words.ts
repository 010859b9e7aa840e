import { type QuotaUse, quotaWarnsFrom } from '../../../sdk/wire/index.ts'

/** What a team is told of a quota of which little is left. */
export interface QuotaWarning {
  /** For a line in the side bar. */
  short: string
  /** What is so, and what happens. */
  what: string
  /** What to do. */
  todo: string
}

/** Words for a quota that is nearly or wholly used up; null while there is enough. `resetsAt` is told as `clock` writes it. */
export function quotaInWords(
  { perDay, used, resetsAt }: QuotaUse,
  clock: (iso: string) => string,
): QuotaWarning | null {
  if (used < perDay * quotaWarnsFrom) return null
  const counts = `${used.toLocaleString()} of ${perDay.toLocaleString()} items`
  const todo =
    'If that is what people say, raise the quota. If it is not, see what came in, and replace the key that it came with.'
  if (used >= perDay) {
    const waits = `Today’s quota is used up: ${counts}. What people send now waits in their browsers and comes after ${clock(resetsAt)}.`
    return { short: 'Today’s quota is used up', what: waits, todo }
  }
  // Never 100 before it is.
  const percent = Math.floor((used / perDay) * 100)
  return {
    short: `${percent}% of today’s quota used`,
    what: `${percent}% of today’s quota is used: ${counts}. Once it is full, what people send waits in their browsers until ${clock(resetsAt)}.`,
    todo,
  }
}
