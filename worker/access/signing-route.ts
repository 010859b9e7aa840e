import type { SigningState } from '../../sdk/wire/index.ts'
import type { AppContext } from '../env.ts'
import { failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { findSigning, replaceSigning } from '../storage/signing.ts'
import { jsonBody } from './body.ts'
import { requireScope } from './guard.ts'
import { forgetKeys } from './keys.ts'
import { refuse } from './refuse.ts'
import { makeRoom } from './room.ts'
import { getSigningRoute, rotateSigningRoute } from './schema.ts'
import { randomBase62 } from './secrets.ts'
import { iso } from './view-key.ts'

/** What a project signs receipts and links with: nobody sees it, an admin replaces it. */
export const signing = makeRoom()

signing.get('/v1/projects/:id/signing', requireScope('admin'))
signing.post('/v1/projects/:id/signing/rotate', requireScope('admin'), jsonBody)

const notYours = failed('not-found', 'There is no such project, or it is not yours.').failure

async function stateOf(c: AppContext, now: number): Promise<SigningState> {
  const found = await findSigning(c.env.DB, c.var.actor.project)
  const isOldGood = found?.old != null && found.old.until > now
  return { replacedAt: iso(found?.replacedAt ?? null), oldExpiresAt: isOldGood ? iso(found.old?.until ?? null) : null }
}

signing.openapi(getSigningRoute, async (c) => {
  if (c.req.param('id') !== c.var.actor.project) return refuse(c, notYours)
  return c.json(await stateOf(c, Date.now()), 200)
})

signing.openapi(rotateSigningRoute, async (c) => {
  const { project } = c.var.actor
  if (c.req.param('id') !== project) return refuse(c, notYours)
  const { graceSeconds = serverLimits.keyGraceMs / 1_000 } = c.req.valid('json')
  const now = Date.now()
  const before = await stateOf(c, now)
  // Isolates that remember the project sign with the old one for so long.
  const until = now + Math.max(graceSeconds * 1_000, serverLimits.keyCacheMs)
  const after: SigningState = { replacedAt: iso(now), oldExpiresAt: iso(until) }
  const audit = c.var.writeDown({ action: 'project.rotate', target: { type: 'project', id: project }, before, after })
  const isReplaced = await replaceSigning(c.env.DB, { project, secret: randomBase62(43), now, until }, audit)
  if (!isReplaced) return refuse(c, notYours)
  forgetKeys()
  return c.json(after, 200)
})
