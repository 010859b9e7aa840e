import { jsonBody } from '../access/body.ts'
import { forgetKeys } from '../access/keys.ts'
import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import type { AppContext } from '../env.ts'
import { failed } from '../failure.ts'
import { findProject, type ProjectRecord } from '../storage/projects.ts'
import { changeProject } from './change.ts'
import { previewRetention, readRetention } from './retention.ts'
import {
  accessRoute,
  projectRoute,
  retentionRoute,
  updateProjectRoute,
  usageRoute,
  widgetSettingsRoute,
} from './schema.ts'
import { viewProject, viewUsage, viewWidget } from './view.ts'

/** A project's settings. Reading needs `read`, changing needs `admin`; which project it is, any key may ask. */
export const projects = makeRoom()

projects.get('/v1/access', requireScope())
projects.get('/v1/projects/:id', requireScope('read'))
projects.get('/v1/projects/:id/widget', requireScope('read'))
projects.get('/v1/projects/:id/usage', requireScope('read'))
projects.get('/v1/projects/:id/retention', requireScope('read'))
projects.on('PATCH', '/v1/projects/:id', requireScope('admin'), jsonBody)

const notYours = failed('not-found', 'There is no such project, or it is not yours.').failure

/** The project in the path, where it is the caller's. */
async function ownProject(c: AppContext): Promise<ProjectRecord | null> {
  const { project } = c.var.actor
  return c.req.param('id') === project ? findProject(c.env.DB, project) : null
}

projects.openapi(accessRoute, async (c) => {
  const { project, scopes } = c.var.actor
  const record = await findProject(c.env.DB, project)
  if (record === null) return refuse(c, notYours)
  return c.json({ project: { id: record.id, name: record.name }, scopes: [...scopes] }, 200)
})

projects.openapi(projectRoute, async (c) => {
  const record = await ownProject(c)
  return record === null ? refuse(c, notYours) : c.json(await viewProject(c.env.DB, record), 200)
})

projects.openapi(widgetSettingsRoute, async (c) => {
  const record = await ownProject(c)
  return record === null ? refuse(c, notYours) : c.json(viewWidget(record, c.env.FILES !== undefined), 200)
})

projects.openapi(usageRoute, async (c) => {
  const record = await ownProject(c)
  return record === null ? refuse(c, notYours) : c.json(await viewUsage(c.env.DB, record), 200)
})

projects.openapi(retentionRoute, async (c) => {
  const record = await ownProject(c)
  if (record === null) return refuse(c, notYours)
  const asked = readRetention(c.req.query('days'), c.req.query('keep'))
  return asked.ok ? c.json(await previewRetention(c.env.DB, record.id, asked.value), 200) : refuse(c, asked.failure)
})

/** What the audit log keeps of a project: settings, not the secret. */
function settingsOf({ name, settings }: ProjectRecord): object {
  const { revision: _revision, ...set } = settings
  return { name, ...set }
}

projects.openapi(updateProjectRoute, async (c) => {
  const { project } = c.var.actor
  if (c.req.param('id') !== project) return refuse(c, notYours)
  const match = c.req.header('if-match')
  const seen = match === undefined || match === '*' ? null : match.replace(/^W\//, '').replaceAll('"', '')
  const target = { type: 'project', id: project }
  const changed = await changeProject(c.env.DB, project, c.req.valid('json'), seen, (before, after) =>
    c.var.writeDown({ action: 'project.update', target, before: settingsOf(before), after: settingsOf(after) }),
  )
  if (!changed.ok) return refuse(c, changed.failure)
  // At once here; other isolates look again within a minute, and before they refuse anybody.
  forgetKeys()
  return c.json(await viewProject(c.env.DB, changed.value), 200)
})
