import type { BackupRow } from '../../sdk/wire/index.ts'
import { marksOfText } from '../people/marks.ts'
import type { Database } from '../storage/database.ts'
import { listMarked } from '../storage/erasures.ts'

const addresses = /[^\s@<>"']+@[^\s@<>"']+/g
const addressesIn = (row: BackupRow): string[] => {
  // What stands before the first dot is what kind of name it is.
  const [, name = ''] = String(row['name']).split(/\.(.*)/s)
  return name.match(addresses) ?? []
}

/** Names as they are restored: those that hold the address of somebody who was erased since are not names any more. */
export async function forgetInNames(
  { db, project, secret }: { db: Database; project: string; secret: string },
  rows: readonly BackupRow[],
): Promise<BackupRow[]> {
  const held = [...new Set(rows.flatMap(addressesIn))]
  const marks = new Map(await Promise.all(held.map(async (text) => [text, await marksOfText(secret, text)] as const)))
  const marked = await listMarked(db, project, [...marks.values()].flat())
  const isErased = (text: string) => marks.get(text)?.some((mark) => marked.has(mark)) === true
  return rows.filter((row) => !addressesIn(row).some(isErased))
}
