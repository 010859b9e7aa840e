import { createMiddleware } from 'hono/factory'
import { refuse } from '../access/refuse.ts'
import type { AppEnv } from '../env.ts'
import { failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { countUnread } from '../storage/consumers.ts'

let isWhole = false

/**
 * Before a list: where an upgrade lets the index read all items once more, what it has read is not listed and counted as
 * if that were all. Few items are read at once; of many, whoever asks lets some more be read. Each isolate looks until it
 * has seen the index whole.
 */
export const wholeIndex = createMiddleware<AppEnv>(async (c, next) => {
  if (isWhole) return next()
  const unread = await countUnread(c.env.DB)
  if (unread > serverLimits.countsBacklog || (unread > 0 && !(await c.var.catchUp('search')))) {
    c.set('changed', true)
    return refuse(c, remade(unread))
  }
  isWhole = true
  return next()
})

const remade = (unread: number) =>
  failed(
    'unavailable',
    `After an upgrade the index of filters and words reads everything once more; some ${unread} changes are left. Nothing is lost, and lists are back in a few minutes.`,
    { retryAfter: serverLimits.behindRetrySeconds },
  ).failure
