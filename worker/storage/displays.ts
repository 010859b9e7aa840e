import type { SurveyDisplay } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'

/**
 * Adds how often surveys were shown to the counts of a day, in the project's zone; versions that the project does not
 * have are passed over. A report that comes twice counts twice: these are counts of views, and a row for each would cost
 * more than they tell.
 */
export async function addDisplays(
  db: Database,
  where: { project: string; environment: string; day: string },
  displays: readonly SurveyDisplay[],
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO survey_display (project, survey, environment, version, day, count)
      SELECT ?1, known.survey, ?2, known.version, ?3, sum(line.value ->> 'count')
      FROM json_each(?4) AS line JOIN survey_version AS known
        ON known.project = ?1 AND known.survey = line.value ->> 'survey' AND known.version = line.value ->> 'version'
      GROUP BY known.survey, known.version
      ON CONFLICT (project, survey, environment, version, day) DO UPDATE SET count = count + excluded.count`,
    )
    .bind(where.project, where.environment, where.day, JSON.stringify(displays))
    .run()
}

/** First and last day of a period. */
export interface Days {
  from: string
  to: string
}

/** Counts how often all versions of a survey were shown in each of some periods; null when there is no such survey. */
export async function countDisplays(
  db: Database,
  where: { project: string; survey: string; environments: readonly string[] },
  periods: readonly Days[],
): Promise<number[] | null> {
  const { results } = await db
    .prepare(
      `SELECT (SELECT coalesce(sum(count), 0) FROM survey_display AS shown WHERE shown.project = ?1
        AND shown.survey = ?2 AND shown.environment IN (SELECT value FROM json_each(?3))
        AND shown.day >= period.value ->> 'from' AND shown.day <= period.value ->> 'to') AS displays
      FROM survey CROSS JOIN json_each(?4) AS period
      WHERE survey.project = ?1 AND survey.id = ?2 AND survey.state <> 'deleted' ORDER BY period.key`,
    )
    .bind(where.project, where.survey, JSON.stringify(where.environments), JSON.stringify(periods))
    .all<{ displays: number }>()
  return results.length === 0 ? null : results.map(({ displays }) => displays)
}
