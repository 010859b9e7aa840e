/** Where the input is at fault. */
export interface Issue {
  /** Dotted path into the body, or the name of a query parameter. */
  path: string
  reason: string
}

/**
 * Every refusal, as RFC 9457 `application/problem+json`.
 *
 * @example
 * { "type": "https://earshot.dev/problems/unknown-filter", "title": "Unknown filter", "status": 400,
 *   "detail": "There is no filter named 'colour'.", "code": "unknown-filter", "requestId": "…",
 *   "issues": [{ "path": "colour", "reason": "unknown filter" }] }
 */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: ProblemCode
  requestId: string
  issues?: Issue[]
}

/** Every `Problem.code` with its status. Codes are stable: answers only grow. */
export const problemCodes = {
  'not-json': 400,
  'bad-request': 400,
  'bad-cursor': 400,
  'bad-filter': 400,
  'unknown-filter': 400,
  'no-key': 401,
  'unknown-key': 401,
  'wrong-key': 401,
  'no-scope': 403,
  'bad-token': 403,
  'origin-refused': 403,
  'cross-site': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  erased: 410,
  'too-large': 413,
  'encoding-refused': 415,
  'bad-id': 422,
  empty: 422,
  invalid: 422,
  'too-many': 429,
  'over-quota': 429,
  fault: 500,
  unavailable: 503,
} as const
export type ProblemCode = keyof typeof problemCodes

/** Statuses after which an outbox drops a submission, given that the answer is a `Problem`. Everything else waits. */
export const finalStatuses: readonly number[] = [400, 410, 413, 415, 422]
