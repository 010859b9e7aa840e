import type { Database } from './database.ts'
import { addressesOf, facetToken, hash53, type Named } from './facets.ts'
import { type ItemBody, type ItemRow, itemColumns } from './row.ts'

/** Who somebody is: one external id makes two people, the one that tokens speak of and the one that pages claim. */
export interface PersonKey {
  externalId: string
  verified: boolean
}

/**
 * Whose items are meant. Directly: those of the people, those that name the address, and those of the anonymous id where
 * nobody is named. Then those that are linked: they name an address or an anonymous id of the first, and nobody else.
 * Addresses are in the form of `addressOf`.
 */
export interface Meant {
  persons: readonly PersonKey[]
  address: string | null
  anonymous: string | null
  linked: { addresses: readonly string[]; anonymous: readonly string[] }
  /** What reduced items say in place of the people's ids: `ItemBody.who`. */
  whos: readonly number[]
}

/** Parts of what is meant, as FTS5 expressions; null where a part is empty. */
export interface MeantParts {
  persons: string | null
  /** What names the address or the anonymous id itself. */
  named: string | null
  linked: string | null
}

const anyOf = (parts: readonly string[]): string | null => (parts.length === 0 ? null : `(${parts.join(' OR ')})`)

/** Joins expressions by OR; null where all of them are. */
export const either = (...parts: readonly (string | null)[]): string | null =>
  anyOf(parts.filter((part) => part !== null))

export function matchParts(project: string, { persons, address, anonymous, linked, whos }: Meant): MeantParts {
  const token = (name: string, value: string) => `"${facetToken(project, name, value)}"`
  const unnamed = token('named', 'no')
  const reduced = (who: number) => token('who', String(who))
  const nobodyElse = anyOf([unnamed, ...persons.map(({ externalId }) => token('person', externalId))])
  const names = anyOf([
    ...linked.addresses.map((value) => token('email', value)),
    ...linked.anonymous.flatMap((value) => [token('anonymous', value), reduced(hash53(value))]),
  ])
  return {
    persons: anyOf([
      ...persons.map(({ externalId, verified }) => {
        return `(${token('person', externalId)} AND ${token('verified', String(verified))})`
      }),
      ...whos.map(reduced),
    ]),
    named: anyOf([
      ...(address === null ? [] : [token('email', address)]),
      ...(anonymous === null ? [] : [`(${token('anonymous', anonymous)} AND ${unnamed})`, reduced(hash53(anonymous))]),
    ]),
    linked: names === null ? null : `(${names} AND ${nobodyElse})`,
  }
}

/** Whether an item is one of the people's, or names the address or the anonymous id itself. */
export function isDirect(named: Named, meant: Meant): boolean {
  return (
    isPersons(named, meant) ||
    (meant.address !== null && addressesOf(named).includes(meant.address)) ||
    (meant.anonymous !== null && named.person?.id === undefined && isOfBrowser(named, meant.anonymous))
  )
}

const isPersons = ({ person, who }: Named, { persons, whos }: Meant): boolean =>
  (who !== undefined && whos.includes(who)) ||
  persons.some(({ externalId, verified }) => externalId === person?.id && verified === person.verified)

const isOfBrowser = ({ person, who }: Named, anonymousId: string): boolean =>
  person?.anonymousId === anonymousId || (who !== undefined && who === hash53(anonymousId))

/** What an item names, from its row. */
export const namedIn = ({ body }: Pick<ItemRow, 'body'>): Named => JSON.parse(body) as ItemBody

/** Whether an item is meant. Tokens are hashes: what they find is looked at once more before it is shown or erased. */
export function isMeant(named: Named, meant: Meant): boolean {
  if (isDirect(named, meant)) return true
  const { person } = named
  if (person?.id !== undefined && !meant.persons.some(({ externalId }) => externalId === person.id)) return false
  return (
    meant.linked.anonymous.some((id) => isOfBrowser(named, id)) ||
    addressesOf(named).some((address) => meant.linked.addresses.includes(address))
  )
}

/** An item with what it names. */
export interface NamingRow {
  doc: number
  id: string
  created_at: number
  received_at: number
  person_id: string | null
  verified: number | null
  anonymous: string | null
  person_email: string | null
  email: string | null
  who: number | null
}

const namingColumns = `item.doc, item.id, item.created_at, item.received_at, item.body ->> '$.person.id' AS person_id,
  item.body ->> '$.person.verified' AS verified, item.body ->> '$.person.anonymousId' AS anonymous,
  item.body ->> '$.person.email' AS person_email, item.body ->> '$.email' AS email,
  item.body ->> '$.who' AS who`

/** The same from the columns of a list. */
export function namedBy(row: Omit<NamingRow, 'doc' | 'id' | 'created_at' | 'received_at'>): Named {
  return {
    person: {
      verified: row.verified === 1,
      ...(row.person_id === null ? {} : { id: row.person_id }),
      ...(row.anonymous === null ? {} : { anonymousId: row.anonymous }),
      ...(row.person_email === null ? {} : { email: row.person_email }),
    },
    ...(row.email === null ? {} : { email: row.email }),
    ...(row.who === null ? {} : { who: row.who }),
  }
}

/** Where a page begins: at documents below `below`. */
export interface Page {
  below: number
  limit: number
}

const listed = `FROM facet CROSS JOIN item ON item.doc = facet.rowid
  WHERE facet MATCH ?1 AND facet.rowid < CAST(?2 AS INTEGER) AND item.project = ?3 ORDER BY facet.rowid DESC LIMIT ?4`

/** Lists items by an expression of `matchParts`, newest first, in every environment, spam and merged ones too. */
export async function listMeant(db: Database, project: string, match: string, page: Page): Promise<ItemRow[]> {
  const statement = db.prepare(`SELECT ${itemColumns} ${listed}`).bind(match, page.below, project, page.limit)
  return (await statement.all<ItemRow>()).results
}

/** The same, only what they name. */
export async function listNaming(db: Database, project: string, match: string, page: Page): Promise<NamingRow[]> {
  const statement = db.prepare(`SELECT ${namingColumns} ${listed}`).bind(match, page.below, project, page.limit)
  return (await statement.all<NamingRow>()).results
}

/** Lists everything that the items of an expression name, each combination once. */
export async function listNamed(db: Database, project: string, match: string): Promise<Named[]> {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT person_id, verified, anonymous, person_email, email, who FROM (SELECT ${namingColumns}
        FROM facet CROSS JOIN item ON item.doc = facet.rowid WHERE facet MATCH ?1 AND item.project = ?2)`,
    )
    .bind(match, project)
    .all<NamingRow>()
  return results.map(namedBy)
}

/** Counts the items of an expression, up to `most`; of this project alone, whatever the hashes in it find. */
export async function countMeant(db: Database, project: string, match: string, most: number): Promise<number> {
  const count = await db
    .prepare(
      `SELECT count(*) AS count FROM (SELECT 1 FROM facet CROSS JOIN item ON item.doc = facet.rowid
        WHERE facet MATCH ?1 AND item.project = ?2 LIMIT ?3)`,
    )
    .bind(match, project, most)
    .first<number>('count')
  return count ?? 0
}
