import type { Next } from 'hono'
import { limits } from '../../sdk/wire/limits.ts'
import { decodeText, parseObject } from '../access/body.ts'
import { verifyToken } from '../access/identity-secrets.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { hasSession } from '../access/session.ts'
import { admit } from '../admission/admit.ts'
import { inShare } from '../admission/share.ts'
import type { AppContext } from '../env.ts'
import { digestOf } from './digest.ts'
import { identify } from './identity.ts'
import { normalise } from './normalise.ts'
import { submissionSchema } from './schema.ts'
import { store } from './store.ts'

/** Click to row. Takes what pages send with a publishable key; refuses only what cannot be read or says nothing. */
export const intake = makeRoom()

// In the OpenAPI document it stands together with what the team enters: `worker/team/schema.ts`.
intake.post('/v1/feedback', submit)

async function submit(c: AppContext, next: Next): Promise<Response | void> {
  if (isTeams(c)) return next()
  const now = Date.now()
  const admission = await admit(c, { maxBytes: limits.submissionMaxBytes, submits: true })
  if (!admission.ok) return refuse(c, admission.failure)
  const text = decodeText(admission.value.body)
  if (!text.ok) return refuse(c, text.failure)
  const raw = parseObject(text.value)
  if (!raw.ok) return refuse(c, raw.failure)
  const normalised = normalise(raw.value, submissionSchema)
  if (!normalised.ok) return refuse(c, normalised.failure)
  const later = (work: Promise<unknown>) => c.executionCtx.waitUntil(work)
  const speaker = await identify(normalised.value.submission, (token) =>
    verifyToken(c.env.DB, token, { project: admission.value.project.id, now, later }),
  )
  const delivery = { now, digest: await digestOf(raw.value), takesFiles: c.env.FILES !== undefined, speaker }
  const stored = await inShare(c, admission.value.project.id, () =>
    store(c.env.DB, admission.value, normalised.value, delivery),
  )
  if (!stored.ok) return refuse(c, stored.failure)
  const { receipt, isNew, changed } = stored.value
  if (changed) c.set('changed', true)
  c.set('became', isNew ? 'accepted' : changed ? 'amended' : 'repeated')
  return c.json(receipt, isNew ? 201 : 200)
}

/** Whether the team enters something: no publishable key stands in the address, and a secret key or a session came along. */
function isTeams(c: AppContext): boolean {
  return c.req.query('key') === undefined && (c.req.header('authorization') !== undefined || hasSession(c))
}
