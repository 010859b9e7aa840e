import type { Account, AccountRecord, AccountSpeaker, FeedbackPerson, PersonRecord } from '../../sdk/wire/index.ts'
import { chunksOf } from './chunks.ts'
import { type Lease, mark } from './consumers.ts'
import type { Database } from './database.ts'
import { facetToken } from './facets.ts'
import { type Facts, latest, learn, sourcesOf, valuesOf } from './facts.ts'

/** What is learned of a person: of one item, or from the team. */
export interface PersonNews {
  project: string
  id: string
  externalId: string
  verified: boolean
  facts: Facts
  /** Epoch ms. */
  at: number
  /** The item that says so, as it was read: nothing is learned from one that changed or went meanwhile. */
  item: { doc: number; change: number } | null
}

/** What is learned of an account. */
export type AccountNews = Pick<PersonNews, 'project' | 'id' | 'facts' | 'at' | 'item'>

/** An item that says who speaks. */
export interface Speaking {
  doc: number
  change: number
  project: string
  secret: string
  receivedAt: number
  person: FeedbackPerson & { id: string }
}

/** Lists the next items whose person has an id, up to the change number `reached`. */
export async function listSpeaking(db: Database, lease: Lease, reached: number): Promise<Speaking[]> {
  const { results } = await db
    .prepare(
      `SELECT item.doc, item.change, item.project, project.secret, item.received_at AS receivedAt,
        item.body -> '$.person' AS person
      FROM item INDEXED BY item_change JOIN project ON project.id = item.project
      WHERE item.change > ?1 AND item.change <= ?2 AND item.body ->> '$.person.id' IS NOT NULL ORDER BY item.change`,
    )
    .bind(lease.done, reached)
    .all<Omit<Speaking, 'person'> & { person: string }>()
  return results.map((row) => ({ ...row, person: JSON.parse(row.person) as Speaking['person'] }))
}

/** Updates people and accounts by what items say, with the consumer's mark; twice is harmless. */
export async function followPeople(
  db: Database,
  lease: Lease,
  people: readonly PersonNews[],
  accounts: readonly AccountNews[],
  reached: number,
): Promise<void> {
  const stands = `JOIN item ON item.doc = line.value ->> '$.item.doc' AND item.change = line.value ->> '$.item.change'`
  await db.batch([
    ...chunksOf(people).map((news) => learnPeople(db, news, stands)),
    ...chunksOf(accounts).map((news) => learnAccounts(db, news, stands)),
    mark(db, lease, reached, reached >= lease.last),
  ])
}

function learnPeople(db: Database, news: readonly PersonNews[], joined = ''): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO person (project, id, external_id, verified, facts, created_at, updated_at)
      SELECT line.value ->> 'project', line.value ->> 'id', line.value ->> 'externalId', line.value ->> 'verified',
        line.value -> 'facts', line.value ->> 'at', line.value ->> 'at'
      FROM json_each(?1) AS line ${joined} WHERE true ORDER BY line.key ${learn('person')}`,
    )
    .bind(JSON.stringify(news))
}

function learnAccounts(db: Database, news: readonly AccountNews[], joined = ''): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO account (project, id, facts, created_at, updated_at)
      SELECT line.value ->> 'project', line.value ->> 'id', line.value -> 'facts', line.value ->> 'at', line.value ->> 'at'
      FROM json_each(?1) AS line ${joined} WHERE true ORDER BY line.key ${learn('account')}`,
    )
    .bind(JSON.stringify(news))
}

interface PersonRow {
  id: string
  external_id: string
  verified: number
  facts: string
  created_at: number
  updated_at: number
  account_facts: string | null
}

const people = (
  from: string,
) => `SELECT person.id, person.external_id, person.verified, person.facts, person.created_at,
  person.updated_at, account.facts AS account_facts
  FROM ${from} LEFT JOIN account
    ON account.project = person.project AND account.id = person.facts ->> '$.account[0].id'`
const onePerson = `${people('person')} WHERE person.project = ?1 AND person.id = ?2`

/** Finds people by their ids; a verified one comes before one that is not. */
export async function listPeople(db: Database, project: string, ids: readonly string[]): Promise<PersonRecord[]> {
  const { results } = await db
    .prepare(
      `${people('person')} WHERE person.project = ?1 AND person.id IN (SELECT value FROM json_each(?2))
      ORDER BY person.verified DESC, person.external_id`,
    )
    .bind(project, JSON.stringify(ids))
    .all<PersonRow>()
  return results.map(toPerson)
}

/** What is known before a change (null: nothing), and what it makes of that. */
export interface Foreseen<T> {
  before: T | null
  after: T
}

/** What is known of a person, and what `updatePerson` will make of it if nobody else says anything meanwhile. */
export async function foreseePerson(db: Database, news: PersonNews): Promise<Foreseen<PersonRecord>> {
  const { project, id, externalId, verified, at } = news
  const known = "coalesce((SELECT facts FROM person WHERE project = ?1 AND id = ?2), '{}')"
  const next = `(SELECT ?1 AS project, ?2 AS id, ?3 AS external_id, ?4 AS verified, ?5 AS created_at, ?5 AS updated_at,
    ${latest(known, '?6')} AS facts) AS person`
  const [before, after] = await db.batch<PersonRow>([
    db.prepare(onePerson).bind(project, id),
    db.prepare(people(next)).bind(project, id, externalId, verified ? 1 : 0, at, JSON.stringify(news.facts)),
  ])
  return foreseen(before?.results[0], after?.results[0], toPerson)
}

/** Updates a person, or inserts one, by what the team says; `audit` goes along. The person as it is then. */
export async function updatePerson(
  db: Database,
  news: PersonNews,
  audit: readonly D1PreparedStatement[],
): Promise<PersonRecord | null> {
  const find = db.prepare(onePerson).bind(news.project, news.id)
  const results = await db.batch<PersonRow>([learnPeople(db, [news]), ...audit, find])
  const row = results.at(-1)?.results[0]
  return row === undefined ? null : toPerson(row)
}

function foreseen<Row, T>(before: Row | undefined, after: Row | undefined, read: (row: Row) => T): Foreseen<T> {
  if (after === undefined) throw new Error('A SELECT of values answers with one row.')
  return { before: before === undefined ? null : read(before), after: read(after) }
}

/** Finds people by the e-mail address that is known of them now, in the form of `addressOf`. */
export async function listPeopleByEmail(db: Database, project: string, email: string): Promise<PersonRecord[]> {
  const { results } = await db
    .prepare(`${people('person INDEXED BY person_email')} WHERE person.project = ?1 AND person.email = ?2`)
    .bind(project, email)
    .all<PersonRow>()
  return results.map(toPerson)
}

/** Deletes people; the statement belongs into the transaction that takes the last of their items. */
export function deletePeople(db: Database, project: string, ids: readonly string[]): D1PreparedStatement {
  return db
    .prepare('DELETE FROM person WHERE project = ?1 AND id IN (SELECT value FROM json_each(?2))')
    .bind(project, JSON.stringify(ids))
}

type AccountRow = Pick<PersonRow, 'id' | 'facts' | 'created_at' | 'updated_at'>
const oneAccount = 'SELECT id, facts, created_at, updated_at FROM account WHERE project = ?1 AND id = ?2'

/** Finds an account by its id. */
export async function findAccount(db: Database, project: string, id: string): Promise<AccountRecord | null> {
  const row = await db.prepare(oneAccount).bind(project, id).first<AccountRow>()
  return row === null ? null : toAccountRecord(row)
}

/** What is known of an account, and what `updateAccount` will make of it if nobody else says anything meanwhile. */
export async function foreseeAccount(db: Database, news: AccountNews): Promise<Foreseen<AccountRecord>> {
  const { project, id, facts, at } = news
  const known = "coalesce((SELECT facts FROM account WHERE project = ?1 AND id = ?2), '{}')"
  const next = `SELECT ?2 AS id, ${latest(known, '?4')} AS facts, ?3 AS created_at, ?3 AS updated_at`
  const [before, after] = await db.batch<AccountRow>([
    db.prepare(oneAccount).bind(project, id),
    db.prepare(next).bind(project, id, at, JSON.stringify(facts)),
  ])
  return foreseen(before?.results[0], after?.results[0], toAccountRecord)
}

/** Updates an account, or inserts one, by what the team says; `audit` goes along. The account as it is then. */
export async function updateAccount(
  db: Database,
  news: AccountNews,
  audit: readonly D1PreparedStatement[],
): Promise<AccountRecord | null> {
  const find = db.prepare(oneAccount).bind(news.project, news.id)
  const results = await db.batch<AccountRow>([learnAccounts(db, [news]), ...audit, find])
  const row = results.at(-1)?.results[0]
  return row === undefined ? null : toAccountRecord(row)
}

/** Who said the latest items of an account, the most talkative first; spam is nobody's word. */
export async function listSpeakers(
  db: Database,
  project: string,
  account: string,
  { items, people: most }: { items: number; people: number },
): Promise<{ speakers: AccountSpeaker[]; looked: number }> {
  const said = `SELECT item.created_at AS at, item.body -> '$.person' AS person
    FROM facet CROSS JOIN item ON item.doc = facet.rowid
    WHERE facet MATCH ?1 AND item.project = ?2 AND item.spam = 0
      AND item.body ->> '$.person.account.id' = ?3 ORDER BY facet.rowid DESC LIMIT ?4`
  const bound = [`"${facetToken(project, 'account', account)}"`, project, account, items] as const
  const [speakers, looked] = await db.batch<{ person: string; count: number; at: number }>([
    // What a token said of somebody goes before what pages claim under the same id.
    db
      .prepare(
        `SELECT person, count, last AS at FROM (SELECT person,
          row_number() OVER (PARTITION BY person ->> 'id' ORDER BY person ->> 'verified' DESC, at DESC) AS place,
          count(*) OVER (PARTITION BY person ->> 'id') AS count, max(at) OVER (PARTITION BY person ->> 'id') AS last
          FROM (${said}))
        WHERE place = 1 ORDER BY count DESC, last DESC LIMIT ?5`,
      )
      .bind(...bound, most),
    db.prepare(`SELECT '' AS person, 0 AS at, count(*) AS count FROM (${said})`).bind(...bound),
  ])
  return { speakers: (speakers?.results ?? []).map(toSpeaker), looked: looked?.results[0]?.count ?? 0 }
}

function toSpeaker({ person, count, at }: { person: string; count: number; at: number }): AccountSpeaker {
  const { id = null, uuid = null, name = null, email = null, verified } = JSON.parse(person) as FeedbackPerson
  const isSomebody = id !== null
  const known = isSomebody ? { uuid, name, email, verified } : { uuid: null, name: null, email: null, verified: false }
  return { id, ...known, count, lastAt: new Date(at).toISOString() }
}

const timesOf = (row: Pick<PersonRow, 'created_at' | 'updated_at'>) => ({
  createdAt: new Date(row.created_at).toISOString(),
  updatedAt: new Date(row.updated_at).toISOString(),
})

function toAccount(id: string, facts: string): Account & Pick<AccountRecord, 'traits'> {
  const { said, traits } = valuesOf(JSON.parse(facts) as Facts)
  return { id, ...said, traits }
}

const toAccountRecord = (row: AccountRow): AccountRecord => ({
  ...toAccount(row.id, row.facts),
  sources: sourcesOf(JSON.parse(row.facts) as Facts, true),
  ...timesOf(row),
})

function toPerson(row: PersonRow): PersonRecord {
  const facts = JSON.parse(row.facts) as Facts
  const { said, traits } = valuesOf(facts)
  const { account, ...rest } = said as { name?: string; email?: string; account?: Account }
  const isVerified = row.verified !== 0
  const known = isVerified && account !== undefined && row.account_facts !== null
  return {
    id: row.id,
    externalId: row.external_id,
    verified: isVerified,
    ...rest,
    traits,
    account: known ? toAccount(account.id, row.account_facts ?? '{}') : (account ?? null),
    sources: sourcesOf(facts, isVerified),
    ...timesOf(row),
  }
}
