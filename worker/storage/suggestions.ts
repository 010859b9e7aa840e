import type { KnownValue } from '../../sdk/wire/index.ts'
import { addressOf } from './facets.ts'
import type { Database } from './database.ts'

/** A value with what people call it. */
export type Named = Pick<KnownValue, 'value' | 'label'>

/** Items that are looked at for who spoke lately. */
const latestItems = 500

interface Wanted {
  project: string
  environment: string
  /** Text that the value or its name holds; everything when empty. */
  contains: string
  limit: number
}

const toNamed = ({ value, label }: { value: string; label: string | null }): Named =>
  label === null || label === value ? { value } : { value, label }

/** Lists people by id, name or e-mail address; without a text those who spoke lately, the most talkative first. */
export async function listPeopleLike(db: Database, wanted: Wanted): Promise<Named[]> {
  const { project, environment, contains, limit } = wanted
  const statement =
    contains === ''
      ? db
          .prepare(
            `SELECT value, max(label) AS label FROM (
              SELECT body ->> '$.person.id' AS value, coalesce(body ->> '$.person.name', body ->> '$.person.email') AS label
              FROM (SELECT body FROM item INDEXED BY item_list WHERE project = ?1 AND environment = ?2 AND spam = 0
                ORDER BY doc DESC LIMIT ${latestItems}))
            WHERE value IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value LIMIT ?3`,
          )
          .bind(project, environment, limit)
      : db
          .prepare(
            `SELECT external_id AS value, max(coalesce(facts ->> '$.name[0]', email)) AS label FROM person
            WHERE project = ?1 AND (instr(lower(external_id), ?2) > 0 OR instr(email, ?3) > 0
              OR instr(lower(facts ->> '$.name[0]'), ?2) > 0)
            GROUP BY external_id ORDER BY min(instr(lower(external_id), ?2) + (lower(external_id) <> ?2)), value LIMIT ?4`,
          )
          .bind(project, contains.toLowerCase(), addressOf(contains), limit)
  const { results } = await statement.all<{ value: string; label: string | null }>()
  return results.map(toNamed)
}

/** Lists the values that the latest items have of a name, the most frequent first: of those that no rollup knows too. */
export async function listLatest(db: Database, name: string, wanted: Wanted): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT pair.value ->> 1 AS value FROM (SELECT facets FROM item INDEXED BY item_list
          WHERE project = ?1 AND environment = ?2 AND spam = 0 ORDER BY doc DESC LIMIT ${latestItems}) AS item,
        json_each(item.facets) AS pair
      WHERE pair.value ->> 0 = ?3 AND instr(lower(pair.value ->> 1), lower(?4)) > 0
      GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ?5`,
    )
    .bind(wanted.project, wanted.environment, name, wanted.contains, wanted.limit)
    .all<{ value: string }>()
  return results.map(({ value }) => value)
}

/** Lists accounts whose name holds a text, as signed tokens and the team know them. */
export async function listAccountsLike(db: Database, { project, contains, limit }: Wanted): Promise<Named[]> {
  const { results } = await db
    .prepare(
      `SELECT id AS value, facts ->> '$.name[0]' AS label FROM account
      WHERE project = ?1 AND (instr(lower(id), ?2) > 0 OR instr(lower(facts ->> '$.name[0]'), ?2) > 0)
      ORDER BY id LIMIT ?3`,
    )
    .bind(project, contains.toLowerCase(), limit)
    .all<{ value: string; label: string | null }>()
  return results.map(toNamed)
}

/** What accounts are called, by their ids. */
export async function listAccountNames(db: Database, project: string, ids: readonly string[]): Promise<Named[]> {
  const { results } = await db
    .prepare(
      `SELECT id AS value, facts ->> '$.name[0]' AS label FROM account
      WHERE project = ?1 AND id IN (SELECT value FROM json_each(?2))`,
    )
    .bind(project, JSON.stringify(ids))
    .all<{ value: string; label: string | null }>()
  return results.map(toNamed)
}

/** Lists the surveys there are, with their names. */
export async function listSurveyNames(db: Database, project: string): Promise<Named[]> {
  const { results } = await db
    .prepare("SELECT id AS value, name AS label FROM survey WHERE project = ?1 AND state <> 'deleted' ORDER BY name")
    .bind(project)
    .all<{ value: string; label: string | null }>()
  return results.map(toNamed)
}

/** Lists who can have an item: the members, and whoever ever had one. */
export async function listAssignees(db: Database, project: string): Promise<Named[]> {
  const { results } = await db
    .prepare(
      `SELECT value, max(label) AS label FROM (
        SELECT coalesce(member.email, member.name) AS value, member.name AS label
        FROM membership JOIN member ON member.id = membership.member WHERE membership.project = ?1
        UNION ALL SELECT substr(name, length('assignee.') + 1), NULL FROM name
        WHERE project = ?1 AND name >= 'assignee.' AND name < 'assignee/')
      GROUP BY value ORDER BY value`,
    )
    .bind(project)
    .all<{ value: string; label: string | null }>()
  return results.map(toNamed)
}
