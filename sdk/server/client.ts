import type { EndMark, Feedback, ImportLine, ImportResult } from '../wire/index.ts'
import { backupCalls } from './backup.ts'
import type { BackupCalls } from './backup.ts'
import { readChanges } from './changes.ts'
import type { Changes, ChangesOptions } from './changes.ts'
import { connect } from './connection.ts'
import type { ClientOptions } from './connection.ts'
import { exportItems, exportStream } from './export.ts'
import type { ExportOptions, ExportStream } from './export.ts'
import { feedbackCalls } from './feedback.ts'
import type { FeedbackCalls } from './feedback.ts'
import type { Filters } from './filters.ts'
import { importItems } from './import.ts'
import type { ImportOptions } from './import.ts'
import { accountCalls, peopleCalls } from './people.ts'
import type { AccountCalls, PeopleCalls } from './people.ts'
import type { Result } from './problem.ts'
import { projectRoom } from './project.ts'
import type { ProjectRoom } from './project.ts'
import type { CallOptions } from './request.ts'
import { surveyCalls } from './surveys.ts'
import type { SurveyCalls } from './surveys.ts'
import { webhookCalls } from './webhooks.ts'
import type { WebhookCalls } from './webhooks.ts'

/**
 * The private API. Single calls resolve to a `Result` and never reject; what is iterated over throws an `EarshotError` with
 * the same problem. Whatever can be asked again without harm is, after `429`, faults and broken networks.
 */
export interface Client extends ProjectRoom {
  feedback: FeedbackCalls
  people: PeopleCalls
  accounts: AccountCalls
  surveys: SurveyCalls
  webhooks: WebhookCalls
  backup: BackupCalls
  /**
   * Every item that the filters select, whole, oldest first; returns the end mark, which counts them. Needs the scope
   * `export`.
   *
   * @throws EarshotError `incomplete` where the stream breaks off: what came until then is not all
   * @example
   * for await (const item of earshot.export({ from: '2026-01-01' })) await warehouse.insert(item)
   */
  export(filters?: Filters, options?: CallOptions): AsyncGenerator<Feedback, EndMark>
  /** The same as bytes, in any format, with the number of items that follow. */
  exportStream(wanted: ExportOptions & Filters, options?: CallOptions): Promise<Result<ExportStream>>
  /**
   * What changed since a cursor: to keep a copy that is never behind for long. Needs the scope `export`.
   *
   * @throws EarshotError
   * @example
   * for await (const { changes, cursor } of earshot.changes({ cursor: await kept.read() }).batches()) {
   *   await warehouse.upsert(changes)
   *   await kept.write(cursor)
   * }
   */
  changes(options?: ChangesOptions, call?: CallOptions): Changes
  /**
   * Brings items in that were said elsewhere, as an export gives them or as submissions, or as lines of NDJSON. One result
   * for each, in their order; run twice, everything is `repeated`. Needs the scope `write`.
   *
   * @throws EarshotError
   * @example
   * for await (const { line, result, reason } of earshot.import(items)) if (result === 'refused') report(line, reason)
   */
  import(
    items: Iterable<ImportLine | string> | AsyncIterable<ImportLine | string>,
    options?: ImportOptions & CallOptions,
  ): AsyncGenerator<ImportResult, void>
}

/**
 * Makes a client of a collector's private API. Runs in Node from 20 on, in workers, Deno and Bun; never in a page, because
 * the key is a secret.
 *
 * @throws TypeError where an option cannot be meant
 * @example
 * const earshot = createClient({ endpoint: 'https://feedback.example.com', key: process.env.EARSHOT_KEY })
 * const bugs = await earshot.feedback.list({ kind: 'bug', status: 'new' })
 * if (bugs.ok) console.log(bugs.value.total.count)
 * else console.error(bugs.problem.detail)
 */
export function createClient(options: ClientOptions): Client {
  const connection = connect(options)
  return {
    ...projectRoom(connection),
    feedback: feedbackCalls(connection),
    people: peopleCalls(connection),
    accounts: accountCalls(connection),
    surveys: surveyCalls(connection),
    webhooks: webhookCalls(connection),
    backup: backupCalls(connection),
    export: (filters = {}, options = {}) => exportItems(connection, filters, options),
    exportStream: (wanted, options = {}) => exportStream(connection, wanted, options),
    changes: (options = {}, call = {}) => readChanges(connection, options, call),
    import: (items, { environment, signal } = {}) => importItems(connection, items, { environment }, { signal }),
  }
}
