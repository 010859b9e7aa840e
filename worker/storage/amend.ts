import type { Submission } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'
import { fixedFacets } from './facets.ts'
import { nextChange } from './items.ts'
import type { ItemBody, ItemRow } from './row.ts'

/** Updates the answers of a survey's item; false when somebody else changed it meanwhile. */
export async function amendItem(
  db: Database,
  row: ItemRow,
  later: Pick<Submission, 'survey' | 'revision' | 'rating' | 'message'>,
  now: number,
): Promise<boolean> {
  const before = JSON.parse(row.body) as ItemBody
  const body: ItemBody = {
    ...before,
    survey: later.survey,
    revision: later.revision,
    rating: later.rating ?? before.rating,
  }
  const facets = fixedFacets({ ...body, environment: row.environment, kind: row.kind })
  // What was counted stays counted: a survey's dimensions are settled by its first answer.
  const { meta } = await db
    .prepare(
      `UPDATE item SET body = ?3, facets = ?4, message = ?5, updated_at = ?6, change = next.change,
        born = iif(born > (SELECT change FROM consumer WHERE name = 'counts'), next.change, born)
      FROM (SELECT ${nextChange} AS change) AS next WHERE item.doc = ?1 AND item.change = ?2`,
    )
    .bind(row.doc, row.change, JSON.stringify(body), JSON.stringify(facets), later.message ?? row.message, now)
    .run()
  return meta.changes > 0
}
