import type {
  BackupEnd,
  BackupLine,
  BackupPart,
  BackupProject,
  RestoredImage,
  RestoreResult,
  RestoreStart,
} from '../wire/index.ts'
import type { Connection } from './connection.ts'
import { toQuery } from './filters.ts'
import { sendJson } from './json.ts'
import type { Result } from './problem.ts'
import { request } from './request.ts'
import type { CallOptions } from './request.ts'

/** A page of one part of a project. */
export interface BackupPage {
  lines: BackupLine[]
  end: BackupEnd
}

/** Where lines go: what `begin` answered. */
export interface RestoreTarget {
  lineage: string
  /** Put a backup beside other things. */
  add: boolean
}

/** A whole project out and in, as `earshot backup` and `earshot restore` do it. All of it needs the scope `admin`. */
export interface BackupCalls {
  page(
    part: BackupPart,
    place?: { cursor?: string | null; limit?: number },
    call?: CallOptions,
  ): Promise<Result<BackupPage>>
  /** The bytes of an image, by the link of its item. */
  image(url: string, call?: CallOptions): Promise<Result<ArrayBuffer>>
  /** Makes an empty project the one of the backup; `conflict` where it holds other things and `add` is not set. */
  begin(project: BackupProject, options?: { add?: boolean }, call?: CallOptions): Promise<Result<RestoreStart>>
  /** Which of these items (500 at most) neither stand there nor were erased. */
  wanted(ids: readonly string[], call?: CallOptions): Promise<Result<string[]>>
  /** An image that waits an hour for its item, whose line names it. */
  putImage(slot: { item: string; n: number }, bytes: ArrayBuffer, call?: CallOptions): Promise<Result<RestoredImage>>
  /** Lines of JSON, 500 at most. Twice is harmless. */
  put(lines: readonly string[], target: RestoreTarget, call?: CallOptions): Promise<Result<RestoreResult>>
}

export function backupCalls(connection: Connection): BackupCalls {
  return {
    async page(part, { cursor, limit } = {}, { signal } = {}) {
      const query = toQuery({ part, cursor: cursor ?? undefined, limit })
      if (!query.ok) return query
      const read = async (response: Response) => readPage(await response.text())
      return request(connection, { path: '/v1/backup', query: query.value, repeatable: true, read, signal })
    },
    image(url, { signal } = {}) {
      // Asked for at the endpoint, whatever name the collector gives itself.
      const { pathname, searchParams } = new URL(url)
      const read = (response: Response) => response.arrayBuffer()
      return request(connection, { path: pathname, query: searchParams, repeatable: true, read, signal })
    },
    begin: (project, { add = false } = {}, { signal } = {}) =>
      sendJson(
        connection,
        { method: 'POST', path: '/v1/restore/project', query: addQuery(add), repeatable: true, signal },
        project,
      ),
    async wanted(ids, { signal } = {}) {
      const path = '/v1/restore/wanted'
      const answer = await sendJson<{ ids: string[] }>(
        connection,
        { method: 'POST', path, repeatable: true, signal },
        { ids },
      )
      return answer.ok ? { ok: true, value: answer.value.ids } : answer
    },
    putImage: ({ item, n }, bytes, { signal } = {}) =>
      request(connection, {
        method: 'POST',
        path: '/v1/restore/images',
        query: new URLSearchParams({ item, n: String(n) }),
        headers: { 'content-type': 'application/octet-stream' },
        // A second one waits beside the first, which is thrown away in an hour.
        repeatable: true,
        body: bytes,
        read: async (response) => (await response.json()) as RestoredImage,
        signal,
      }),
    put: (lines, { lineage, add }, { signal } = {}) =>
      request(connection, {
        method: 'POST',
        path: '/v1/restore',
        query: new URLSearchParams({ lineage, ...(add && { add: 'true' }) }),
        headers: { 'content-type': 'application/x-ndjson' },
        repeatable: true,
        body: lines.map((line) => `${line}\n`).join(''),
        read: async (response) => (await response.json()) as RestoreResult,
        signal,
      }),
  }
}

const addQuery = (add: boolean) => new URLSearchParams(add ? { add: 'true' } : {})

/** A page counts only whole; one that was cut is asked for again. */
function readPage(text: string): BackupPage {
  const values = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as BackupLine | BackupEnd)
  const end = values.at(-1)
  if (end === undefined || !('end' in end) || end.count !== values.length - 1) throw new Error('the page has no end')
  return { lines: values.slice(0, -1) as BackupLine[], end }
}
