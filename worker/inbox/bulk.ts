import type { BulkChange, BulkResult, FeedbackPatch } from '../../sdk/wire/index.ts'
import { done, failed, type Outcome } from '../failure.ts'
import type { Database } from '../storage/database.ts'
import type { WholeRow } from '../storage/revise.ts'
import { type TriageUpdate, triageOf, updateTriages } from '../storage/triage.ts'
import { patchBetween, patchTriage } from './triage.ts'

/** An item, and what is to become of it. */
export interface Wish {
  row: WholeRow
  patch: FeedbackPatch
}

/**
 * Changes many items, each given once. Those that somebody changed since they were read are conflicts; those that stand
 * so already are not written.
 */
export async function changeItems(
  db: Database,
  wishes: readonly Wish[],
  now: number,
): Promise<Omit<BulkResult, 'cursor'>> {
  const updates: TriageUpdate[] = []
  const backs: FeedbackPatch[] = []
  for (const { row, patch } of wishes) {
    const before = triageOf(row)
    const triage = patchTriage(before, patch)
    const back = patchBetween(triage, before)
    if (back === null) continue
    updates.push({ row, triage })
    backs.push(back)
  }
  const written = await updateTriages(db, updates, now)
  const undo = new Map<string, BulkChange>()
  const conflicts: string[] = []
  updates.forEach(({ row }, i) => {
    const change = written.get(row.id)
    const patch = backs[i]
    if (change === undefined || patch === undefined) conflicts.push(row.id)
    else collect(undo, patch, { id: row.id, change, before: row.change })
  })
  return {
    changed: written.size,
    unchanged: wishes.length - updates.length,
    conflicts,
    undo: [...undo.values()],
  }
}

function collect(undo: Map<string, BulkChange>, patch: FeedbackPatch, item: BulkChange['items'][number]): void {
  const key = JSON.stringify(patch)
  const same = undo.get(key)
  if (same === undefined) undo.set(key, { patch, items: [item] })
  else same.items.push(item)
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
