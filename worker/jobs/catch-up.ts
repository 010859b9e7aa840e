import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../env.ts'
import { serverLimits } from '../limits.ts'
import { type ConsumerName, findBacklog } from '../storage/consumers.ts'
import type { Database } from '../storage/database.ts'
import { runConsumer } from './run.ts'

/**
 * Before an answer that must be whole (an exact count, an export and its columns, suggestions): lets the consumers catch
 * up, so that what was stored a moment ago is found by its facets, words and names too. Waits a little for somebody
 * else's lease.
 */
export const catchUpFirst = createMiddleware<AppEnv>(async (c, next) => {
  for (const name of ['index', 'counts'] as const) await catchUp(c.env.DB, name)
  return next()
})

async function catchUp(db: Database, name: ConsumerName): Promise<void> {
  for (let attempt = 0; attempt < serverLimits.catchUpAttempts; attempt++) {
    if ((await findBacklog(db, name)) === 0) return
    await runConsumer(db, name, 1)
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, serverLimits.catchUpWaitMs))
  }
}
