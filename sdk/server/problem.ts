import type { Issue, Problem, ProblemCode } from '../wire/index.ts'

/** Why a call did not work, where no collector said so. */
export const ownCodes = {
  unreachable: 'No answer: the network, a proxy or the time limit; or the collector failed again and again.',
  'not-a-collector': 'Something answers at the endpoint, and it is no collector.',
  aborted: 'The `signal` that was given was aborted.',
  incomplete: 'A stream broke off before its end mark, or something was left over: what came is not all.',
} as const
export type OwnCode = keyof typeof ownCodes

/**
 * Why a call did not work.
 *
 * @example
 * { code: 'no-scope', detail: "This key lacks the scope 'admin', which this needs.", status: 403, requestId: '…',
 *   issues: [], mayHaveHappened: false }
 */
export interface CallProblem {
  /** The collector's own code (see `problemCodes` of `earshot/wire`), or one of `ownCodes`. Stable. */
  code: ProblemCode | OwnCode
  /** A sentence or two for people: what happened, and what to do. Never holds the key. */
  detail: string
  /** Null where there was no answer. */
  status: number | null
  /** To quote when asking about it; null where no collector answered. */
  requestId: string | null
  /** Where the input is at fault. */
  issues: Issue[]
  /** True when a change was asked for and its answer was lost: look before you ask again. */
  mayHaveHappened: boolean
  /** Milliseconds that the collector asks to wait, where that was too long to be waited for here. */
  retryAfterMs?: number
}

/** What every call resolves to; nothing that is expected to fail is thrown. */
export type Result<T> = { ok: true; value: T } | { ok: false; problem: CallProblem }

export const done = <T>(value: T): Result<T> => ({ ok: true, value })

/** A result that did not work. */
export function failed(
  code: CallProblem['code'],
  detail: string,
  extra: Partial<Omit<CallProblem, 'code' | 'detail'>> = {},
): { ok: false; problem: CallProblem } {
  return {
    ok: false,
    problem: { code, detail, status: null, requestId: null, issues: [], mayHaveHappened: false, ...extra },
  }
}

/** A collector's refusal as a result. */
export function refused({ code, detail, title, status, requestId, issues = [] }: Problem) {
  return failed(code, detail || title, { status, requestId, issues })
}

/** What `for await` over lists, exports and changes throws, and `unwrap`. */
export class EarshotError extends Error {
  override readonly name = 'EarshotError'
  readonly problem: CallProblem

  constructor(problem: CallProblem, options?: ErrorOptions) {
    const request = problem.requestId === null ? '' : `, request ${problem.requestId}`
    super(`${problem.detail} (${problem.code}${request})`, options)
    this.problem = problem
  }
}

/**
 * The value of a result; throws where there is none.
 *
 * @throws EarshotError
 * @example
 * const item = unwrap(await earshot.feedback.get(id))
 */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new EarshotError(result.problem)
}
