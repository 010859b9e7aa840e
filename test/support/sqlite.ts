import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Database } from '../../worker/storage/database.ts'

type Value = string | number | null

/** A statement as D1 takes it. */
interface Prepared {
  sql: string
  bound: Value[]
}

/** The part of D1 that storage needs, on Node's SQLite with every migration; `before` is called before each call. */
export interface TestDatabase {
  db: Database
  sqlite: DatabaseSync
  /** Called before each call; what it throws is the call's failure. */
  before: (() => void) | null
}

export function openDatabase(): TestDatabase {
  const sqlite = new DatabaseSync(':memory:')
  for (const name of readdirSync('worker/storage/migrations').sort()) {
    sqlite.exec(readFileSync(`worker/storage/migrations/${name}`, 'utf8'))
  }
  const changes = sqlite.prepare('SELECT changes() AS n')
  const one = ({ sql, bound }: Prepared) => {
    const results = sqlite.prepare(sql).all(...bound)
    return { results, meta: { changes: Number(changes.get()?.['n'] ?? 0) } }
  }
  const send = async (statements: Prepared[]) => {
    opened.before?.()
    sqlite.exec('BEGIN')
    try {
      const answers = statements.map(one)
      sqlite.exec('COMMIT')
      return answers
    } catch (error) {
      sqlite.exec('ROLLBACK')
      throw error
    }
  }
  const prepare = (sql: string, bound: Value[] = []): object => {
    const all = async () => (await send([{ sql, bound }]))[0]
    return {
      sql,
      bound,
      bind: (...values: Value[]) => prepare(sql, values),
      all,
      run: all,
      first: async (column?: string) => {
        const row = (await all())?.results[0]
        return row === undefined ? null : column === undefined ? row : row[column]
      },
    }
  }
  const batch = (statements: Prepared[]) => send(statements)
  const opened: TestDatabase = { db: { prepare, batch }, sqlite, before: null }
  return opened
}
