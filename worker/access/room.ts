import { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from '../env.ts'
import { failed } from '../failure.ts'
import { reasonOf } from './reason.ts'
import { refuse } from './refuse.ts'

/** So many fields that are not known are named; a body may have a hundred thousand. */
const unknownMax = 20

/** A room of routes whose documented inputs are validated, and refused in one way. */
export function makeRoom(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const issues = result.error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys'
          ? // Each by its name: the place of the whole says nothing.
            issue.keys
              .slice(0, unknownMax)
              .map((key) => ({ path: [...issue.path, key].join('.'), reason: 'is not known' }))
          : [{ path: issue.path.join('.'), reason: reasonOf(issue.message) }],
      )
      const [first] = issues
      const what = [first?.path, first?.reason].filter(Boolean).join(' ')
      return refuse(c, failed('invalid', `Not accepted: ${what}.`, { issues }).failure)
    },
  })
}
