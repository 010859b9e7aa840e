import type { Survey } from '../../sdk/wire/index.ts'
import { jsonBody } from '../access/body.ts'
import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import type { AppContext } from '../env.ts'
import { failed } from '../failure.ts'
import {
  deleteSurvey,
  findSurvey,
  insertSurvey,
  listSurveys,
  listVersions,
  replaceSurvey,
  updateSurvey,
} from '../storage/surveys.ts'
import { parseAt, readSurvey } from './read.ts'
import {
  createSurveyRoute,
  deleteSurveyRoute,
  editedSurveySchema,
  findSurveyRoute,
  listSurveysRoute,
  newSurveySchema,
  replaceSurveyRoute,
  surveyPatchSchema,
  updateSurveyRoute,
} from './schema.ts'

/** Surveys as their team makes them. Reading needs `read`, changing needs `write`. */
export const surveys = makeRoom()

surveys.get('/v1/surveys/*', requireScope('read'))
surveys.on(['POST', 'PUT', 'PATCH', 'DELETE'], '/v1/surveys/*', requireScope('write'))
surveys.on(['POST', 'PUT', 'PATCH'], '/v1/surveys/*', jsonBody)

// Plain handlers: their own reading names each place as a person would write it.
for (const route of [createSurveyRoute, replaceSurveyRoute, updateSurveyRoute]) {
  surveys.openAPIRegistry.registerPath(route)
}
surveys.post('/v1/surveys', create)
surveys.put('/v1/surveys/:id', replace)
surveys.patch('/v1/surveys/:id', update)

const gone = failed('not-found', 'There is no such survey, or it is not yours.').failure
const conflict = failed('conflict', 'Somebody changed this survey meanwhile. Read it again, then change it.').failure
const environmentOf = (c: AppContext): string => c.req.query('environment') ?? 'production'
const find = (c: AppContext, id: string) => findSurvey(c.env.DB, c.var.actor.project, id, environmentOf(c))
/** What the audit log keeps of a survey. */
function definitionOf(survey: Survey): object {
  const {
    id: _,
    version: _asked,
    createdAt: _made,
    updatedAt: _changed,
    displays: _seen,
    responses: _said,
    ...definition
  } = survey
  return definition
}

const targetOf = (id: string) => ({ type: 'survey', id })
const idOf = (c: AppContext): string => c.req.param('id') ?? ''

surveys.openapi(listSurveysRoute, async (c) =>
  c.json({ items: await listSurveys(c.env.DB, c.var.actor.project, environmentOf(c)) }, 200),
)

surveys.openapi(findSurveyRoute, async (c) => {
  const survey = await find(c, idOf(c))
  if (survey === null) return refuse(c, gone)
  return c.json({ ...survey, versions: await listVersions(c.env.DB, c.var.actor.project, survey.id) }, 200)
})

surveys.openapi(deleteSurveyRoute, async (c) => {
  const audit = c.var.writeDown({ action: 'survey.delete', target: targetOf(idOf(c)) })
  const isDeleted = await deleteSurvey(c.env.DB, c.var.actor.project, idOf(c), Date.now(), audit)
  if (!isDeleted) return refuse(c, gone)
  return c.body(null, 204)
})

async function create(c: AppContext): Promise<Response> {
  const read = readSurvey(newSurveySchema, await c.req.json())
  if (!read.ok) return refuse(c, read.failure)
  const { state = 'draft', ...survey } = read.value
  const record = { ...survey, state, version: 1, project: c.var.actor.project }
  const audit = c.var.writeDown({ action: 'survey.create', target: targetOf(survey.id), after: { ...survey, state } })
  if (!(await insertSurvey(c.env.DB, record, Date.now(), audit))) {
    const detail = `The id '${survey.id}' is taken, or was once; ids are never used again. Choose another.`
    return refuse(c, failed('conflict', detail, { issues: [{ path: 'id', reason: 'taken' }] }).failure)
  }
  return c.json(await find(c, survey.id), 201)
}

async function replace(c: AppContext): Promise<Response> {
  const read = readSurvey(editedSurveySchema, await c.req.json())
  if (!read.ok) return refuse(c, read.failure)
  const { id, version, ...next } = read.value
  if (id !== undefined && id !== idOf(c)) {
    const issues = [{ path: 'id', reason: 'is not the one in the address; an id never changes' }]
    return refuse(c, failed('invalid', `Not accepted: id ${issues[0]?.reason}.`, { issues }).failure)
  }
  const before = await find(c, idOf(c))
  if (before === null) return refuse(c, gone)
  if (version !== undefined && version !== before.version) return refuse(c, conflict)
  const audit = c.var.writeDown({
    action: 'survey.update',
    target: targetOf(before.id),
    before: definitionOf(before),
    after: { ...next, state: before.state },
  })
  const isReplaced = await replaceSurvey(c.env.DB, c.var.actor.project, before, next, Date.now(), audit)
  if (!isReplaced) return refuse(c, conflict)
  return answer(c)
}

async function update(c: AppContext): Promise<Response> {
  const patch = parseAt(surveyPatchSchema, await c.req.json())
  if (!patch.ok) return refuse(c, patch.failure)
  const before = await find(c, idOf(c))
  if (before === null) return refuse(c, gone)
  const { name, state } = before
  const audit = c.var.writeDown({
    action: 'survey.update',
    target: targetOf(before.id),
    before: { name, state },
    after: { name, state, ...patch.value },
  })
  const isUpdated = await updateSurvey(c.env.DB, c.var.actor.project, before.id, patch.value, Date.now(), audit)
  if (!isUpdated) return refuse(c, gone)
  return answer(c)
}

async function answer(c: AppContext): Promise<Response> {
  const survey = await find(c, idOf(c))
  return survey === null ? refuse(c, gone) : c.json(survey, 200)
}
