import { limits } from '../../sdk/wire/limits.ts'
import { readBody } from '../access/body.ts'
import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import type { AppContext } from '../env.ts'
import { failed } from '../failure.ts'
import { readImage } from './image.ts'
import { putImage } from './keep.ts'
import { restoreImageRoute } from './schema.ts'

/** Images of a backup, which come before their items so that those are stored whole. Needs `admin`. */
export const restoringImages = makeRoom()

restoringImages.openAPIRegistry.registerPath(restoreImageRoute)
restoringImages.post('/v1/restore/images', requireScope('admin'), restoreImage)

async function restoreImage(c: AppContext): Promise<Response> {
  const [item, n] = [(c.req.query('item') ?? '').toLowerCase(), Number(c.req.query('n') ?? Number.NaN)]
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(item)
  if (!isId || !Number.isInteger(n) || n < 0 || n >= limits.attachmentsMax) {
    const issues = [isId ? { path: 'n', reason: 'no number of an image' } : { path: 'item', reason: 'not a UUID' }]
    return refuse(c, failed('bad-request', 'Say whose image it is: ?item=ID&n=0.', { issues }).failure)
  }
  if (c.env.FILES === undefined) {
    return refuse(c, failed('unavailable', 'This collector has no object storage.', { retryAfter: 3_600 }).failure)
  }
  const body = await readBody(c, limits.attachmentMaxBytes)
  if (!body.ok) return refuse(c, body.failure)
  const image = readImage(new Uint8Array(body.value))
  if (!image.ok) return refuse(c, image.failure)
  const slot = { project: c.var.actor.project, item, n }
  const put = await putImage(c.env.DB, c.env.FILES, slot, body.value, image.value)
  if (!put.ok) return refuse(c, put.failure)
  // After the object: the row, which comes before it, says only that it may come.
  c.set('audit', { action: 'project.restore', target: { type: 'feedback', id: item }, after: { image: n } })
  return c.json({ file: put.value, ...image.value, bytes: body.value.byteLength }, 201)
}
