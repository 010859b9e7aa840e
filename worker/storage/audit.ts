import type { AuditActor, AuditEntry } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'
import { isOpenTo } from './opening.ts'

/** A change as it is written down: in one project's log or, where it concerns several, in each. */
export interface AuditRecord {
  /** UUID; the same one written twice stands there once. */
  id: string
  projects: readonly string[]
  /** Epoch ms. */
  at: number
  actor: AuditActor
  action: string
  target: AuditEntry['target']
  summary: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  requestId: string | null
}

interface AuditRow {
  id: string
  at: number
  actor_type: AuditActor['type']
  actor: string | null
  actor_name: string | null
  action: string
  target_type: string | null
  target: string | null
  summary: string | null
  before: string | null
  after: string | null
  request: string | null
}

const readFields = (json: string | null) => (json === null ? null : (JSON.parse(json) as Record<string, unknown>))

const toEntry = (row: AuditRow): AuditEntry => ({
  id: row.id,
  at: new Date(row.at).toISOString(),
  actor: { type: row.actor_type, id: row.actor, name: row.actor_name },
  action: row.action,
  target: row.target_type === null || row.target === null ? null : { type: row.target_type, id: row.target },
  summary: row.summary,
  before: readFields(row.before),
  after: readFields(row.after),
  requestId: row.request,
})

const insertAs = (summary: string, before: string, where: string) =>
  `INSERT OR IGNORE INTO audit (project, at, id, actor_type, actor, actor_name, action, target_type, target,
    summary, before, after, request)
  SELECT project.value, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ${summary}, ${before}, ?12, ?13 FROM json_each(?1) AS project
  WHERE ${where}`

const valuesOf = ({ actor, target, ...record }: AuditRecord) =>
  [
    JSON.stringify([...new Set(record.projects)]),
    record.at,
    record.id,
    actor.type,
    actor.id,
    actor.name,
    record.action,
    target?.type ?? null,
    target?.id ?? null,
    record.summary,
    record.before === null ? null : JSON.stringify(record.before),
    record.after === null ? null : JSON.stringify(record.after),
    record.requestId,
  ] as const

/**
 * When a change is written down: `changed` where the statement right before wrote something, `counted` in any case, with how
 * many rows that wrote before the summary.
 */
export type AuditWhen = 'always' | 'changed' | 'counted'

/** The statement that writes a change down, for the batch of the change itself; again is harmless. */
export function auditStatement(db: Database, record: AuditRecord, when: AuditWhen = 'always'): D1PreparedStatement {
  const summary = `iif(?14 = 'counted', changes() || ' ' || ?10, ?10)`
  return db.prepare(insertAs(summary, '?11', `?14 <> 'changed' OR changes() > 0`)).bind(...valuesOf(record), when)
}

/** An item as it was read. */
export interface ReadItem {
  doc: number
  change: number
}

const standing = `SELECT item.id FROM json_each(?14) AS line CROSS JOIN item
  ON item.doc = line.value ->> 'doc' AND item.change = line.value ->> 'change'`

/** Of a change of many, what `before.patches` says of the items that are standing, and how many they are. */
const changedAlone = insertAs(
  `iif(?10 IS NULL, NULL, (SELECT count(*) || iif(count(*) = 1, ' item', ' items') FROM (${standing})))`,
  `iif(json_type(?11, '$.patches') IS 'array', (SELECT json_object('patches', json_group_array(
      json_object('patch', json(same.patch), 'ids', json(same.ids))))
    FROM (SELECT entry.value -> 'patch' AS patch, json_group_array(one.value) AS ids
      FROM json_each(?11, '$.patches') AS entry, json_each(entry.value, '$.ids') AS one
      WHERE one.value IN (${standing}) GROUP BY entry.key ORDER BY entry.key) AS same), ?11)`,
  `EXISTS (${standing})`,
)

/**
 * The same for a change of items, to stand before it in its batch: only where any of them still is at the change that was
 * read. One of many, each with its id in `before.patches`, is written down as that of those which are.
 */
export function auditOfItems(db: Database, record: AuditRecord, items: readonly ReadItem[]): D1PreparedStatement {
  const lines = items.map(({ doc, change }) => ({ doc, change }))
  return db.prepare(changedAlone).bind(...valuesOf(record), JSON.stringify(lines))
}

/** Writes a change down. */
export async function insertAudit(db: Database, record: AuditRecord): Promise<void> {
  await auditStatement(db, record).run()
}

/** What a list of changes is narrowed to; an empty list or null is no narrowing. */
export interface AuditFilter {
  /** `member:UUID`, `key:HINT`, or a type alone. */
  actors: readonly string[]
  /** `feedback.triage`, or `feedback` for everything done to feedback. */
  actions: readonly string[]
  /** Ids of what was changed. */
  targets: readonly string[]
  /** Epoch ms: at or after, and before. */
  from: number | null
  to: number | null
}

/** The place of an entry in the list. */
export interface AuditPlace {
  at: number
  id: string
}

const matching = `FROM audit WHERE project = ?1
  AND (?2 = '[]' OR actor_type || ':' || actor IN (SELECT value FROM json_each(?2))
    OR actor_type IN (SELECT value FROM json_each(?2)))
  AND (?3 = '[]' OR action IN (SELECT value FROM json_each(?3))
    OR substr(action, 1, instr(action, '.') - 1) IN (SELECT value FROM json_each(?3)))
  AND (?4 = '[]' OR target IN (SELECT value FROM json_each(?4)))
  AND at >= ?5 AND at < ?6`

const bindings = (project: string, filter: AuditFilter) =>
  [
    project,
    JSON.stringify(filter.actors),
    JSON.stringify(filter.actions),
    JSON.stringify(filter.targets),
    filter.from ?? 0,
    filter.to ?? Number.MAX_SAFE_INTEGER,
  ] as const

/** Lists a project's changes, the newest first, behind a place; the count stops at `countMax`. */
export async function listAudit(
  db: Database,
  project: string,
  filter: AuditFilter,
  page: { after: AuditPlace | null; limit: number; countMax: number },
): Promise<{ entries: AuditEntry[]; count: number }> {
  const given = bindings(project, filter)
  const after = page.after ?? { at: Number.MAX_SAFE_INTEGER, id: '' }
  const [entries, counted] = await db.batch<AuditRow & { count: number }>([
    db
      .prepare(`SELECT * ${matching} AND (at, id) < (?7, ?8) ORDER BY at DESC, id DESC LIMIT ?9`)
      .bind(...given, after.at, after.id, page.limit),
    db.prepare(`SELECT count(*) AS count FROM (SELECT 1 ${matching} LIMIT ?7)`).bind(...given, page.countMax),
  ])
  return { entries: (entries?.results ?? []).map(toEntry), count: counted?.results[0]?.count ?? 0 }
}

/** Lists everything written down of some things, the oldest first: what an export of a person holds. */
export async function listAuditOf(db: Database, project: string, targets: readonly string[]): Promise<AuditEntry[]> {
  const { results } = await db
    .prepare(
      `SELECT audit.* FROM json_each(?2) AS wanted JOIN audit ON audit.project = ?1 AND audit.target = wanted.value
      ORDER BY audit.at, audit.id`,
    )
    .bind(project, JSON.stringify(targets))
    .all<AuditRow>()
  return results.map(toEntry)
}

/**
 * The statement that takes from the log what was written of erased items and people, by their ids: words, before and
 * after. That something was done, by whom and when, stays. Rides in the batch of the erasure; again is harmless.
 */
export function eraseAuditStatement(db: Database, project: string, targets: readonly string[]): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE audit SET summary = NULL, before = NULL, after = NULL
      WHERE project = ?1 AND target IN (SELECT value FROM json_each(?2)) AND target IS NOT NULL`,
    )
    .bind(project, JSON.stringify(targets))
}

/** Takes from the log what was written of erased items and people. */
export async function eraseAudit(db: Database, project: string, targets: readonly string[]): Promise<void> {
  await eraseAuditStatement(db, project, targets).run()
}

/**
 * The statement that writes down that a session begins, for the batch in which it does: by its member, in the log of each
 * project that it opens, as that batch finds them. Nothing where it does not begin.
 */
export function auditSessionStatement(
  db: Database,
  hash: string,
  { id, at, action, requestId }: Pick<AuditRecord, 'id' | 'at' | 'action' | 'requestId'>,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT OR IGNORE INTO audit (project, at, id, actor_type, actor, actor_name, action, target_type, target,
        after, request)
      SELECT theirs.project, ?2, ?3, 'member', member.id, member.name, ?4, 'session', begun.id,
        json_object('method', begun.method), ?5
      FROM member_session AS begun JOIN member ON member.id = begun.member
      JOIN membership AS theirs ON theirs.member = begun.member
      WHERE begun.hash = ?1 AND ${isOpenTo('begun.projects', 'theirs.project')}`,
    )
    .bind(hash, at, id, action, requestId)
}
