import type { Database } from './database.ts'
import { conditionsOf } from './export.ts'
import { referenceOf } from './reference.ts'
import type { StoredAttachment } from './row.ts'
import type { Selection } from './selection.ts'

/** An item that shows images. */
export interface Pictured {
  id: string
  reference: string
  attachments: StoredAttachment[]
}

/** Lists the items of a selection that show images, oldest first, up to `most` of them. */
export async function listPictured(db: Database, selection: Selection, most: number): Promise<Pictured[]> {
  const narrowed = { ...selection, any: [...selection.any, [['has', 'screenshot'] as const]] }
  const { sql, bound } = conditionsOf(narrowed, { after: null, until: null })
  const { results } = await db
    .prepare(`SELECT item.id, item.body -> '$.attachments' AS attachments ${sql} ORDER BY item.doc LIMIT ?`)
    .bind(...bound, most)
    .all<{ id: string; attachments: string }>()
  return results.map(({ id, attachments }) => ({
    id,
    reference: referenceOf(id),
    attachments: JSON.parse(attachments) as StoredAttachment[],
  }))
}
