import type { Problem } from '../wire/index.ts'
import type { Connection } from './connection.ts'
import { startLimit } from './limit.ts'
import type { TimeLimit } from './limit.ts'
import { done, failed, refused } from './problem.ts'
import type { CallProblem, Result } from './problem.ts'
import { askedPauseMs, pauseBefore } from './retry.ts'
import type { Miss } from './retry.ts'

/** Every call takes one, to be given up. */
export interface CallOptions {
  signal?: AbortSignal | undefined
}

/** One call of the private API. */
export interface Call<T> extends CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  query?: URLSearchParams
  body?: string | ArrayBuffer
  headers?: Record<string, string>
  /** Whether asked twice is as good as asked once. Without it, only what was surely not carried out is asked again. */
  repeatable: boolean
  /** What a 404 means after an attempt whose answer was lost: it was we who did it. */
  gone?: T
  /** Belongs to the attempt: when it throws, the answer was cut. A stream goes on with the limit, and ends it. */
  read(response: Response, limit: TimeLimit): Promise<T>
  /** The answer goes on after `read`. */
  streams?: boolean
}

/** Thrown by `read` where what answered is no collector; its message goes on after the endpoint. */
export class OtherAnswer extends Error {}

type Attempt<T> = { value: T } | { problem: CallProblem; miss: Miss | null }

/** Makes a request, again after `429`, faults of the collector's and broken networks, as long as that is safe. */
export async function request<T>(connection: Connection, call: Call<T>): Promise<Result<T>> {
  const { attempts, clock } = connection
  let lost = false
  for (let attempt = 1; ; attempt++) {
    const outcome = await tryOnce(connection, call)
    if ('value' in outcome) return done(outcome.value)
    const { problem, miss } = outcome
    if (lost && problem.status === 404 && call.gone !== undefined) return done(call.gone)
    if (miss !== null && !miss.untouched) lost = true
    const mayHaveHappened = problem.mayHaveHappened || (lost && changes(call))
    if (miss === null) return { ok: false, problem: { ...problem, mayHaveHappened } }
    const ms = pauseBefore(miss, { attempt, attempts, repeatable: call.repeatable }, clock)
    if (ms === null) return giveUp({ ...problem, mayHaveHappened }, attempt, miss)
    await clock.pause(ms, call.signal)
    if (call.signal?.aborted === true) return { ok: false, problem: { ...aborted(), mayHaveHappened } }
  }
}

const changes = (call: Pick<Call<unknown>, 'method'>): boolean => (call.method ?? 'GET') !== 'GET'

function giveUp(problem: CallProblem, attempt: number, { askedMs }: Miss): Result<never> {
  const tries = attempt > 1 ? ` Gave up after ${attempt} attempts.` : ''
  const doubt = problem.mayHaveHappened ? ' It may have been done all the same: look before you ask again.' : ''
  const wait = askedMs > 0 ? { retryAfterMs: askedMs } : {}
  return { ok: false, problem: { ...problem, ...wait, detail: problem.detail + tries + doubt } }
}

async function tryOnce<T>(connection: Connection, call: Call<T>): Promise<Attempt<T>> {
  const { endpoint, key, project, timeoutMs } = connection
  const query = new URLSearchParams(call.query)
  if (project !== undefined && !query.has('project')) query.set('project', project)
  const search = query.size > 0 ? `?${query.toString()}` : ''
  const limit = startLimit(timeoutMs, call.signal)
  let open = false
  try {
    if (call.signal?.aborted === true) return { problem: aborted(), miss: null }
    const response = await connection.fetch(endpoint + call.path + search, {
      method: call.method ?? 'GET',
      headers: { ...call.headers, authorization: `Bearer ${key}` },
      redirect: 'manual',
      signal: limit.signal,
      ...(call.body === undefined ? {} : { body: call.body }),
    })
    if (!response.ok) return await refusalOf(response, connection)
    if (/html/i.test(response.headers.get('content-type') ?? '')) {
      return { problem: stranger(response, connection, 'answered with a page for people'), miss: null }
    }
    try {
      const value = await call.read(response, limit)
      open = call.streams === true
      return { value }
    } catch (error) {
      if (!(error instanceof OtherAnswer)) throw error
      return { problem: stranger(response, connection, error.message), miss: null }
    }
  } catch (error) {
    const over = limit.over()
    if (over === 'aborted') return { problem: { ...aborted(), mayHaveHappened: changes(call) }, miss: null }
    const why = over === 'late' ? `within ${timeoutMs / 1000} s` : `(${causeOf(error)})`
    const { problem } = failed('unreachable', `${endpoint} does not answer ${why}.`)
    return { problem, miss: { untouched: false, askedMs: 0 } }
  } finally {
    if (!open) limit.end()
  }
}

/** What an answer that is no success means, and whether to ask again. */
async function refusalOf(response: Response, connection: Connection): Promise<Attempt<never>> {
  const { status, headers } = response
  const askedMs = askedPauseMs(headers.get('retry-after'), connection.clock.now())
  const problem = await problemOf(response)
  if (problem !== null) {
    const again = status === 429 || status >= 500
    // The collector says 503 only where nothing was written.
    const miss = again ? { untouched: status === 429 || status === 503, askedMs } : null
    return { ...refused(problem), miss }
  }
  // A redirect is not followed: it would carry the key to somewhere else.
  if (status === 0 || (status >= 300 && status < 400)) {
    const to = headers.get('location')
    const where = to === null ? 'elsewhere' : `to ${to}`
    return { problem: stranger(response, connection, `redirects ${where}; give the address itself`), miss: null }
  }
  if (status !== 429 && status < 500) {
    return { problem: stranger(response, connection, `answered ${status}`), miss: null }
  }
  // A proxy's 5xx leaves open what became of the request behind it.
  const { problem: busy } = failed(
    'unreachable',
    `${connection.endpoint} answered ${status} and is no collector now.`,
    {
      status,
    },
  )
  return { problem: busy, miss: { untouched: status === 429, askedMs } }
}

async function problemOf(response: Response): Promise<Problem | null> {
  if (!/json/i.test(response.headers.get('content-type') ?? '')) {
    await response.body?.cancel()
    return null
  }
  try {
    const body: unknown = await response.json()
    return isProblem(body) ? body : null
  } catch {
    // Says it is JSON and is not, or was cut: some proxy's answer.
    return null
  }
}

/** Gateways have codes of their own: `{"code":"NOT_FOUND"}`. */
const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' &&
  body !== null &&
  ['code', 'title'].every((name) => typeof (body as Record<string, unknown>)[name] === 'string') &&
  typeof (body as Record<string, unknown>)['status'] === 'number'

function stranger({ status }: Response, { endpoint }: Connection, what: string): CallProblem {
  return failed('not-a-collector', `${endpoint} ${what}. That is no collector, or not at this address.`, { status })
    .problem
}

export const aborted = (): CallProblem => failed('aborted', 'Given up by the caller.').problem

/** `fetch` hides why it failed one or two levels down. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause !== undefined) return causeOf(error.cause)
  return (error as Error & { code?: string }).code ?? error.message
}
