import type { Connection } from './connection.ts'
import { toQuery } from './filters.ts'
import type { Query } from './filters.ts'
import { request } from './request.ts'
import type { Call, CallOptions } from './request.ts'
import type { Result } from './problem.ts'

/** Reads JSON from an address; asked again as often as needed. */
export async function getJson<T>(
  connection: Connection,
  path: string,
  parts: Query,
  { signal }: CallOptions,
): Promise<Result<T>> {
  const query = toQuery(parts)
  if (!query.ok) return query
  const read = async (response: Response) => (await response.json()) as T
  return request(connection, { path, query: query.value, repeatable: true, read, signal })
}

/** A change that is sent as JSON, or without a body. */
export type Change<T> = Pick<Call<T>, 'method' | 'path' | 'query' | 'headers' | 'repeatable' | 'gone' | 'signal'>

/** Sends a change and reads the JSON that answers it. */
export function sendJson<T>(connection: Connection, change: Change<T>, body?: unknown): Promise<Result<T>> {
  const read = async (response: Response) => (await response.json()) as T
  if (body === undefined) return request(connection, { ...change, read })
  const headers = { 'content-type': 'application/json', ...change.headers }
  return request(connection, { ...change, headers, body: JSON.stringify(body), read })
}

/** Deletes something; a second attempt that finds nothing finds that the first one did it. */
export function remove(
  connection: Connection,
  path: string,
  { signal }: CallOptions,
  query = new URLSearchParams(),
): Promise<Result<null>> {
  const read = () => Promise.resolve(null)
  return request(connection, { method: 'DELETE', path, query, repeatable: true, gone: null, read, signal })
}

/** Reads a list that has one page. */
export async function getItems<T>(
  connection: Connection,
  path: string,
  parts: Query,
  options: CallOptions,
): Promise<Result<T[]>> {
  const list = await getJson<{ items: T[] }>(connection, path, parts, options)
  return list.ok ? { ok: true, value: list.value.items } : list
}

/** A part of a path. */
export const part = encodeURIComponent
