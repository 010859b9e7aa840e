import type { BulkChange, BulkResult, FeedbackPatch } from '../../sdk/wire/index.ts'
import { done, failed, type Outcome } from '../failure.ts'
import type { Database } from '../storage/database.ts'
import type { WholeRow } from '../storage/revise.ts'
import { type TriageUpdate, triageOf, updateTriages } from '../storage/triage.ts'
import { checkLabels, patchBetween, patchTriage } from './triage.ts'

/** An item, and what is to become of it. */
export interface Wish {
  row: WholeRow
  patch: FeedbackPatch
}

/** The same change of several items: the patch that undoes it, and the items as they were read. */
export interface Undoing {
  patch: FeedbackPatch
  rows: WholeRow[]
}

/**
 * Changes many items, each given once. Those that somebody changed since they were read are conflicts; those that stand
 * so already are not written. What `audit` gives for what is to be written goes first in the transaction.
 */
export async function changeItems(
  db: Database,
  wishes: readonly Wish[],
  now: number,
  audit: (undoing: readonly Undoing[]) => readonly D1PreparedStatement[],
): Promise<Outcome<Omit<BulkResult, 'cursor'>>> {
  const changes = wishes.map(({ row, patch }) => {
    const before = triageOf(row)
    return { row, before, after: patchTriage(before, patch) }
  })
  const checked = checkLabels(changes)
  if (!checked.ok) return checked
  const updates: TriageUpdate[] = []
  const undoing = new Map<string, Undoing>()
  for (const { row, before, after } of changes) {
    const back = patchBetween(after, before)
    if (back === null) continue
    updates.push({ row, triage: after })
    const key = JSON.stringify(back)
    const same = undoing.get(key)
    if (same === undefined) undoing.set(key, { patch: back, rows: [row] })
    else same.rows.push(row)
  }
  const planned = [...undoing.values()]
  const written = await updateTriages(db, updates, now, updates.length > 0 ? audit(planned) : [])
  const undo = planned.map(({ patch, rows }): BulkChange => {
    const items = rows.flatMap(({ id, change: before }) => {
      const change = written.get(id)
      return change === undefined ? [] : [{ id, change, before }]
    })
    return { patch, items }
  })
  return done({
    changed: written.size,
    unchanged: wishes.length - updates.length,
    conflicts: updates.flatMap(({ row }) => (written.has(row.id) ? [] : [row.id])),
    undo: undo.filter(({ items }) => items.length > 0),
  })
}

/** Where a change by filter goes on: items said before `doc` (by the order of lists), received before `asOf`. */
export interface BulkCursor {
  doc: number
  /** Epoch ms. */
  asOf: number
}

export function writeBulkCursor({ doc, asOf }: BulkCursor): string {
  return btoa(`b${doc}.${asOf}`).replaceAll('=', '')
}

export function readBulkCursor(text: string): Outcome<BulkCursor> {
  const bad = failed('bad-cursor', 'This cursor cannot be read. Take the one of the answer before, or begin without.')
  let plain: string
  try {
    plain = atob(text)
  } catch {
    // atob throws on what is no base64.
    return bad
  }
  const match = /^b(\d{1,16})\.(\d{1,16})$/.exec(plain)
  const [doc, asOf] = [Number(match?.[1]), Number(match?.[2])]
  return Number.isSafeInteger(doc) && Number.isSafeInteger(asOf) ? done({ doc, asOf }) : bad
}
