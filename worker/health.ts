import { serverLimits } from './limits.ts'
import { type Database, isMigrated } from './storage/database.ts'

/** What the database said last, and until when that counts; epoch ms. */
type Known = { from: number; until: number } & ({ isMigrated: boolean } | { error: unknown })

let known: Known | null = null

/**
 * Whether the database has what this release needs; throws where it does not answer. It is asked once a second in each
 * isolate, however many ask, whatever it says.
 */
export async function isHealthy(db: Database, now: number): Promise<boolean> {
  // Of a clock that went back nothing is known.
  if (known === null || now < known.from || now >= known.until) known = await look(db, now)
  if ('error' in known) throw known.error
  return known.isMigrated
}

async function look(db: Database, from: number): Promise<Known> {
  const period = { from, until: from + serverLimits.healthMs }
  try {
    return { ...period, isMigrated: await isMigrated(db) }
  } catch (error) {
    return { ...period, error }
  }
}
