import type { Survey, SurveyDefinition } from '../../sdk/wire/index.ts'
import { type Database, runAlong } from './database.ts'
import { countInTray } from './tray.ts'

/** What of a definition is kept by version. */
export type AskedParts = Pick<SurveyDefinition, 'language' | 'questions' | 'thanks'>

/** A survey to be written. */
export interface SurveyRecord extends SurveyDefinition {
  project: string
  name: string
  state: Survey['state']
}

interface DefinitionRow {
  id: string
  version: number
  asked: string
  targeting: string | null
}

interface SurveyRow extends DefinitionRow {
  name: string
  state: Survey['state']
  created_at: number
  updated_at: number
  displays: number
  responses: number
}

function toDefinition({ id, version, asked, targeting }: DefinitionRow): SurveyDefinition {
  return {
    id,
    version,
    ...(JSON.parse(asked) as AskedParts),
    ...(targeting === null ? {} : { targeting: JSON.parse(targeting) as SurveyDefinition['targeting'] }),
  }
}

function toSurvey(row: SurveyRow): Survey {
  return {
    ...toDefinition(row),
    name: row.name,
    state: row.state,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
    displays: row.displays,
    responses: row.responses,
  }
}

const askedOf = ({ language, questions, thanks }: AskedParts): string =>
  JSON.stringify({ language, questions, ...(thanks === undefined ? {} : { thanks }) })

const current = `FROM survey JOIN survey_version AS asked
  ON asked.project = survey.project AND asked.survey = survey.id AND asked.version = survey.version
  WHERE survey.project = ?1 AND survey.state <> 'deleted'`

const surveys = `SELECT survey.id, survey.version, survey.name, survey.state, survey.targeting, survey.created_at,
  survey.updated_at, asked.asked,
  (SELECT coalesce(sum(count), 0) FROM survey_display AS shown
    WHERE shown.project = ?1 AND shown.survey = survey.id AND shown.environment = ?2) AS displays,
  (SELECT coalesce(sum(count), 0) FROM rollup
    WHERE rollup.project = ?1 AND rollup.environment = ?2 AND dimension = 'survey' AND value = survey.id) AS responses
  ${current}`

/** Lists a project's surveys, the newest first, with what one environment showed and answered. */
export async function listSurveys(db: Database, project: string, environment: string): Promise<Survey[]> {
  const { results } = await db
    .prepare(`${surveys} ORDER BY survey.created_at DESC, survey.id`)
    .bind(project, environment)
    .all<SurveyRow>()
  return withoutSpam(db, project, environment, results)
}

/** The rollups count answers that are spam along. */
async function withoutSpam(
  db: Database,
  project: string,
  environment: string,
  rows: readonly SurveyRow[],
): Promise<Survey[]> {
  const ids = rows.map(({ id }) => id)
  const inTray = await countInTray(db, { project, environments: [environment] }, 'survey', ids)
  return rows.map((row, i) => toSurvey({ ...row, responses: Math.max(row.responses - (inTray[i] ?? 0), 0) }))
}

/** Finds one survey. */
export async function findSurvey(
  db: Database,
  project: string,
  id: string,
  environment: string,
): Promise<Survey | null> {
  const row = await db.prepare(`${surveys} AND survey.id = ?3`).bind(project, environment, id).first<SurveyRow>()
  const [survey = null] = await withoutSpam(db, project, environment, row === null ? [] : [row])
  return survey
}

/** Lists every version of a survey, the newest first; each with the targeting of now. */
export async function listVersions(db: Database, project: string, id: string): Promise<SurveyDefinition[]> {
  const { results } = await db
    .prepare(
      `SELECT survey.id, asked.version, asked.asked, survey.targeting FROM survey
      JOIN survey_version AS asked ON asked.project = survey.project AND asked.survey = survey.id
      WHERE survey.project = ?1 AND survey.id = ?2 AND survey.state <> 'deleted' ORDER BY asked.version DESC`,
    )
    .bind(project, id)
    .all<DefinitionRow>()
  return results.map(toDefinition)
}

/** Lists every version of every survey: the surveys oldest first, the versions of each newest first. */
export async function listAllVersions(db: Database, project: string): Promise<SurveyDefinition[]> {
  const { results } = await db
    .prepare(
      `SELECT survey.id, asked.version, asked.asked, NULL AS targeting FROM survey
      JOIN survey_version AS asked ON asked.project = survey.project AND asked.survey = survey.id
      WHERE survey.project = ?1 AND survey.state <> 'deleted'
      ORDER BY survey.created_at, survey.id, asked.version DESC`,
    )
    .bind(project)
    .all<DefinitionRow>()
  return results.map(toDefinition)
}

/** Lists the definitions that pages get. */
export async function listLive(db: Database, project: string): Promise<SurveyDefinition[]> {
  const { results } = await db
    .prepare(
      `SELECT survey.id, survey.version, survey.targeting, asked.asked ${current} AND survey.state = 'live'
      ORDER BY survey.created_at, survey.id`,
    )
    .bind(project)
    .all<DefinitionRow>()
  return results.map(toDefinition)
}

const insertVersion = `INSERT OR IGNORE INTO survey_version (project, survey, version, asked, created_at)
  SELECT ?1, ?2, ?3, ?4, ?5 WHERE changes() > 0`

/** Inserts a survey; false when its id stands there, or did once. Here and below `also` follows the change in its transaction. */
export async function insertSurvey(
  db: Database,
  survey: SurveyRecord,
  now: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const { project, id, version } = survey
  const [inserted] = await db.batch([
    db
      .prepare(
        `INSERT OR IGNORE INTO survey (project, id, name, state, version, targeting, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)`,
      )
      .bind(project, id, survey.name, survey.state, version, textOf(survey.targeting), now),
    db.prepare(insertVersion).bind(project, id, version, askedOf(survey), now),
    ...also,
  ])
  return (inserted?.meta.changes ?? 0) > 0
}

const textOf = (value: object | undefined): string | null => (value === undefined ? null : JSON.stringify(value))

/**
 * Replaces what a survey asks and of whom; what is asked otherwise than before is a new version. False when somebody
 * else changed it since `before` was read.
 */
export async function replaceSurvey(
  db: Database,
  project: string,
  before: Survey,
  next: AskedParts & Pick<Survey, 'name' | 'targeting'>,
  now: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const version = askedOf(next) === askedOf(before) ? before.version : before.version + 1
  const [updated] = await db.batch([
    db
      .prepare(
        `UPDATE survey SET name = ?3, targeting = ?4, version = ?5, updated_at = ?6
        WHERE project = ?1 AND id = ?2 AND version = ?7 AND updated_at = ?8 AND state <> 'deleted'`,
      )
      .bind(
        project,
        before.id,
        next.name,
        textOf(next.targeting),
        version,
        now,
        before.version,
        Date.parse(before.updatedAt),
      ),
    // It writes where the update did, so that the version is right behind either.
    ...also,
    db.prepare(insertVersion).bind(project, before.id, version, askedOf(next), now),
  ])
  return (updated?.meta.changes ?? 0) > 0
}

/** Updates a survey's name and state; false when there is none. */
export async function updateSurvey(
  db: Database,
  project: string,
  id: string,
  patch: Partial<Pick<Survey, 'name' | 'state'>>,
  now: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const update = db
    .prepare(
      `UPDATE survey SET name = coalesce(?3, name), state = coalesce(?4, state), updated_at = ?5
      WHERE project = ?1 AND id = ?2 AND state <> 'deleted'`,
    )
    .bind(project, id, patch.name ?? null, patch.state ?? null, now)
  const { meta } = await runAlong(db, update, also)
  return meta.changes > 0
}

/** Deletes a survey with its versions and displays; its id stays taken. False when there was none. */
export async function deleteSurvey(
  db: Database,
  project: string,
  id: string,
  now: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const [, , deleted] = await db.batch([
    db.prepare('DELETE FROM survey_version WHERE project = ?1 AND survey = ?2').bind(project, id),
    db.prepare('DELETE FROM survey_display WHERE project = ?1 AND survey = ?2').bind(project, id),
    db
      .prepare(
        `UPDATE survey SET state = 'deleted', name = '', targeting = NULL, updated_at = ?3
        WHERE project = ?1 AND id = ?2 AND state <> 'deleted'`,
      )
      .bind(project, id, now),
    ...also,
  ])
  return (deleted?.meta.changes ?? 0) > 0
}
