import type { BackupRow } from '../../sdk/wire/index.ts'
import { marksOfText } from '../people/marks.ts'
import type { Database } from '../storage/database.ts'
import { listMarked } from '../storage/erasures.ts'

/** Saved views as they are restored: one that narrows to somebody who was erased since narrows to nobody again. */
export async function forgetInViews(
  { db, project, secret }: { db: Database; project: string; secret: string },
  rows: readonly BackupRow[],
): Promise<BackupRow[]> {
  const queries = rows.map((row) => [...new URLSearchParams(String(row['query']))])
  const values = [...new Set(queries.flatMap((query) => query.map(([, value]) => value)))]
  const marks = await Promise.all(values.map((value) => marksOfText(secret, value)))
  const marked = await listMarked(db, project, marks.flat())
  const isErased = (value: string) => marks[values.indexOf(value)]?.some((mark) => marked.has(mark)) === true
  return rows.map((row, at) => {
    const query = queries[at] ?? []
    if (!query.some(([, value]) => isErased(value))) return row
    const cleaned = query.map(([name, value]) => [name, isErased(value) ? 'erased' : value])
    return { ...row, query: new URLSearchParams(cleaned).toString() }
  })
}
