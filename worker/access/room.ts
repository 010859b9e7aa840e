import { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from '../env.ts'
import { failed } from '../failure.ts'
import { refuse } from './refuse.ts'

/** A room of routes whose documented inputs are validated, and refused in one way. */
export function makeRoom(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const issues = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), reason: message }))
      const [first] = issues
      return refuse(
        c,
        failed('invalid', `Not accepted: ${first?.path ?? ''} ${first?.reason ?? ''}.`, { issues }).failure,
      )
    },
  })
}
