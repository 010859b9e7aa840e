import { signal } from '@preact/signals'
import type { Problem } from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { heard, unheard } from './connection.ts'

/** True from the first answer that says so: the whole console then shows how to sign in. */
export const signedOut = signal(false)

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  query?: URLSearchParams
  /** Sent as JSON. */
  body?: unknown
  /** Sent as NDJSON, and answered line by line. */
  lines?: readonly string[]
  /** The change number the caller has seen; somebody faster means 409. */
  ifMatch?: number
  signal?: AbortSignal
}

/** One request to the private API with the session's cookie. Never throws. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const headers = new Headers({ accept: 'application/json' })
  if (options.lines !== undefined) headers.set('content-type', 'application/x-ndjson')
  else if (options.body !== undefined) headers.set('content-type', 'application/json')
  if (options.ifMatch !== undefined) headers.set('if-match', `"${options.ifMatch}"`)
  const query = options.query?.toString()
  const begunAt = performance.now()
  try {
    const response = await fetch(query ? `${path}?${query}` : path, {
      method: options.method ?? 'GET',
      headers,
      body: bodyOf(options),
      signal: options.signal ?? null,
      cache: 'no-store',
    })
    heard(begunAt)
    if (response.status === 401) {
      signedOut.value = true
      return { ok: false, failure: { because: 'signed-out' } }
    }
    if (!response.ok) return { ok: false, failure: { because: 'refused', problem: await readProblem(response) } }
    const value = (response.status === 204 ? null : await readValue(response)) as T
    return { ok: true, value }
  } catch {
    // fetch rejects when cancelled and when nobody answered; a body that breaks off ends here too.
    if (options.signal?.aborted) return { ok: false, failure: { because: 'cancelled' } }
    unheard()
    return { ok: false, failure: { because: 'unreachable' } }
  }
}

function bodyOf({ body, lines }: RequestOptions): string | null {
  if (lines !== undefined) return lines.map((line) => `${line}\n`).join('')
  return body === undefined ? null : JSON.stringify(body)
}

async function readValue(response: Response): Promise<unknown> {
  if (response.headers.get('content-type')?.startsWith('application/x-ndjson') !== true) return response.json()
  const lines = (await response.text()).split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as unknown)
}

export async function readProblem(response: Response): Promise<Problem> {
  const { status } = response
  const title = `The server answered ${status}.`
  const code = status === 503 ? 'unavailable' : 'fault'
  // Something in front of the collector may answer, in a language of its own.
  const unknown: Problem = { type: 'about:blank', title, status, detail: title, code, requestId: '' }
  try {
    return { ...unknown, ...((await response.json()) as Partial<Problem>), status }
  } catch {
    return unknown
  }
}
