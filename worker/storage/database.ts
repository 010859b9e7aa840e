/** The part of D1 that storage needs. Every write through it may be repeated without harm. */
export type Database = Pick<D1Database, 'prepare' | 'batch'>

/** Fails where the database does not answer. */
export async function pingDatabase(db: Database): Promise<void> {
  await db.prepare('SELECT 1').first()
}

/** Whether an error says that a row with the same key stands there already. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && error.message.includes('UNIQUE constraint failed')
}
