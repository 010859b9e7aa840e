import type { Retention, RetentionKeep } from '../../sdk/wire/index.ts'
import { auditStatement } from './audit.ts'
import type { Database } from './database.ts'
import { facetToken } from './facets.ts'
import { instantOf } from './instant.ts'
import { dayMs } from './ranges.ts'
import type { WholeRow } from './revise.ts'
import { whole } from './row.ts'
import { docsPerMs } from './selection.ts'

/** A project whose retention has work to do, and how far the work has come. */
export interface RetentionRun {
  project: string
  retention: Retention
  /** Items below this `doc` are reduced, but for those that came later; */
  reducedTo: number
  /** and these were looked for up to this change number. */
  seen: number
  /** People up to this id were looked at in this round. */
  peopleAfter: string
}

interface RunRow {
  project: string
  asked: string
  reducedTo: number | null
  seen: number | null
  peopleAfter: string | null
}

const lastChange = '(SELECT coalesce(max(change), 0) FROM item)'

/**
 * Lists the projects whose retention is due: it has rested, or somebody has set it anew. A rest that ends later than two
 * of `restMs` from now was begun with a clock that is ahead.
 */
export async function listDueRetentions(db: Database, now: number, restMs: number): Promise<RetentionRun[]> {
  const { results } = await db
    .prepare(
      `SELECT project.id AS project, project.settings -> '$.retention' AS asked, retention.reduced_to AS reducedTo,
        coalesce(retention.seen, ${lastChange}) AS seen, retention.people_after AS peopleAfter
      FROM project LEFT JOIN retention ON retention.project = project.id
      WHERE project.settings ->> '$.retention.days' IS NOT NULL AND (retention.project IS NULL
        OR retention.rest_until <= ?1 OR retention.rest_until > ?2 OR retention.asked <> project.settings -> '$.retention')`,
    )
    .bind(now, now + 2 * restMs)
    .all<RunRow>()
  return results.map(({ project, asked, reducedTo, seen, peopleAfter }) => ({
    project,
    retention: JSON.parse(asked) as Retention,
    reducedTo: reducedTo ?? 0,
    seen: seen ?? 0,
    peopleAfter: peopleAfter ?? '',
  }))
}

/** Marks how far a retention has come, and until when it rests. */
export async function markRetention(db: Database, run: RetentionRun, restUntil: number): Promise<void> {
  await db
    .prepare(
      `INSERT INTO retention (project, asked, reduced_to, seen, people_after, rest_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      ON CONFLICT (project) DO UPDATE SET asked = excluded.asked, reduced_to = excluded.reduced_to,
        seen = excluded.seen, people_after = excluded.people_after, rest_until = excluded.rest_until`,
    )
    .bind(run.project, JSON.stringify(run.retention), run.reducedTo, run.seen, run.peopleAfter, restUntil)
    .run()
}

/** Where items begin that were said at or after this. */
export const docFrom = (before: number): number => Math.max(0, before) * docsPerMs

/** Items of a project in a range of `doc`, by the list index alone. */
const older = (from: string) => `FROM item INDEXED BY item_list
  WHERE project = ?1 AND spam IN (0, 1) AND doc >= ${from} AND doc < ?2
    AND environment IN (SELECT value FROM json_each(?3))`

/** Counts the items that a retention would take now; those that were reduced before, here or elsewhere, are not counted again. */
export async function countOlder(
  db: Database,
  project: string,
  environments: readonly string[],
  { before, keep }: { before: number; keep: RetentionKeep },
): Promise<number> {
  const reduced = `coalesce((SELECT reduced_to FROM retention WHERE retention.project = ?1 AND ?4 = 'scores'), 0)`
  const isNew = keep === 'scores' ? "AND NOT (message = '' AND body ->> '$.reducedAt' IS NOT NULL)" : ''
  const count = await db
    .prepare(`SELECT count(*) AS count ${older(reduced)} ${isNew}`)
    .bind(project, docFrom(before), JSON.stringify(environments), keep)
    .first<number>('count')
  return count ?? 0
}

/** Lists ids of items that are older, in no order. */
export async function listOlder(
  db: Database,
  project: string,
  environments: readonly string[],
  { before, limit }: { before: number; limit: number },
): Promise<string[]> {
  const { results } = await db
    .prepare(`SELECT id FROM item WHERE doc IN (SELECT doc ${older('0')} LIMIT ?4)`)
    .bind(project, docFrom(before), JSON.stringify(environments), limit)
    .all<{ id: string }>()
  return results.map(({ id }) => id)
}

/** Lists a project's items among the next `limit` of all from a `doc` on, and says where to go on. */
export async function listNextOlder(
  db: Database,
  project: string,
  { from, below, limit }: { from: number; below: number; limit: number },
): Promise<{ rows: WholeRow[]; reached: number }> {
  const upto = await db
    .prepare('SELECT doc FROM item WHERE doc >= ?1 AND doc < ?2 ORDER BY doc LIMIT 1 OFFSET ?3')
    .bind(from, below, limit)
    .first<number>('doc')
  const reached = upto ?? below
  const { results } = await db
    .prepare(`SELECT ${whole} FROM item WHERE doc >= ?1 AND doc < ?2 AND project = ?3 ORDER BY doc`)
    .bind(from, reached, project)
    .all<WholeRow>()
  return { rows: results, reached }
}

/** Lists a project's older items among the next `limit` changes, and says where to go on: what came late, or changed. */
export async function listChangedOlder(
  db: Database,
  project: string,
  { after, below, limit }: { after: number; below: number; limit: number },
): Promise<{ rows: WholeRow[]; reached: number; isAll: boolean }> {
  const changes = await db
    .prepare('SELECT change FROM item WHERE change > ?1 ORDER BY change LIMIT ?2')
    .bind(after, limit)
    .all<{ change: number }>()
  const reached = changes.results.at(-1)?.change ?? after
  const { results } = await db
    .prepare(
      `SELECT ${whole} FROM item INDEXED BY item_change WHERE change > ?1 AND change <= ?2 AND project = ?3 AND doc < ?4`,
    )
    .bind(after, reached, project, below)
    .all<WholeRow>()
  return { rows: results, reached, isAll: changes.results.length < limit }
}

/**
 * Forgets the people behind an id of whom no item speaks by name any more and nothing was learned since `before`.
 * Answers with the last id that was looked at, null at the end of the list; and how many went. Nobody goes while the
 * index is behind: it may not know yet who has spoken.
 */
export async function deleteUnheard(
  db: Database,
  project: string,
  { after, before, limit }: { after: string; before: number; limit: number },
): Promise<{ last: string | null; count: number }> {
  const { results } = await db
    .prepare(
      `SELECT id, external_id, verified, updated_at FROM person WHERE project = ?1 AND id > ?2 ORDER BY id LIMIT ?3`,
    )
    .bind(project, after, limit)
    .all<{ id: string; external_id: string; verified: number; updated_at: number }>()
  const lines = results
    .filter(({ updated_at }) => updated_at < before)
    .map(({ id, external_id: externalId, verified }) => {
      const tokens = [
        facetToken(project, 'person', externalId),
        facetToken(project, 'verified', String(verified === 1)),
      ]
      return { id, match: tokens.map((token) => `"${token}"`).join(' AND ') }
    })
  const last = results.length < limit ? null : (results.at(-1)?.id ?? null)
  if (lines.length === 0) return { last, count: 0 }
  const { meta } = await db
    .prepare(
      `DELETE FROM person WHERE project = ?1 AND updated_at < ?3 AND id IN (
        SELECT line.value ->> 'id' FROM json_each(?2) AS line
        WHERE NOT EXISTS (SELECT 1 FROM facet WHERE facet MATCH line.value ->> 'match'))
      AND (SELECT change FROM consumer WHERE name = 'search') >= ${lastChange}`,
    )
    .bind(project, JSON.stringify(lines), before)
    .run()
  return { last, count: meta.changes }
}

/** What a retention does, in the order of the ids of their entries in the audit log. */
const actions = ['retention.delete', 'retention.reduce', 'retention.forget'] as const

/** Statements that add to what the audit log says of a retention: one entry a day (UTC), project and action. */
export function retentionAudit(
  db: Database,
  { project, retention: { days } }: RetentionRun,
  done: { action: (typeof actions)[number]; count: number; before: number },
  now: number,
): D1PreparedStatement[] {
  const today = now - (now % dayMs)
  // Of two runs at once both find the same entry.
  const entry = {
    id: `00000000-0000-8000-800${actions.indexOf(done.action)}-${String(today / dayMs).padStart(12, '0')}`,
    projects: [project],
    at: today,
    actor: { type: 'system', id: null, name: null },
    action: done.action,
    target: { type: 'project', id: project },
    summary: null,
    before: null,
    after: { count: 0, before: instantOf(done.before), days },
    requestId: null,
  } as const
  return [
    auditStatement(db, entry),
    db
      .prepare(
        `UPDATE audit SET after = json_set(after, '$.count', (after ->> '$.count') + ?4, '$.before', ?5, '$.days', ?6)
        WHERE project = ?1 AND at = ?2 AND id = ?3`,
      )
      .bind(project, today, entry.id, done.count, entry.after.before, days),
  ]
}

/**
 * Deletes entries of the audit log from before `before`, at most `limit`; answers with how many. Who has made or seen the
 * secret of something that goes on working stays known (`made.ts`).
 */
export async function deleteOldAudit(db: Database, before: number, limit: number): Promise<number> {
  const { meta } = await db
    .prepare(
      `DELETE FROM audit WHERE (project, at, id) IN (SELECT audit.project, audit.at, audit.id
        FROM project CROSS JOIN audit WHERE audit.project = project.id AND audit.at < ?1
          AND audit.action NOT IN ('key.create', 'key.rotate', 'webhook.create', 'webhook.update', 'webhook.rotate')
        LIMIT ?2)`,
    )
    .bind(before, limit)
    .run()
  return meta.changes
}
