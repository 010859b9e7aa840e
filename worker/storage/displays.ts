import type { SurveyDisplay } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'

/**
 * Adds how often surveys were shown to the counts of today (UTC); versions that the project does not have are passed
 * over. A report that comes twice counts twice: these are counts of views, and a row for each would cost more than they
 * tell.
 */
export async function addDisplays(
  db: Database,
  where: { project: string; environment: string },
  displays: readonly SurveyDisplay[],
  now: number,
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
    .bind(where.project, where.environment, new Date(now).toISOString().slice(0, 10), JSON.stringify(displays))
    .run()
}
