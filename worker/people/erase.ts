import type { Erasure } from '../../sdk/wire/index.ts'
import { done, type Failure, failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { eraseAuditStatement } from '../storage/audit.ts'
import { deleteItems } from '../storage/delete.ts'
import { hasMark, insertMarks } from '../storage/erasures.ts'
import { countMeant, either, isMeant, listNaming, matchParts, type Meant, namedBy } from '../storage/meant.ts'
import { eraseNamesStatement } from '../storage/names.ts'
import { deletePeople } from '../storage/people.ts'
import { marksOf } from './marks.ts'
import { idsOf, meantBySelf, type Place, resolve, type Resolved } from './resolve.ts'
import type { Selector } from './selector.ts'
import { eraseTraces, tracesOf } from './traces.ts'

/** Lets index and people follow up to what is stored now; false where they are further behind. */
export type CatchUp = () => Promise<boolean>

/** No such person. */
export const unknown: Failure = failed('not-found', 'Nothing is known of this person here.').failure
/** The index does not know yet what is theirs. */
export const behind: Failure = failed(
  'unavailable',
  'The index has not caught up with everything that was said. Ask again shortly.',
  { retryAfter: serverLimits.behindRetrySeconds },
).failure

/**
 * Erases somebody, as far as one request can. The marks come first, so that nothing that was said before comes in any
 * more; what only the person's items lead to goes before those items, and the people themselves go with the last of
 * them: wherever it breaks off, a repeat finds the rest. What `along` gives goes into the transaction that completes it.
 */
export async function erase(
  place: Place,
  selector: Selector,
  now: number,
  catchUp: CatchUp,
  along: (erased: Erasure) => readonly D1PreparedStatement[],
): Promise<Outcome<Erasure>> {
  const resolved = await mark(place, selector, now, catchUp)
  if (!resolved.ok) return resolved
  // A UUID that was erased before is nobody's, and a repeat no mistake.
  if (resolved.value === null) return done({ items: 0, people: 0, remaining: 0 })
  const { meant, people } = resolved.value
  const traces = tracesOf(resolved.value)
  await eraseTraces(place, traces)
  const { persons, named, linked } = matchParts(place.project, meant)
  const [direct, rest] = [either(persons, named), named === null ? null : persons]
  const tiers = [without(linked, direct), without(rest, named), named ?? persons].filter((tier) => tier !== null)
  const ids = await idsOf(place, meant.persons)
  const most = serverLimits.eraseItemsMax
  let items = 0
  for (const [i, tier] of tiers.entries()) {
    for (let below: number | undefined = Number.MAX_SAFE_INTEGER; below !== undefined;) {
      const remaining = items < most ? 0 : await countLeft(place, meant)
      if (remaining > 0) return done({ items, people: 0, remaining })
      const limit = Math.max(1, Math.min(serverLimits.eraseBatch, most - items))
      const rows = await listNaming(place.db, place.project, tier, { below, limit: limit + 1 })
      const page = rows.slice(0, limit)
      below = rows.length > limit ? page.at(-1)?.doc : undefined
      const theirs = page.filter((row) => isBefore(row, now) && isMeant(namedBy(row), meant)).map(({ id }) => id)
      const isLast = below === undefined && i === tiers.length - 1
      const forget = [deletePeople, eraseAuditStatement].map((statement) => statement(place.db, place.project, ids))
      const whole = { items: items + theirs.length, people: people.length, remaining: 0 }
      const names = eraseNamesStatement(place.db, place.project, traces.texts)
      const after = isLast ? [...forget, names, ...along(whole)] : []
      items += await deleteItems(place.db, place.project, theirs, now, after)
    }
  }
  return done({ items, people: people.length, remaining: 0 })
}

const without = (match: string | null, other: string | null): string | null =>
  match === null || other === null ? match : `(${match} NOT ${other})`

/** What came in after the request, and was said after it, is something new. */
const isBefore = (row: { created_at: number; received_at: number }, now: number): boolean =>
  Math.min(row.created_at, row.received_at) <= now

async function countLeft({ db, project }: Place, meant: Meant): Promise<number> {
  const { persons, named, linked } = matchParts(project, meant)
  const match = either(persons, named, linked)
  return match === null ? 0 : countMeant(db, project, match, Number.MAX_SAFE_INTEGER)
}

/**
 * Marks whoever is meant, until looking again finds nothing that is not marked: what was stored before a mark is found
 * by then, and what comes after it is refused. Null where a UUID was erased before.
 */
async function mark(
  place: Place,
  selector: Selector,
  now: number,
  catchUp: CatchUp,
): Promise<Outcome<Resolved | null>> {
  const { db, project, secret } = place
  const itself = meantBySelf(selector)
  let marks = new Set(itself === null ? [] : await marksOf(secret, itself))
  if (marks.size > 0) await insertMarks(db, project, [...marks], now)
  for (let round = 1; ; round++) {
    if (!(await catchUp())) return { ok: false, failure: behind }
    const resolved = await resolve(place, selector)
    if (resolved === null) {
      return (await hasMark(db, project, selector.id)) ? done(null) : { ok: false, failure: unknown }
    }
    const found = await marksOf(secret, resolved.meant)
    const fresh = found.filter((one) => !marks.has(one))
    if (fresh.length === 0 || round === serverLimits.eraseRoundsMax) return done(resolved)
    await insertMarks(db, project, fresh, now)
    marks = new Set([...marks, ...fresh])
  }
}
