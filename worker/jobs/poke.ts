import { createMiddleware } from 'hono/factory'
import type { AppEnv, Bindings } from '../env.ts'
import { serverLimits } from '../limits.ts'
import { describeError, log } from '../log.ts'
import { runConsumer } from './run.ts'
import { sendSoon } from './sending.ts'

let busyUntil = 0
let again = false

/**
 * After an answer that changed something (`c.set('changed', true)`), lets the consumers follow at once. One run at a
 * time in each isolate: what comes meanwhile is one more round of the run that is on. What a poke misses, the schedule
 * does.
 */
export const pokeAfterChange = createMiddleware<AppEnv>(async (c, next) => {
  await next()
  if (c.get('changed') !== true) return
  again = true
  const now = Date.now()
  if (busyUntil > now) return
  busyUntil = now + serverLimits.leaseMs
  c.executionCtx.waitUntil(follow(c.env, (work) => c.executionCtx.waitUntil(work)))
})

/** `aside` takes work that nobody here waits for: a receiver may be slow. */
async function follow(env: Bindings, aside: (work: Promise<void>) => void): Promise<void> {
  const { DB: db } = env
  const began = Date.now()
  try {
    let pauseMs: number = serverLimits.pokeDelayMs
    while (again) {
      // A burst is followed once: the wait is shorter than anybody looks, and lets its submissions come together.
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      again = false
      const begun = Date.now()
      await runConsumer(db, 'search', 1, serverLimits.pokeBatch)
      await runConsumer(db, 'counts', serverLimits.countsBacklog, serverLimits.pokeBatch)
      aside(sendSoon(env, began))
      await runConsumer(db, 'people', serverLimits.countsBacklog, serverLimits.pokeBatch)
      // The database has one writer: under a flood, receipts come before what follows from them.
      pauseMs = Math.max(serverLimits.pokeDelayMs, serverLimits.pokeRestFactor * (Date.now() - begun))
    }
  } catch (error) {
    // The items are stored; the schedule tries again.
    log('poke failed', { error: describeError(error) })
  } finally {
    busyUntil = 0
  }
}
