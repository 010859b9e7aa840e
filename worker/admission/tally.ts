import type { OutcomeKind, OutcomeRoute } from '../../sdk/wire/index.ts'
import type { AppContext, SentTo } from '../env.ts'
import { serverLimits } from '../limits.ts'
import { describeError, log } from '../log.ts'
import type { Database } from '../storage/database.ts'
import { addOutcomes, type Outcome, type Refusal } from '../storage/outcomes.ts'
import { dayOf } from '../storage/rollups.ts'

type Counted = Outcome & { count: number }

let outcomes = new Map<string, Counted>()
let refusals = new Map<string, Refusal>()
/** What no project can be told of, by code: it goes into the log. */
let nobodys = new Map<string, number>()
let dueAt = 0

/** Counts what became of a request. Written every few seconds, so that a flood costs a row and not one a request. */
export function countOutcome(
  c: AppContext,
  of: SentTo,
  route: OutcomeRoute,
  outcome: OutcomeKind,
  reason: string,
): void {
  const day = dayOf(Date.now())
  addTo(outcomes, `${of.project} ${of.environment} ${day} ${route} ${outcome} ${reason}`, {
    ...of,
    day,
    route,
    outcome,
    reason,
    count: 1,
  })
  writeSoon(c)
}

/** Counts an origin that was refused, so that it can be shown and allowed. */
export function countRefusal(c: AppContext, project: string, origin: string): void {
  addTo(refusals, `${project} ${origin}`, { project, origin, count: 1, at: Date.now() })
  writeSoon(c)
}

/** Counts a refusal of a request that came with no key of any project. */
export function countNobodys(c: AppContext, code: string): void {
  nobodys.set(code, (nobodys.get(code) ?? 0) + 1)
  writeSoon(c)
}

function addTo<T extends { count: number }>(counts: Map<string, T>, key: string, one: T): void {
  const known = counts.get(key)
  if (known === undefined) {
    // Only what is made up comes in so many kinds.
    if (counts.size < serverLimits.tallyMax) counts.set(key, one)
    return
  }
  counts.set(key, { ...one, count: known.count + one.count })
}

/** One write is under way in each isolate; where its request was cut off with it, the next one begins another. */
function writeSoon(c: AppContext): void {
  const now = Date.now()
  // One that is due later than it can be was begun before the clock was put right.
  if (now < dueAt + serverLimits.tallyMs && dueAt <= now + serverLimits.tallyMs) return
  dueAt = now + serverLimits.tallyMs
  const later = async () => {
    await new Promise((resolve) => setTimeout(resolve, serverLimits.tallyMs))
    await writeTally(c.env.DB)
  }
  c.executionCtx.waitUntil(later())
}

/** Writes what was counted here. What cannot be written is kept for the next time. */
export async function writeTally(db: Database): Promise<void> {
  const now = Date.now()
  const [counted, refused, unknown] = [outcomes, refusals, nobodys]
  outcomes = new Map()
  refusals = new Map()
  nobodys = new Map()
  dueAt = 0
  if (unknown.size > 0) log('refused', { codes: Object.fromEntries(unknown) })
  if (counted.size + refused.size === 0) return
  const keep = { max: serverLimits.refusedOriginsMax, since: now - serverLimits.refusedOriginsMs }
  try {
    await addOutcomes(db, [...counted.values()], [...refused.values()], keep)
  } catch (error) {
    for (const [key, one] of counted) addTo(outcomes, key, one)
    for (const [key, one] of refused) addTo(refusals, key, one)
    log('tally failed', { error: describeError(error) })
  }
}
