import type { Submission } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'
import { reviseItem, type WholeRow } from './revise.ts'
import type { ItemBody } from './row.ts'
import { withScores } from './survey-scores.ts'

/** Updates the answers of a survey's item; false when somebody else changed it meanwhile. */
export async function amendItem(
  db: Database,
  row: WholeRow,
  later: Pick<Submission, 'survey' | 'revision' | 'rating' | 'message'>,
  now: number,
): Promise<boolean> {
  const before = JSON.parse(row.body) as ItemBody
  const amended: ItemBody = {
    ...before,
    survey: later.survey,
    revision: later.revision,
    rating: later.rating ?? before.rating,
  }
  const [body] = await withScores(db, row.project, [amended])
  return reviseItem(db, row, { body: body ?? amended, message: later.message ?? row.message }, now)
}
