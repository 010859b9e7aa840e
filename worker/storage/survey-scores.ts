import { isScale, type Rating, ratingScales, type RatingScale, type SurveyQuestion } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'
import type { ItemBody } from './row.ts'
import type { AskedParts } from './surveys.ts'

type Answering = Pick<ItemBody, 'survey' | 'rating' | 'scores'>

/**
 * Adds to survey responses the scores that their answers give beside the rating, as the version that was on screen asked
 * for them: a survey may ask for an NPS and an effort, and its submission names one rating alone. One query where any
 * response may hold more scores than its rating, else none.
 */
export async function withScores<T extends Answering>(
  db: Database,
  project: string,
  items: readonly T[],
): Promise<T[]> {
  const asked = await listAsked(db, project, items.filter(mayHoldMore))
  return items.map((item) => {
    const { scores: _, ...rest } = item
    const questions = asked.get(keyOf(item)) ?? []
    const scores = mayHoldMore(item) ? scoresOf(item, questions) : []
    return (scores.length > 0 ? { ...rest, scores } : rest) as T
  })
}

const keyOf = ({ survey }: Answering): string => `${survey?.version} ${survey?.id}`

function mayHoldMore({ survey, rating }: Answering): boolean {
  const numbers = survey?.answers.filter(({ value }) => typeof value === 'number') ?? []
  return numbers.length > (rating === undefined ? 0 : 1)
}

/** One score of each scale: that of the first question, and none of the rating's scale. */
function scoresOf({ survey, rating }: Answering, questions: readonly SurveyQuestion[]): Rating[] {
  const scores = new Map<RatingScale, number>()
  for (const { id, type } of questions) {
    if (!isScale(type) || type === rating?.scale || scores.has(type)) continue
    const value = survey?.answers.find(({ question }) => question === id)?.value
    const { min, max } = ratingScales[type]
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) scores.set(type, value)
  }
  return [...scores].map(([scale, value]) => ({ scale, value }))
}

async function listAsked(
  db: Database,
  project: string,
  items: readonly Answering[],
): Promise<Map<string, SurveyQuestion[]>> {
  if (items.length === 0) return new Map()
  const versions = new Map(items.map(({ survey }) => [`${survey?.version} ${survey?.id}`, survey]))
  const wanted = [...versions.values()].map((survey) => [survey?.id, survey?.version])
  const { results } = await db
    .prepare(
      `SELECT version || ' ' || survey AS key, asked FROM json_each(?2) AS wanted JOIN survey_version
      ON project = ?1 AND survey = wanted.value ->> 0 AND version = wanted.value ->> 1`,
    )
    .bind(project, JSON.stringify(wanted))
    .all<{ key: string; asked: string }>()
  return new Map(results.map(({ key, asked }) => [key, (JSON.parse(asked) as AskedParts).questions]))
}
