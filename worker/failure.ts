import { type Issue, type Problem, type ProblemCode, problemCodes } from '../sdk/wire/index.ts'

/** An expected failure, as a value. Each code has its own title; the detail says what happened and what to do. */
export interface Failure {
  code: ProblemCode
  detail: string
  issues?: Issue[]
  /** Seconds, for 429 and 503. */
  retryAfter?: number
  /** Methods, for 405. */
  allow?: string[]
}

/** Either what was asked for, or why not. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure }

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value })

export function failed(
  code: ProblemCode,
  detail: string,
  extra: Omit<Failure, 'code' | 'detail'> = {},
): { ok: false; failure: Failure } {
  return { ok: false, failure: { code, detail, ...extra } }
}

/** Somebody else's service that is needed does not answer; caught in one place, and answered with 503. */
export class Unavailable extends Error {}

/** The title of each problem; the record is exhaustive, so that a new code cannot be forgotten. */
const titles: Record<ProblemCode, string> = {
  'not-json': 'Not readable as JSON',
  'bad-request': 'Bad request',
  'bad-cursor': 'Bad cursor',
  'bad-filter': 'Bad filter value',
  'unknown-filter': 'Unknown filter',
  'no-key': 'No key',
  'unknown-key': 'Unknown key',
  'wrong-key': 'Wrong kind of key',
  'no-scope': 'Key without the scope',
  'bad-token': 'Token or link not good',
  'origin-refused': 'Origin not admitted',
  'cross-site': 'Cross-site request',
  'not-found': 'Not found',
  'method-not-allowed': 'Method not allowed',
  conflict: 'Changed meanwhile',
  erased: 'Erased',
  'too-large': 'Too large',
  'encoding-refused': 'Encoding refused',
  'bad-id': 'No valid id',
  empty: 'Says nothing',
  invalid: 'Not accepted',
  'too-many': 'Too many requests',
  'over-quota': 'Quota used up',
  fault: 'Unexpected fault',
  unavailable: 'Unavailable',
}

/** The statuses that a problem can have. */
export type ProblemStatus = (typeof problemCodes)[ProblemCode]

/** A failure as RFC 9457 gives it. */
export function toProblem(failure: Failure, requestId: string): Problem & { status: ProblemStatus } {
  return {
    type: `https://earshot.dev/problems/${failure.code}`,
    title: titles[failure.code],
    status: problemCodes[failure.code],
    detail: failure.detail,
    code: failure.code,
    requestId,
    ...(failure.issues === undefined ? {} : { issues: failure.issues }),
  }
}

/** The headers that go with a failure. */
export function problemHeaders(failure: Failure): Record<string, string> {
  return {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(failure.retryAfter === undefined ? {} : { 'retry-after': String(failure.retryAfter) }),
    ...(failure.allow === undefined ? {} : { allow: failure.allow.join(', ') }),
  }
}
