import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../env.ts'
import { serverLimits } from '../limits.ts'
import { type ConsumerName, findPosition, findProgress } from '../storage/consumers.ts'
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

/** For rooms that must wait in the middle of their work: gives them `c.var.catchUp`. */
export const offerCatchUp = createMiddleware<AppEnv>(async (c, next) => {
  c.set('catchUp', async (...names) => {
    for (const name of names) if (!(await catchUp(c.env.DB, name))) return false
    return true
  })
  return next()
})

/** Whether the consumer came as far as the change numbers were when it was asked; what came later is no matter. */
async function catchUp(db: Database, name: ConsumerName): Promise<boolean> {
  const { done, last: target } = await findPosition(db, name)
  if (done >= target) return true
  for (let attempt = 0; attempt < serverLimits.catchUpAttempts; attempt++) {
    if ((await findProgress(db, name)) >= target) return true
    await runConsumer(db, name, 1)
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, serverLimits.catchUpWaitMs))
  }
  return false
}
