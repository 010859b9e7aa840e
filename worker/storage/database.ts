/** The part of D1 that storage needs. Every write through it may be repeated without harm. */
export type Database = Pick<D1Database, 'prepare' | 'batch'>

/** The newest table of the migrations: with it, all are there, since they are applied in order. */
export const newestTable = 'signing_secret'

/** Whether the database has what this release reads and writes. Fails where it does not answer. */
export async function isMigrated(db: Database): Promise<boolean> {
  const found = await db
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1")
    .bind(newestTable)
    .first()
  return found !== null
}

/** Makes a change and, in the same transaction, what goes along with it; answers with what the change did. */
export async function runAlong<T>(
  db: Database,
  change: D1PreparedStatement,
  also: readonly D1PreparedStatement[],
): Promise<D1Result<T>> {
  const [result] = await db.batch<T>([change, ...also])
  if (result === undefined) throw new Error('A batch answers for each of its statements.')
  return result
}

/** Whether an error says that a row with the same key stands there already. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && error.message.includes('UNIQUE constraint failed')
}

/** What D1 says while it is busy, restarts or cannot be reached; the second, while it has no room. */
const busyWords =
  /overloaded|connection lost|\breset\b|time(d )?out|locked|transient|SQLITE_(BUSY|IOERR)|D1_ERROR: .*internal error/i
const fullWords = /SQLITE_FULL|disk is full|maximum (DB|database|account storage)|storage limit/i
/** What it says where a migration is missing: these make tables and indexes, and statements name both. */
const oldWords = /\bno such (table|index): /i

/**
 * Why the database does not take something now that it may take later: it is `busy` (restarting, out of reach), `full`,
 * or `old`: without a table of this release. Null for every other error, which the same statement would meet again.
 * Whether a write that failed so was committed is not known.
 */
export function outageOf(error: unknown): 'busy' | 'full' | 'old' | null {
  const words = String(error)
  if (oldWords.test(words)) return 'old'
  return fullWords.test(words) ? 'full' : busyWords.test(words) ? 'busy' : null
}
