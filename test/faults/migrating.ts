import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../../worker/storage/migrations')

/** One migration, statement by statement. */
export interface Migration {
  name: string
  statements: string[]
}

export const migrations: Migration[] = readdirSync(folder)
  .toSorted()
  .map((name) => ({ name, statements: statementsOf(readFileSync(join(folder, name), 'utf8')) }))

/** As D1 runs them: one after the other, each a transaction of its own, so that it may be cut off between any two. */
function statementsOf(sql: string): string[] {
  return sql
    .replace(/^\s*--.*$/gm, '')
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}

/** What stands in a database when the migrations after the first come: an item of each sort, counted and not yet counted. */
export const lived = [
  `INSERT INTO project VALUES ('p', 'Shop', '{}', 's', 1)`,
  `INSERT INTO api_key VALUES ('k', 'p', 'publishable', 'Web', 'pub_', 'production', '[]', 1, NULL, NULL)`,
  `INSERT INTO member VALUES ('m', 'Ada', 'ada@example.com')`,
  `INSERT INTO membership VALUES ('m', 'p', 'admin')`,
  `INSERT INTO session VALUES ('h', 'm', 1, 2)`,
  ...['free', 'pro', 'pro', null].map((plan, n) => {
    const body = { tags: {}, person: { id: `u_${n}`, verified: true, account: { id: 'a', ...(plan && { plan }) } } }
    const facets = '[["kind","bug"],["account","a"]]'
    return `INSERT INTO item VALUES (${1_024_000 * (n + 1)}, 'p', 'i${n}', ${n + 1}, ${n + 1}, 'production', 'bug', 'new',
      '[]', NULL, 0, NULL, ${1_000 * (n + 1)}, 5000, 5000, 'Said', '${JSON.stringify(body)}', '${facets}')`
  }),
  `INSERT INTO tombstone VALUES (5, 'p', 'gone', 6000)`,
  `INSERT INTO rollup VALUES ('p', 'production', 'kind', 'bug', '1970-01-01', 3)`,
  `INSERT INTO name VALUES ('p', 'tag.plan', 5000)`,
  `UPDATE consumer SET change = 3 WHERE name = 'counts'`,
  `UPDATE consumer SET change = 5 WHERE name = 'index'`,
]

type Row = Record<string, unknown>

/** A database to migrate: runs statements one after the other, and answers with the rows of each. */
export type Ground = (statements: readonly string[]) => Promise<Row[][]>

/** Brings a database to where migration `at` begins. */
export async function prepare(run: Ground, at: number): Promise<void> {
  const [first, ...others] = migrations.slice(0, Math.max(at, 1))
  await run([...(first?.statements ?? []), ...lived, ...others.flatMap(({ statements }) => statements)])
}

/** Runs migration `at`, cut off after `cuts` statements each, then whole; and all that come after it. */
export async function migrate(run: Ground, at: number, cuts: readonly number[] = []): Promise<void> {
  const { statements } = migrations[at] ?? { statements: [] }
  for (const cut of cuts) await run(statements.slice(0, cut))
  await run(statements)
  await run(migrations.slice(at + 1).flatMap((later) => later.statements))
}

/** What `hex(randomblob(16))` gave. */
const isRandom = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{32}$/i.test(value)

/** The schema and every row of every table, full-text tables by what their shadows hold. */
export async function contents(run: Ground): Promise<unknown> {
  const [schema = []] = await run([
    `SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY name`,
  ])
  const tables = schema
    .filter(({ type, sql }) => type === 'table' && !String(sql).startsWith('CREATE VIRTUAL'))
    .map(({ name }) => String(name))
  const held = await run(tables.map((name) => `SELECT * FROM "${name}"`))
  const textOf = (row: Row) => JSON.stringify(row, (_, value: unknown) => (isRandom(value) ? 'random' : value))
  return { schema, held: held.map((rows, n) => [tables[n], rows.map(textOf).toSorted()]) }
}
