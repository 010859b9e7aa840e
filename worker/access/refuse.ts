import type { TypedResponse } from 'hono'
import type { Problem } from '../../sdk/wire/index.ts'
import type { AppContext } from '../env.ts'
import { type Failure, problemHeaders, type ProblemStatus, toProblem } from '../failure.ts'

/** Answers with a failure as problem+json. */
export function refuse(c: AppContext, failure: Failure): Response & TypedResponse<Problem, ProblemStatus, 'json'> {
  c.set('refused', failure.code)
  const problem = toProblem(failure, c.var.requestId)
  return c.json(problem, problem.status, problemHeaders(failure))
}
