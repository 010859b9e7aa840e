import { z } from '@hono/zod-openapi'
import { type AuditAction, type Problem, type ProblemCode, problemCodes, type Scope } from '../../sdk/wire/index.ts'
import { assertType, type Equal } from '../equal.ts'

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(Object.keys(problemCodes) as ProblemCode[]),
    requestId: z.string(),
    issues: z.array(z.object({ path: z.string(), reason: z.string() })).optional(),
  })
  .openapi('Problem')

assertType<Equal<z.infer<typeof problemSchema>, Problem>>()

/** How every refusal stands in the OpenAPI document. */
export const problemResponse = {
  description: 'Refused: RFC 9457 problem details',
  content: { 'application/problem+json': { schema: problemSchema } },
} as const

/** A JSON answer in the OpenAPI document. */
export const jsonAnswer = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** What private routes ask for. */
export const secretKey = [{ secretKey: [] }]

/** What a member's own things ask for: the console's cookie, no key. */
export const signedIn = [{ session: [] }]

/** The id that stands in a route's path. */
export const idInPath = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) })

/**
 * What a private route asks for, in its document: a scope of the caller in the project (`any`: whichever), a member's
 * own `session`, or the `operator` of the deployment. What changes something says which action the audit log has of it.
 * The access matrix is made from this (test/requests/matrix.test.ts).
 *
 * @example createRoute({ method: 'patch', path: '/v1/feedback/{id}', ...needs('write', 'feedback.triage'), … })
 */
export const needs = (scope: Scope | 'any' | 'session' | 'operator', action?: AuditAction) => ({
  ...(scope === 'operator' ? {} : { security: scope === 'session' ? signedIn : secretKey }),
  'x-earshot-scope': scope,
  ...(action === undefined ? {} : { 'x-earshot-audit': action }),
})
