import { finalStatuses } from './wire/index.ts'
import type { Problem, Receipt } from './wire/index.ts'

/** What came back from one attempt. */
export interface Answer {
  /** HTTP status; 0 when there was no answer at all. */
  status: number
  /** The `Content-Type` header. */
  type?: string | null
  /** The `Retry-After` header. */
  retryAfter?: string | null
  /** The body as JSON; undefined where it is none. */
  body?: unknown
}

/** What is to be done with the submission. */
export interface Verdict {
  state: 'stored' | 'queued' | 'refused'
  /** With `stored`. */
  receipt?: Receipt
  /** With `refused`, and with `queued` where the collector said why. */
  problem?: Problem
  /** With `queued`: milliseconds until the next attempt. */
  delayMs?: number
  /** The collector asked for the delay: coming online or a new page load does not shorten it. */
  firm?: boolean
  /** Nothing else would get through now either. */
  pause?: boolean
}

const secondMs = 1_000
/** The longest that this side waits of its own accord. */
export const longestMs = 30 * 60 * secondMs
const hourMs = 60 * 60 * secondMs
const dayMs = 24 * hourMs

// The operator's mistakes (a key, an origin, an address): they are mended by a person, not by haste.
const operatorStatuses = [401, 403, 404]
// No answer, asked to slow down, out of order: what comes next in line would fare no better.
const pausingStatuses = [0, 429, 503]

/**
 * The retry policy. A submission is accepted only by a 2xx whose JSON carries its own id, and refused only by a
 * `Problem` with a final status; everything else waits. Only a `Problem` is the collector's own word: 401, 403 or 404
 * with one is the operator's mistake and tried again daily; without one it is a portal's, a proxy's or a service
 * worker's, gone with the next network, and tried again like any other fault.
 *
 * @param attempt how many attempts failed before this one
 * @param random from 0 to 1, full jitter: a crowd that failed together must not return together
 */
export function judge(answer: Answer, id: string, attempt: number, now: number, random: number): Verdict {
  const { status, type } = answer
  const body = answer.body as Partial<Receipt & Problem> | null | undefined
  if (status >= 200 && status < 300 && body?.id === id) return { state: 'stored', receipt: body as Receipt }
  const problem = type?.includes('problem+json') && body?.code ? (body as Problem) : undefined
  if (problem && finalStatuses.includes(status)) return { state: 'refused', problem }
  const operator = problem && operatorStatuses.includes(status)
  const asked = operator ? dayMs * (0.9 + random / 5) : parseRetryAfter(answer.retryAfter, now)
  const firm = asked !== undefined
  const backoffMs = random * Math.min(longestMs, secondMs * 2 ** attempt)
  return {
    state: 'queued',
    problem,
    delayMs: (asked ?? 0) + backoffMs,
    firm,
    pause: firm || pausingStatuses.includes(status),
  }
}

/** `Retry-After` in milliseconds, in both its forms, an hour at most; undefined for rubbish. */
export function parseRetryAfter(value: string | null | undefined, now: number): number | undefined {
  const text = value ?? ''
  // A date has a time: `Date.parse` would read one into `-5` or `soon 5` as well.
  const ms = /^\d+$/.test(text) ? +text * secondMs : Date.parse(/:/.test(text) ? text : '') - now
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), hourMs) : undefined
}
