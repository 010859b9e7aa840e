import { decodeText, parseObject } from '../access/body.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { admit } from '../admission/admit.ts'
import type { AppContext } from '../env.ts'
import { dateAt } from '../filters/day.ts'
import { serverLimits } from '../limits.ts'
import { addDisplays } from '../storage/displays.ts'
import { parseAt } from './read.ts'
import { displaysRoute, displaysSchema } from './schema.ts'

/** How often surveys were shown, as pages report it: in batches, and without a preflight. */
export const displays = makeRoom()

displays.openAPIRegistry.registerPath(displaysRoute)
displays.post('/v1/displays', countDisplays)

async function countDisplays(c: AppContext): Promise<Response> {
  const now = Date.now()
  const admission = await admit(c, { maxBytes: serverLimits.displaysMaxBytes })
  if (!admission.ok) return refuse(c, admission.failure)
  const text = decodeText(admission.value.body)
  if (!text.ok) return refuse(c, text.failure)
  const raw = parseObject(text.value)
  if (!raw.ok) return refuse(c, raw.failure)
  const report = parseAt(displaysSchema, raw.value)
  if (!report.ok) return refuse(c, report.failure)
  const { project, environment } = admission.value
  const day = dateAt(now, project.settings.timeZone ?? 'UTC')
  await addDisplays(c.env.DB, { project: project.id, environment, day }, report.value.displays)
  return c.body(null, 204)
}
