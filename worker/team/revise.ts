import type { Feedback } from '../../sdk/wire/index.ts'
import { makeViewer } from '../access/links.ts'
import type { AppContext, AuditNote } from '../env.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { findItem } from '../storage/items.ts'
import { findWhole, type WholeRow } from '../storage/revise.ts'
import { type ItemRow, toItem } from '../storage/row.ts'

export const gone = failed('not-found', 'There is no such item, or it is not yours.')
const busy = failed(
  'unavailable',
  'Others are changing this item at the same time. Nothing was changed; send it again.',
  {
    retryAfter: 1,
  },
)

/** What an attempt did: wrote, found that it stands so already, or met somebody faster. */
export type Attempt = Outcome<'written' | 'same' | 'late'>

/** What came of it: the item as it is now. */
export interface Revised {
  row: ItemRow
  changed: boolean
}

/**
 * Changes an item by what it says now, again and again where somebody else changes it meanwhile: of two that note
 * something at once, both notes are kept. An attempt takes what writes `note` down into its transaction, right behind
 * what writes the item.
 */
export async function reviseById(
  c: AppContext,
  id: string,
  note: Pick<AuditNote, 'action' | 'after'>,
  attempt: (row: WholeRow, audit: readonly D1PreparedStatement[]) => Promise<Attempt>,
): Promise<Outcome<Revised>> {
  const { project } = c.var.actor
  for (let tries = 0; tries < serverLimits.reviseAttempts; tries++) {
    const row = await findWhole(c.env.DB, project, id.toLowerCase())
    if (row === null) return gone
    const audit = c.var.writeDown({ ...note, target: { type: 'feedback', id: row.id } })
    const outcome = await attempt(row, audit)
    if (!outcome.ok) return outcome
    if (outcome.value === 'same') return done({ row, changed: false })
    if (outcome.value === 'late') continue
    c.set('changed', true)
    const updated = await findItem(c.env.DB, project, row.id)
    return updated === null ? gone : done({ row: updated, changed: true })
  }
  return busy
}

/** An item as everybody outside reads it, with its change number as the answer's ETag. */
export async function viewItem(c: AppContext, row: ItemRow): Promise<Feedback> {
  c.header('etag', `"${row.change}"`)
  const [item] = await makeViewer(c, serverLimits.linkSeconds)([toItem(row)])
  return item as Feedback
}
