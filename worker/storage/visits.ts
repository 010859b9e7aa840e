import type { Database } from './database.ts'

/** How visits are told apart, and how often one that goes on is written down, in ms. */
export interface VisitRules {
  gapMs: number
  writeMs: number
}

/**
 * Notes that a member is here, and answers with when their visit before this one ended, in epoch ms; null on the first.
 * However many tabs say so, and in whatever order: a visit ends only where nobody said so for `gapMs`.
 */
export async function recordVisit(
  db: Database,
  project: string,
  member: string,
  now: number,
  { gapMs, writeMs }: VisitRules,
): Promise<number | null> {
  const [, visits] = await db.batch<{ since: number | null }>([
    db
      .prepare(
        `INSERT INTO visit (project, member, since, seen_at) VALUES (?1, ?2, NULL, ?3)
        ON CONFLICT (project, member) DO UPDATE
          SET since = iif(?3 - seen_at >= ?4, seen_at, since), seen_at = ?3 WHERE ?3 - seen_at >= ?5`,
      )
      .bind(project, member, now, gapMs, writeMs),
    db.prepare('SELECT since FROM visit WHERE project = ?1 AND member = ?2').bind(project, member),
  ])
  return visits?.results[0]?.since ?? null
}
