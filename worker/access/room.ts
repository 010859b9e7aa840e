import { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from '../env.ts'
import { failed } from '../failure.ts'
import { issuesOf } from './reason.ts'
import { refuse } from './refuse.ts'

/** A room of routes whose documented inputs are validated, and refused in one way. */
export function makeRoom(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const issues = issuesOf(result.error.issues)
      const [first] = issues
      const what = [first?.path, first?.reason].filter(Boolean).join(' ')
      return refuse(c, failed('invalid', `Not accepted: ${what}.`, { issues }).failure)
    },
  })
}
