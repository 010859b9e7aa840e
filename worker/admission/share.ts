import { type AppContext, parseRates } from '../env.ts'
import { serverLimits } from '../limits.ts'

/** When the work of each project that is under way began, in epoch ms. */
const underWay = new Map<string, Set<{ at: number }>>()

/**
 * Does a project's work at the database, of which only so much is under way at once: the others' work must not stand in
 * line behind a burst of this one's. What is too much waits here, and is done however long that took: what was admitted is
 * not refused. The work goes on where the sender hangs up, so that its place is free again for certain.
 */
export async function inShare<T>(c: AppContext, project: string, work: () => Promise<T>): Promise<T> {
  const atOnce = Math.ceil((parseRates(c.env).KEY_PER_MINUTE / 60) * serverLimits.shareSeconds)
  const until = Date.now() + serverLimits.shareWaitMs
  let pauseMs = 10
  while (isFull(project, atOnce) && Date.now() < until) {
    // Each by its own clock: one request of a worker cannot wake another.
    await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + Math.random())))
    pauseMs = Math.min(pauseMs * 2, serverLimits.sharePauseMs)
  }
  const mine = { at: Date.now() }
  const all = underWay.get(project) ?? new Set()
  underWay.set(project, all.add(mine))
  const working = work().finally(() => {
    all.delete(mine)
    if (all.size === 0) underWay.delete(project)
  })
  // Whether it fails is for the one who waits for it.
  c.executionCtx.waitUntil(working.catch(() => undefined))
  return working
}

function isFull(project: string, atOnce: number): boolean {
  const all = underWay.get(project)
  if (all === undefined || all.size < atOnce) return false
  const since = Date.now() - serverLimits.shareLostMs
  for (const one of all) if (one.at < since) all.delete(one)
  return all.size >= atOnce
}
