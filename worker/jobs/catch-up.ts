import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../env.ts'
import { serverLimits } from '../limits.ts'
import { type ConsumerName, findPosition, findProgress } from '../storage/consumers.ts'
import type { Database } from '../storage/database.ts'
import { runConsumer } from './run.ts'

/**
 * Before an answer that is to be whole (names, suggestions, columns): lets the consumers catch up, so that what was stored
 * a moment ago is found by its facets, words and names too. Waits a little for somebody else's lease, and is then answered
 * with what there is.
 */
export const catchUpFirst = createMiddleware<AppEnv>(async (c, next) => {
  for (const name of ['search', 'counts'] as const) await catchUp(c.env.DB, name, serverLimits.catchUp.looseAttempts)
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
async function catchUp(
  db: Database,
  name: ConsumerName,
  attempts: number = serverLimits.catchUp.attempts,
): Promise<boolean> {
  const { done, last: target } = await findPosition(db, name)
  if (done >= target) return true
  for (let attempt = 1; ; attempt++) {
    await runConsumer(db, name, 1)
    if ((await findProgress(db, name)) >= target) return true
    if (attempt === attempts) return false
    await new Promise((resolve) => setTimeout(resolve, attempt * serverLimits.catchUp.waitMs))
  }
}
