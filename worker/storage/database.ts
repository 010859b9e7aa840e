/** The part of D1 that storage needs. Every write through it may be repeated without harm. */
export type Database = Pick<D1Database, 'prepare' | 'batch'>

/** The newest table of the migrations: with it, all are there, since they are applied in order. */
export const newestTable = 'retention'

/** Whether the database has what this release reads and writes. Fails where it does not answer. */
export async function isMigrated(db: Database): Promise<boolean> {
  const found = await db
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1")
    .bind(newestTable)
    .first()
  return found !== null
}

/** Whether an error says that a row with the same key stands there already. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && error.message.includes('UNIQUE constraint failed')
}

/** What D1 says while it is busy, restarts or cannot be reached; the second, while it has no room. */
const busyWords =
  /overloaded|connection lost|\breset\b|time(d )?out|locked|transient|SQLITE_(BUSY|IOERR)|D1_ERROR: .*internal error/i
const fullWords = /SQLITE_FULL|disk is full|maximum (DB|database|account storage)|storage limit/i

/**
 * Why the database does not take something now that it may take later: it is `busy` (restarting, out of reach) or
 * `full`. Null for every other error, which the same statement would meet again. Whether a write that failed so was
 * committed is not known.
 */
export function outageOf(error: unknown): 'busy' | 'full' | null {
  const words = String(error)
  return fullWords.test(words) ? 'full' : busyWords.test(words) ? 'busy' : null
}
