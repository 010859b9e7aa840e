import { limits } from '../wire/limits.ts'
import type { Feedback, FeedbackList, FeedbackPatch, Total } from '../wire/index.ts'
import type { Connection } from './connection.ts'
import type { Filters } from './filters.ts'
import { getJson, part, remove, sendJson } from './json.ts'
import { unwrap } from './problem.ts'
import type { Result } from './problem.ts'
import type { CallOptions } from './request.ts'
import { teamCalls } from './team.ts'
import type { TeamCalls } from './team.ts'

/** Which page of a list. */
export interface PageOptions {
  /** Items a page has; `limits.pageDefault` unless told, `limits.pageMax` at most. */
  limit?: number
  /** The `next` of the page before. */
  cursor?: string
}

/** Reading and triage. Reading needs the scope `read`, changing `write`. */
export interface FeedbackCalls extends TeamCalls {
  /** One page, newest first unless `sort` says otherwise, with the number of all that match. */
  list(filters?: Filters & PageOptions, options?: CallOptions): Promise<Result<FeedbackList>>
  /**
   * Every item that matches, page by page as they are needed. For all of a project, `export` is faster.
   *
   * @throws EarshotError
   * @example
   * for await (const item of earshot.feedback.all({ status: 'new', 'tag.plan': 'pro' })) console.log(item.message)
   */
  all(filters?: Filters, options?: CallOptions): AsyncGenerator<Feedback, void>
  /** The exact number. */
  count(filters?: Filters, options?: CallOptions): Promise<Result<Total>>
  /** One item, whole. */
  get(id: string, options?: CallOptions): Promise<Result<Feedback>>
  /**
   * Triages an item.
   *
   * @param options.ifChange the `change` of the item that was read: `conflict` when somebody was faster
   * @example
   * await earshot.feedback.update(item.id, { status: 'planned', addLabels: ['q3'] }, { ifChange: item.change })
   */
  update(id: string, patch: FeedbackPatch, options?: CallOptions & { ifChange?: number }): Promise<Result<Feedback>>
  /** Deletes an item whole; what is left is a tombstone in `changes`. */
  delete(id: string, options?: CallOptions): Promise<Result<null>>
}

export function feedbackCalls(connection: Connection): FeedbackCalls {
  const path = (id: string) => `/v1/feedback/${part(id)}`
  const list: FeedbackCalls['list'] = (filters = {}, options = {}) =>
    getJson(connection, '/v1/feedback', { ...filters }, options)
  return {
    list,
    async *all(filters = {}, options = {}) {
      let cursor: string | undefined
      do {
        const page = unwrap(await list({ limit: limits.pageMax, ...filters, cursor }, options))
        yield* page.items
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
    },
    count: (filters = {}, options = {}) => getJson(connection, '/v1/feedback/count', filters, options),
    get: (id, options = {}) => getJson(connection, path(id), {}, options),
    update: (id, patch, { ifChange, signal } = {}) =>
      sendJson(
        connection,
        {
          method: 'PATCH',
          path: path(id),
          // With `ifChange` a second attempt would meet the first one's change and call it a conflict.
          repeatable: ifChange === undefined,
          ...(ifChange === undefined ? {} : { headers: { 'if-match': `"${ifChange}"` } }),
          signal,
        },
        patch,
      ),
    delete: (id, options = {}) => remove(connection, path(id), options),
    ...teamCalls(connection),
  }
}
