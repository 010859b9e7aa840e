import { jsonBody } from '../access/body.ts'
import { requireSession } from '../access/guard.ts'
import { makePublishable } from '../access/make-key.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { randomBase62 } from '../access/secrets.ts'
import { failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { insertOwnProject } from '../storage/own-project.ts'
import { createProjectRoute } from './schema.ts'

/** A further project of a member who is an admin already. */
export const furtherProjects = makeRoom()

furtherProjects.post('/v1/projects', requireSession, jsonBody)

furtherProjects.openapi(createProjectRoute, async (c) => {
  const { member, projects, record } = c.var.signedIn
  if (!projects.some(({ role }) => role === 'admin')) {
    const detail = 'Only an admin of some project may make a further one. Ask an admin of yours.'
    return refuse(c, failed('no-scope', detail).failure)
  }
  if (projects.length >= serverLimits.projectsMax) {
    return refuse(c, failed('invalid', `You work in ${serverLimits.projectsMax} projects, which is the most.`).failure)
  }
  const now = Date.now()
  const id = crypto.randomUUID()
  const { name } = c.req.valid('json')
  const key = makePublishable(id, now)
  const project = { id, name, settings: {}, secret: randomBase62(43) }
  const target = { type: 'project', id }
  const audit = c.var.writeDown({ action: 'project.create', target, after: { name }, projects: [id] })
  await insertOwnProject(c.env.DB, { project, key, member: member.id, session: record }, now, audit)
  return c.json({ id, name, publishableKey: key.id }, 201)
})
