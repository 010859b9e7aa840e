import { DatabaseSync } from 'node:sqlite'
import { runConsumer } from '../../worker/jobs/run.ts'
import { insertItems } from '../../worker/storage/items.ts'
import { sampleItem } from './sample.mjs'

/** The part of D1 that storage needs, over a file, so that a million items are written by the code that is measured. */
function databaseOf(db) {
  const run = ({ sql, bound }) => {
    const statement = db.prepare(sql)
    const named = bound.map((value) => (typeof value === 'boolean' ? Number(value) : value))
    const returns = /\bRETURNING\b|^\s*(SELECT|WITH)\b/i.test(sql)
    if (returns) return { results: statement.all(...named), meta: { changes: 0 } }
    return { results: [], meta: { changes: Number(statement.run(...named).changes) } }
  }
  const prepare = (sql, bound = []) => ({
    sql,
    bound,
    bind: (...values) => prepare(sql, values),
    all: async () => run({ sql, bound }),
    run: async () => run({ sql, bound }),
    first: async (column) => {
      const row = run({ sql, bound }).results[0] ?? null
      return row === null || column === undefined ? row : row[column]
    },
  })
  return {
    prepare,
    batch: async (all) => {
      db.exec('SAVEPOINT batch')
      try {
        const answers = all.map(run)
        db.exec('RELEASE batch')
        return answers
      } catch (error) {
        db.exec('ROLLBACK TO batch; RELEASE batch')
        throw error
      }
    },
  }
}

/** Writes `count` items into a database file, with their facets, words, rollups and names. */
export async function fill(file, { project, count, now, texts }) {
  const sqlite = new DatabaseSync(file)
  sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000')
  const db = databaseOf(sqlite)
  const begun = Date.now()
  for (let i = 0; i < count; i += 10_000) {
    sqlite.exec('BEGIN')
    const items = Array.from({ length: Math.min(10_000, count - i) }, (_, n) =>
      sampleItem(i + n, { project, count, now, texts }),
    )
    await insertItems(db, items)
    sqlite.exec('COMMIT')
    sqlite.exec('BEGIN')
    await runConsumer(db, 'search', 1)
    await runConsumer(db, 'counts', 1)
    await runConsumer(db, 'people', 1)
    sqlite.exec('COMMIT')
    if ((i / 10_000) % 20 === 19)
      console.log(`  ${(i + 10_000).toLocaleString('en')} items, ${((Date.now() - begun) / 1000).toFixed(0)} s`)
  }
  sqlite.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  sqlite.close()
}
