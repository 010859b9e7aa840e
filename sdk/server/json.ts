import type { Connection } from './connection.ts'
import { toQuery } from './filters.ts'
import type { Query } from './filters.ts'
import { OtherAnswer, request } from './request.ts'
import type { Call, CallOptions } from './request.ts'
import type { Result } from './problem.ts'

/** Reads JSON; where it lacks one of `fields`, something else than a collector answered. */
export const readJson =
  <T>(fields: readonly (keyof T & string)[]) =>
  async (response: Response): Promise<T> => {
    const body: unknown = await response.json()
    if (fields.length === 0) return body as T
    const has = (field: string) => typeof body === 'object' && body !== null && Object.hasOwn(body, field)
    if (!fields.every(has)) throw new OtherAnswer('answered with something else than was asked for')
    return body as T
  }

/** Reads JSON from an address; asked again as often as needed. */
export async function getJson<T>(
  connection: Connection,
  path: string,
  parts: Query,
  { signal }: CallOptions,
  fields: readonly (keyof T & string)[] = [],
): Promise<Result<T>> {
  const query = toQuery(parts)
  if (!query.ok) return query
  return request(connection, { path, query: query.value, repeatable: true, read: readJson<T>(fields), signal })
}

/** A change that is sent as JSON, or without a body. */
export type Change<T> = Pick<Call<T>, 'method' | 'path' | 'query' | 'headers' | 'repeatable' | 'gone' | 'signal'>

/** Sends a change and reads the JSON that answers it. */
export function sendJson<T>(
  connection: Connection,
  change: Change<T>,
  body?: unknown,
  fields: readonly (keyof T & string)[] = [],
): Promise<Result<T>> {
  const read = readJson<T>(fields)
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
  const list = await getJson<{ items: T[] }>(connection, path, parts, options, ['items'])
  return list.ok ? { ok: true, value: list.value.items } : list
}

/** A part of a path. */
export const part = encodeURIComponent
