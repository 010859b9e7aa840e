import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../env.ts'
import { serverLimits } from '../limits.ts'
import { describeError, log } from '../log.ts'
import type { Database } from '../storage/database.ts'
import { deleteFiles, listDueFiles, mendDueFiles } from '../storage/files.ts'

/**
 * Removes objects that no item shows: replaced ones, those of deleted items, and those whose writing broke off. The
 * object goes first and its row after it, so that nothing is forgotten; twice is harmless.
 */
export async function sweepFiles(
  { DB, FILES }: { DB: Database; FILES?: Pick<R2Bucket, 'delete'> | undefined },
  now: number = Date.now(),
): Promise<void> {
  if (FILES === undefined) return
  await mendDueFiles(DB, now, serverLimits.fileWaitMs)
  for (let round = 0; round < serverLimits.sweepRoundsMax; round++) {
    const keys = await listDueFiles(DB, now, serverLimits.sweepBatch)
    if (keys.length === 0) return
    await FILES.delete(keys)
    await deleteFiles(DB, keys)
  }
}

/** After an answer that may have left an object behind: sweeps at once. What this misses, the schedule does. */
export const sweepAfter = createMiddleware<AppEnv>(async (c, next) => {
  await next()
  if (c.var.changed !== true) return
  c.executionCtx.waitUntil(
    sweepFiles(c.env).catch((error: unknown) => {
      log('sweep failed', { error: describeError(error) })
    }),
  )
})
