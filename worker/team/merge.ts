import { failed } from '../failure.ts'
import type { Database } from '../storage/database.ts'
import { findRoot, mergeItem } from '../storage/merge.ts'
import { referenceOf } from '../storage/reference.ts'
import type { WholeRow } from '../storage/revise.ts'
import type { Attempt } from './revise.ts'

const refused = (detail: string, reason: string) => failed('invalid', detail, { issues: [{ path: 'into', reason }] })

/** Merges an item into another, or into what that one is merged into; null takes it out. `audit` goes into the transaction. */
export async function merge(
  db: Database,
  row: WholeRow,
  into: string | null,
  now: number,
  audit: readonly D1PreparedStatement[],
): Promise<Attempt> {
  if (into === row.id) return refused('An item cannot be merged into itself. Choose another one.', 'the item itself')
  const root = into === null ? null : await findRoot(db, row.project, into)
  if (into !== null && root === null) {
    return failed('not-found', 'There is no item to merge into: it was deleted, or is not yours.', {
      issues: [{ path: 'into', reason: 'no such item' }],
    })
  }
  const other = into === null ? '' : referenceOf(into)
  if (root?.id === row.id) {
    return refused(`${other} is itself merged into this item. Take ${other} out of it first.`, 'merged into this item')
  }
  if (root?.isCircle) {
    return refused(`${other} is merged in a circle. Take it out of what it is merged into first.`, 'merged in a circle')
  }
  const end = root?.id ?? null
  if (end === row.merged_into) return { ok: true, value: 'same' }
  return { ok: true, value: (await mergeItem(db, row, end, now, audit)) ? 'written' : 'late' }
}
