import { limits } from '../../sdk/wire/limits.ts'
import { jsonBody, readText } from '../access/body.ts'
import { requireScope } from '../access/guard.ts'
import { forgetKeys } from '../access/keys.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { hashSecret } from '../access/secrets.ts'
import type { AppContext } from '../env.ts'
import { failed } from '../failure.ts'
import { reasonOf } from '../access/reason.ts'
import { serverLimits } from '../limits.ts'
import { listStanding } from '../storage/items.ts'
import { findProject } from '../storage/projects.ts'
import { adoptProject, listBuried } from '../storage/restore.ts'
import { restoreLines } from './lines.ts'
import { restoreRoute, settingsSchema, startRoute, wantedRoute } from './schema.ts'

/** Puts a backup back. Needs `admin`. */
export const restoring = makeRoom()

restoring.post('/v1/restore/project', requireScope('admin'), jsonBody)

/** Says by which secret something was made, and nothing of the secret itself. */
const lineageOf = async (secret: string): Promise<string> => (await hashSecret(`lineage:${secret}`)).slice(0, 32)

const holdsOthers = failed(
  'conflict',
  'This project holds other things than the backup. Restore into an empty one, or say add=true to put both together.',
).failure

restoring.openapi(startRoute, async (c) => {
  const given = c.req.valid('json')
  const settings = settingsSchema.safeParse(given.settings)
  if (!settings.success) {
    const issues = settings.error.issues.map(({ path, message }) => ({
      path: ['settings', ...path].join('.'),
      reason: reasonOf(message),
    }))
    return refuse(c, failed('invalid', 'The settings of the backup cannot be taken.', { issues }).failure)
  }
  const { project } = c.var.actor
  const target = { type: 'project', id: project }
  const audit = c.var.writeDown({ action: 'project.restore', target, after: { name: given.name } })
  const adopted = await adoptProject(c.env.DB, project, given, audit)
  // The keys of this isolate remember the secret from before.
  if (adopted) forgetKeys()
  const lineage = await lineageOf(given.secret)
  const standing = await findProject(c.env.DB, project)
  const isSame = standing !== null && (await lineageOf(standing.secret)) === lineage
  if (!isSame && c.req.query('add') !== 'true') return refuse(c, holdsOthers)
  return c.json({ lineage, project: adopted ? 'adopted' : isSame ? 'same' : 'other' } as const, 200)
})

restoring.post('/v1/restore/wanted', requireScope('admin'), jsonBody)

restoring.openapi(wantedRoute, async (c) => {
  const { ids } = c.req.valid('json')
  const { project } = c.var.actor
  const [standing, buried] = [await listStanding(c.env.DB, project, ids), await listBuried(c.env.DB, project, ids)]
  return c.json({ ids: ids.filter((id) => !standing.has(id) && !buried.has(id)) }, 200)
})

restoring.openAPIRegistry.registerPath(restoreRoute)
restoring.post('/v1/restore', requireScope('admin'), restore)

async function restore(c: AppContext): Promise<Response> {
  const text = await readText(c, serverLimits.restoreMaxBytes)
  if (!text.ok) return refuse(c, text.failure)
  const lines = text.value.split('\n').filter((line) => line.trim() !== '')
  if (lines.length > limits.importMaxLines) {
    const detail = `${lines.length} lines are more than ${limits.importMaxLines}. Send them in parts.`
    return refuse(c, failed('too-large', detail).failure)
  }
  const { project } = c.var.actor
  const record = await findProject(c.env.DB, project)
  const isSame = record !== null && (await lineageOf(record.secret)) === c.req.query('lineage')
  if (record === null || (!isSame && c.req.query('add') !== 'true')) return refuse(c, holdsOthers)
  const place = { db: c.env.DB, project, secret: record.secret, isSame, now: Date.now() }
  const result = await restoreLines(place, lines)
  if (result.stored > 0) {
    c.set('changed', true)
    const { refused, ...counts } = result
    const after = { ...counts, refused: refused.length }
    c.set('audit', { action: 'project.restore', target: { type: 'project', id: project }, after })
  }
  return c.json(result, 200)
}
