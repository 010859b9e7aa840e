import { dropReasons, type OutcomeKind, type OutcomeOfDay, type OutcomeRoute } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'
import { dayOf } from './rollups.ts'

/** What is counted: `reason` is '' where there is none. */
export interface Outcome {
  project: string
  /** UTC, `YYYY-MM-DD`. */
  day: string
  environment: string
  route: OutcomeRoute
  outcome: OutcomeKind
  reason: string
}

/** An origin that was refused, and how often, at most lately. */
export interface Refusal {
  project: string
  origin: string
  count: number
  /** Epoch ms. */
  at: number
}

const add = `INSERT INTO outcome (project, day, environment, route, outcome, reason, count)`
const onConflict = `ON CONFLICT (project, day, environment, route, outcome, reason) DO UPDATE SET count = count + excluded.count`

/**
 * Adds what was counted, and the origins that were refused, in one transaction. A project keeps the `keep.max` origins
 * that were refused most, and none that was last refused before `keep.since`.
 */
export async function addOutcomes(
  db: Database,
  outcomes: readonly (Outcome & { count: number })[],
  refusals: readonly Refusal[],
  keep: { max: number; since: number },
): Promise<void> {
  const columns = ['project', 'day', 'environment', 'route', 'outcome', 'reason', 'count']
  const origins = JSON.stringify(refusals)
  await db.batch([
    db
      .prepare(
        `${add} SELECT ${columns.map((column) => `line.value ->> '${column}'`).join(', ')}
        FROM json_each(?1) AS line WHERE true ${onConflict}`,
      )
      .bind(JSON.stringify(outcomes)),
    ...(refusals.length === 0
      ? []
      : [
          db
            .prepare(
              `INSERT INTO refused_origin (project, origin, count, first_at, last_at)
              SELECT line.value ->> 'project', line.value ->> 'origin', line.value ->> 'count', line.value ->> 'at',
                line.value ->> 'at' FROM json_each(?1) AS line WHERE true
              ON CONFLICT (project, origin) DO UPDATE SET count = count + excluded.count,
                last_at = max(last_at, excluded.last_at)`,
            )
            .bind(origins),
          db
            .prepare(
              `DELETE FROM refused_origin WHERE (project, origin) IN (
                SELECT project, origin FROM (SELECT project, origin, last_at,
                    row_number() OVER (PARTITION BY project ORDER BY count DESC, last_at DESC) AS place
                  FROM refused_origin WHERE project IN (SELECT value ->> 'project' FROM json_each(?1)))
                WHERE place > ?2 OR last_at < ?3)`,
            )
            .bind(origins, keep.max, keep.since),
        ]),
  ])
}

/** Drops that one submission may tell of, by reason: ten outboxes full, so that one page cannot spoil a count by much. */
const droppedMax = 1_000

/** Only what pages send is counted: the rest comes by private routes, and is answered line by line. */
const isSent = `item.body ->> '$.source' IN ('widget', 'sdk')`

/**
 * Statements that count the items between two change numbers, and what their senders gave up, in the transaction of the
 * consumer `counts`; `?1` to `?4` are its own. So each is counted once, whatever breaks off.
 */
export function outcomeStatements(db: Database, bound: readonly unknown[]): D1PreparedStatement[] {
  const fresh = `WHERE item.change > ?1 AND item.change <= ?2 AND item.born > ?1 AND ${isSent}
    AND EXISTS (SELECT 1 FROM consumer WHERE name = ?3 AND lease = ?4 AND change = ?1)`
  const head = `item.project, date(item.received_at / 1000, 'unixepoch'), item.environment, 'feedback'`
  return [
    db
      .prepare(
        `${add} SELECT ${head}, 'accepted', iif(item.body -> '$.screened' IS NULL, '', 'spam') AS reason, count(*)
        FROM item INDEXED BY item_change ${fresh} GROUP BY 1, 2, 3, reason ${onConflict}`,
      )
      .bind(...bound),
    db
      .prepare(
        `${add} SELECT ${head}, 'dropped', iif(pair.key IN (SELECT value FROM json_each(?5)), pair.key, 'other') AS reason,
          sum(min(pair.value, ?6)) FROM item INDEXED BY item_change, json_each(item.body, '$.dropped') AS pair ${fresh}
        GROUP BY 1, 2, 3, reason ${onConflict}`,
      )
      .bind(...bound, JSON.stringify(dropReasons), droppedMax),
  ]
}

/** How many items pages have added to a project on the day of an instant, those that are yet to be counted included. */
export async function countAccepted(db: Database, project: string, now: number): Promise<number> {
  const day = dayOf(now)
  const count = await db
    .prepare(
      `SELECT (SELECT coalesce(sum(count), 0) FROM outcome WHERE project = ?1 AND day = ?2 AND route = 'feedback'
          AND outcome = 'accepted')
        + (SELECT count(*) FROM item INDEXED BY item_change, (SELECT change FROM consumer WHERE name = 'counts') AS counted
          WHERE item.change > counted.change AND item.born > counted.change AND item.project = ?1
            AND item.received_at >= ?3 AND ${isSent}) AS count`,
    )
    .bind(project, day, Date.parse(day))
    .first<number>('count')
  return count ?? 0
}

/** Lists what became of what was sent on some days, the latest day first. */
export async function listOutcomes(
  db: Database,
  of: { project: string; environment: string; from: string; to: string },
): Promise<OutcomeOfDay[]> {
  const { results } = await db
    .prepare(
      `SELECT day, route, outcome, nullif(reason, '') AS reason, count FROM outcome
      WHERE project = ?1 AND environment = ?2 AND day >= ?3 AND day <= ?4 ORDER BY day DESC, count DESC, route, outcome, reason`,
    )
    .bind(of.project, of.environment, of.from, of.to)
    .all<OutcomeOfDay>()
  return results
}

/** Lists the origins that were refused since an instant, the latest first. */
export async function listRefused(
  db: Database,
  project: string,
  since: number,
): Promise<{ origin: string; count: number; first_at: number; last_at: number }[]> {
  const { results } = await db
    .prepare(
      `SELECT origin, count, first_at, last_at FROM refused_origin WHERE project = ?1 AND last_at >= ?2
      ORDER BY last_at DESC, origin`,
    )
    .bind(project, since)
    .all<{ origin: string; count: number; first_at: number; last_at: number }>()
  return results
}
