import { builtInKinds, type Project } from '../../sdk/wire/index.ts'
import { jsonBody } from '../access/body.ts'
import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { failed } from '../failure.ts'
import { isTimeZone } from '../filters/day.ts'
import type { Database } from '../storage/database.ts'
import { listEnvironments, listValues } from '../storage/names.ts'
import { findProject, listLabels, type ProjectRecord, statusesOf, updateProject } from '../storage/projects.ts'
import { widgetConfigOf } from './defaults.ts'
import { accessRoute, projectRoute, updateProjectRoute } from './schema.ts'

/** A project's settings. Reading needs `read`, changing needs `admin`; which project it is, any key may ask. */
export const projects = makeRoom()

projects.get('/v1/access', requireScope())
projects.get('/v1/projects/:id', requireScope('read'))
projects.on('PATCH', '/v1/projects/:id', requireScope('admin'), jsonBody)

const notYours = failed('not-found', 'There is no such project, or it is not yours.').failure

async function viewProject(db: Database, record: ProjectRecord): Promise<Project> {
  const [labels, environments, seen] = await Promise.all([
    listLabels(db, record.id),
    listEnvironments(db, record.id),
    listValues(db, { project: record.id, environment: 'production', name: 'kind', prefix: '', limit: 100 }),
  ])
  const offered = widgetConfigOf(record, { attachments: false, surveys: [] }).kinds
  const keys = new Set([...offered.map(({ key }) => key), ...builtInKinds, ...seen.map(({ value }) => value)])
  return {
    id: record.id,
    name: record.name,
    statuses: statusesOf(record.settings),
    labels,
    kinds: [...keys].map((key) => ({ key, label: offered.find((kind) => kind.key === key)?.label ?? titleOf(key) })),
    environments: environments.includes('production') ? environments : ['production', ...environments],
    timeZone: record.settings.timeZone ?? 'UTC',
    weekStart: record.settings.weekStart ?? 'monday',
  }
}

const titleOf = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1).replaceAll('-', ' ')

projects.openapi(accessRoute, async (c) => {
  const { project, scopes } = c.var.actor
  const record = await findProject(c.env.DB, project)
  if (record === null) return refuse(c, notYours)
  return c.json({ project: { id: record.id, name: record.name }, scopes: [...scopes] }, 200)
})

projects.openapi(projectRoute, async (c) => {
  const record = c.req.param('id') === c.var.actor.project ? await findProject(c.env.DB, c.var.actor.project) : null
  return record === null ? refuse(c, notYours) : c.json(await viewProject(c.env.DB, record), 200)
})

projects.openapi(updateProjectRoute, async (c) => {
  const record = c.req.param('id') === c.var.actor.project ? await findProject(c.env.DB, c.var.actor.project) : null
  if (record === null) return refuse(c, notYours)
  const { name, widget, ...settings } = c.req.valid('json')
  if (settings.timeZone !== undefined && !isTimeZone(settings.timeZone)) {
    const issues = [{ path: 'timeZone', reason: 'no IANA time zone, such as Europe/Berlin' }]
    return refuse(c, failed('invalid', `Not accepted: ${issues[0]?.path} is ${issues[0]?.reason}.`, { issues }).failure)
  }
  const updated: ProjectRecord = {
    ...record,
    name: name ?? record.name,
    settings: { ...record.settings, ...settings, widget: { ...record.settings.widget, ...widget } },
  }
  await updateProject(c.env.DB, updated)
  return c.json(await viewProject(c.env.DB, updated), 200)
})
