import { limits } from '../../sdk/wire/limits.ts'
import type { Admission } from '../access/keys.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { uploadText } from '../access/secrets.ts'
import { isSignedFor } from '../access/signing.ts'
import { admit } from '../admission/admit.ts'
import type { AppContext } from '../env.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import type { Database } from '../storage/database.ts'
import { findItem, isErased } from '../storage/items.ts'
import { toItem } from '../storage/row.ts'
import { readImage } from './image.ts'
import { keepImage } from './keep.ts'
import { fileRoute, uploadRoute } from './schema.ts'
import { serveFile } from './serve.ts'

/** Images that follow a receipt, and the signed links that show them. */
export const attachments = makeRoom()

attachments.openAPIRegistry.registerPath(uploadRoute)
attachments.put('/v1/feedback/:id/attachments/:n', upload)
attachments.openAPIRegistry.registerPath(fileRoute)
attachments.get('/files/:key', serveFile)

async function upload(c: AppContext): Promise<Response> {
  const [item, n] = [(c.req.param('id') ?? '').toLowerCase(), Number(c.req.param('n'))]
  const proves = async ({ project }: Admission): Promise<Outcome<null>> => {
    const isSender = await isSignedFor(c.env.DB, project, uploadText(item, n), c.req.query('upload'))
    return isSender
      ? findAnnounced(c.env.DB, project.id, item, n)
      : failed('bad-token', 'The upload token is not the receipt’s for this image.')
  }
  const admission = await admit(c, { maxBytes: limits.attachmentMaxBytes, proves })
  if (!admission.ok) return refuse(c, admission.failure)
  const { project, body } = admission.value
  if (c.env.FILES === undefined) {
    return refuse(c, failed('unavailable', 'This collector has no object storage.', { retryAfter: 3_600 }).failure)
  }
  const image = readImage(new Uint8Array(body))
  if (!image.ok) return refuse(c, image.failure)
  const kept = await keepImage(c.env.DB, c.env.FILES, { project: project.id, item, n }, body, image.value)
  if (!kept.ok) return refuse(c, kept.failure)
  c.set('changed', true)
  return c.json(kept.value, 201)
}

/** Whether the item stands there, takes images still, and said that this one would come. */
async function findAnnounced(db: Database, project: string, id: string, n: number): Promise<Outcome<null>> {
  const row = await findItem(db, project, id)
  if (row === null) {
    return (await isErased(db, { project, id }))
      ? failed('erased', 'The item was erased; its images are not stored.')
      : failed('not-found', 'There is no such item. Submit it first, then send its images.')
  }
  if (Date.now() - row.received_at > serverLimits.tokenMs) {
    return failed('bad-token', 'The upload token has expired: it was good for 30 days.')
  }
  const announced = toItem(row).attachments?.[n]
  if (announced?.removed) return failed('erased', 'The team removed this image; it is not stored again.')
  return announced === undefined
    ? failed('not-found', `The item announced no image ${n}; they are numbered from 0.`)
    : done(null)
}
