import { DurableObject } from 'cloudflare:workers'

/** One statement with its parameters, as it crosses to the object that holds the database. */
export interface Statement {
  sql: string
  bound: unknown[]
}

interface Answer {
  results: Record<string, unknown>[]
  meta: { changes: number; rows_written: number; rows_read: number }
}

/** What the collector writes down every ten seconds of all that came meanwhile: no request's own. */
const tally = /^INSERT INTO (outcome|refused_origin) /

/** SQLite in a Durable Object, which is what D1 is: one writer, a batch is a transaction. */
export class Sqlite extends DurableObject {
  written = 0
  read = 0

  run(statements: Statement[]): Answer[] {
    return this.ctx.storage.transactionSync(() => statements.map((statement) => this.one(statement)))
  }

  one({ sql, bound }: Statement): Answer {
    const cursor = this.ctx.storage.sql.exec(sql, ...bound)
    const results = cursor.toArray() as Record<string, unknown>[]
    if (!tally.test(sql)) this.written += cursor.rowsWritten
    this.read += cursor.rowsRead
    const changes = Number(this.ctx.storage.sql.exec('SELECT changes() AS n').one()['n'])
    return { results, meta: { changes, rows_written: cursor.rowsWritten, rows_read: cursor.rowsRead } }
  }

  /** Rows written, but for the tally, and read since the last call. */
  takeRows(): { written: number; read: number } {
    const taken = { written: this.written, read: this.read }
    this.written = 0
    this.read = 0
    return taken
  }
}

type Stub = DurableObjectStub<Sqlite>

/** The types of remote calls cannot say what parameters of unknown type become on the way. */
export const runOn = (stub: Stub, statements: Statement[]) => stub.run(statements) as unknown as Promise<Answer[]>

/** How statements reach the database. */
type Run = (statements: Statement[]) => Promise<Answer[]>

class Prepared {
  readonly send: Run
  readonly sql: string
  readonly bound: unknown[]
  constructor(run: Run, sql: string, bound: unknown[] = []) {
    this.send = run
    this.sql = sql
    this.bound = bound
  }
  bind(...bound: unknown[]): Prepared {
    return new Prepared(this.send, this.sql, bound)
  }
  async all(): Promise<Answer> {
    const [answer] = await this.send([{ sql: this.sql, bound: this.bound }])
    if (answer === undefined) throw new Error('The database gave no answer.')
    return answer
  }
  run(): Promise<Answer> {
    return this.all()
  }
  async first(column?: string): Promise<unknown> {
    const row = (await this.all()).results[0]
    if (row === undefined) return null
    return column === undefined ? row : row[column]
  }
}

/** Stands around each call to the database: it makes the call, or does something else. */
export type Around = (make: () => Promise<Answer[]>, statements: Statement[]) => Promise<Answer[]>

/** The part of D1's interface that the worker uses, over the object. */
export function databaseOf(stub: Stub, around: Around = (make) => make()): D1Database {
  const send: Run = (statements) => around(() => runOn(stub, statements), statements)
  return {
    prepare: (sql: string) => new Prepared(send, sql),
    batch: (all: Prepared[]) => send(all.map(({ sql, bound }) => ({ sql, bound }))),
  } as unknown as D1Database
}
