import type { Next } from 'hono'
import { limits } from '../../sdk/wire/limits.ts'
import { parseObject, readText } from '../access/body.ts'
import { verifyToken } from '../access/identity-secrets.ts'
import { admitPublishable } from '../access/keys.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { hasSession } from '../access/session.ts'
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
  const text = await readText(c, limits.submissionMaxBytes)
  if (!text.ok) return refuse(c, text.failure)
  const admission = await admitPublishable(c, now)
  if (!admission.ok) return refuse(c, admission.failure)
  const raw = parseObject(text.value)
  if (!raw.ok) return refuse(c, raw.failure)
  const normalised = normalise(raw.value, submissionSchema)
  if (!normalised.ok) return refuse(c, normalised.failure)
  const later = (work: Promise<unknown>) => c.executionCtx.waitUntil(work)
  const speaker = await identify(normalised.value.submission, (token) =>
    verifyToken(c.env.DB, token, { project: admission.value.project.id, now, later }),
  )
  const delivery = { now, digest: await digestOf(raw.value), takesFiles: c.env.FILES !== undefined, speaker }
  const stored = await store(c.env.DB, admission.value, normalised.value, delivery)
  if (!stored.ok) return refuse(c, stored.failure)
  if (stored.value.changed) c.set('changed', true)
  return c.json(stored.value.receipt, stored.value.isNew ? 201 : 200)
}

/** Whether the team enters something: no publishable key stands in the address, and a secret key or a session came along. */
function isTeams(c: AppContext): boolean {
  return c.req.query('key') === undefined && (c.req.header('authorization') !== undefined || hasSession(c))
}
