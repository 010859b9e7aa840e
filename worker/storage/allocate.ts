import type { Database } from './database.ts'
import { docsPerMs, spillMs } from './selection.ts'

/**
 * Finds a millisecond with room for each item, given when each was said, in epoch ms. An import may hold thousands of
 * items of one date; a full millisecond spills into later ones, at doubling distance, up to `spillMs`.
 * Answers with the base `doc` of each item; the INSERT itself picks the free number behind it.
 */
export async function allocateBases(db: Database, times: readonly number[]): Promise<number[]> {
  const bases = times.map((time) => time * docsPerMs)
  const steps = new Map<number, number>()
  for (let step = 1; step * 2 < spillMs; step *= 2) {
    const wanted = new Map<number, number>()
    for (const base of bases) wanted.set(base, (wanted.get(base) ?? 0) + 1)
    const full = await listFull(db, wanted)
    if (full.size === 0) break
    for (const [i, base] of bases.entries()) {
      if (!full.has(base)) continue
      const moved = steps.get(i) ?? 0
      bases[i] = base + (step - moved) * docsPerMs
      steps.set(i, step)
    }
  }
  return bases
}

async function listFull(db: Database, wanted: ReadonlyMap<number, number>): Promise<Set<number>> {
  const { results } = await db
    .prepare(
      `SELECT base.value AS base, (SELECT max(doc) FROM item
        WHERE doc >= base.value AND doc < base.value + ${docsPerMs}) AS last FROM json_each(?1) AS base`,
    )
    .bind(JSON.stringify([...wanted.keys()]))
    .all<{ base: number; last: number | null }>()
  return new Set(
    results
      .filter(({ base, last }) => (last ?? base - 1) + (wanted.get(base) ?? 0) >= base + docsPerMs)
      .map(({ base }) => base),
  )
}
