import type { Database } from './database.ts'
import { facetToken, fixedFacets } from './facets.ts'
import { documentsOf } from './index-text.ts'
import { reviseItem, type WholeRow } from './revise.ts'
import type { ItemBody } from './row.ts'
import { triageOf } from './triage.ts'

/** What an item becomes once something in it is blacked out. */
export interface Redacting {
  body: ItemBody
  message: string
  /** The person and the account that learned from the item, as their tables name them, and the facts that go. */
  person: { id: string; facts: readonly string[] } | null
  account: { id: string; facts: readonly string[] } | null
}

/**
 * Writes an item after something in it was blacked out, in one transaction: the item, its counts, its place in both
 * full-text tables, what person and account learned from this very item, what receivers answered who were told of it, and its
 * images that are gone, which are due for sweeping. False when somebody else changed the item meanwhile: nothing was written then.
 */
export async function redactItem(
  db: Database,
  row: WholeRow,
  next: Redacting,
  now: number,
  audit: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const body = JSON.stringify(next.body)
  const facets = JSON.stringify(fixedFacets({ ...next.body, environment: row.environment, kind: row.kind }))
  const { facet, scope, said } = documentsOf({ ...row, message: next.message, body, facets }, triageOf(row))
  // What follows is for the item as it is written here, and for no other.
  const stands = 'EXISTS (SELECT 1 FROM item WHERE doc = ?1 AND body = ?2)'
  const after = (sql: string, ...bound: (string | number)[]) => db.prepare(sql).bind(row.doc, body, ...bound)
  const forget = (table: 'person' | 'account', known: { id: string; facts: readonly string[] }) =>
    after(
      `UPDATE ${table} SET updated_at = ?5, facts = (SELECT json_group_object(key, json(value)) FROM json_each(${table}.facts)
        WHERE NOT (value ->> 2 = ?1 AND key IN (SELECT gone.value FROM json_each(?6) AS gone)))
      WHERE project = ?3 AND id = ?4 AND ${stands}`,
      row.project,
      known.id,
      now,
      JSON.stringify(known.facts),
    )
  const { person: before } = JSON.parse(row.body) as ItemBody
  /** Whose id went, and of whom nothing else is known or said, is not known any more: the id would stand there still. */
  const unknown = (id: string) =>
    before?.id === undefined || next.body.person?.id === before.id
      ? []
      : [
          after(
            `DELETE FROM person WHERE project = ?3 AND id = ?4 AND facts = '{}' AND ${stands}
              AND NOT EXISTS (SELECT 1 FROM facet WHERE facet MATCH ?5)`,
            row.project,
            id,
            `"${facetToken(row.project, 'person', before.id)}"`,
          ),
        ]
  const following = [
    after(`INSERT OR REPLACE INTO facet (rowid, tokens) SELECT ?1, ?3 WHERE ${stands}`, facet),
    after(`INSERT OR REPLACE INTO words (rowid, scope, said) SELECT ?1, ?3, ?4 WHERE ${stands}`, scope, said),
    after(
      `UPDATE file SET due_at = ?5 WHERE project = ?3 AND item = ?4 AND due_at IS NULL AND ${stands}
        AND (SELECT body ->> ('$.attachments[' || file.n || '].removed') FROM item WHERE doc = ?1) = 1`,
      row.project,
      row.id,
      now,
    ),
    // A receiver may have answered with what it was sent.
    after(
      `UPDATE delivery SET attempts = (SELECT json_group_array(json_set(one.value, '$.detail', NULL))
          FROM json_each(delivery.attempts) AS one)
        WHERE project = ?3 AND item = ?4 AND ${stands}`,
      row.project,
      row.id,
    ),
    ...(next.person === null ? [] : [forget('person', next.person), ...unknown(next.person.id)]),
    ...(next.account === null ? [] : [forget('account', next.account)]),
  ]
  return reviseItem(db, row, { body: next.body, message: next.message }, now, following, audit)
}
