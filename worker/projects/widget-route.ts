import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { hashSecret } from '../access/secrets.ts'
import { admit } from '../admission/admit.ts'
import type { AppContext } from '../env.ts'
import { serverLimits } from '../limits.ts'
import { listLive } from '../storage/surveys.ts'
import { widgetConfigOf } from './defaults.ts'
import { widgetRoute } from './schema.ts'

/** What the widget shows, for whoever holds the publishable key. Never needed before somebody means to speak. */
export const widget = makeRoom()

widget.openAPIRegistry.registerPath(widgetRoute)
widget.get('/v1/widget', readWidget)

async function readWidget(c: AppContext): Promise<Response> {
  const admission = await admit(c, { maxBytes: 0 })
  if (!admission.ok) return refuse(c, admission.failure)
  const config = JSON.stringify(
    widgetConfigOf(admission.value.project, {
      attachments: c.env.FILES !== undefined,
      surveys: await listLive(c.env.DB, admission.value.project.id),
    }),
  )
  const etag = `"${(await hashSecret(config)).slice(0, 16)}"`
  const headers = {
    etag,
    'cache-control': `public, max-age=${serverLimits.widgetFreshSeconds}, stale-while-revalidate=${serverLimits.widgetStaleSeconds}`,
    // What one origin is answered is no answer to another that may be refused.
    vary: 'Origin',
  }
  const unchanged = c.req.header('if-none-match')?.includes(etag) === true
  return unchanged
    ? c.body(null, 304, headers)
    : c.body(config, 200, { ...headers, 'content-type': 'application/json' })
}
