import { OpenAPIHono } from '@hono/zod-openapi'
import { restoringImages } from './attachments/restore-route.ts'
import { attachments } from './attachments/route.ts'
import { access } from './access/route.ts'
import { keys } from './access/keys-route.ts'
import { signing } from './access/signing-route.ts'
import { requireScope } from './access/guard.ts'
import { fromAnyPage, guardAnswers } from './access/headers.ts'
import { invitationPage } from './access/invitation-page-route.ts'
import { signInLinks } from './access/links-route.ts'
import { passkeys } from './access/passkeys/route.ts'
import { refuse } from './access/refuse.ts'
import { signIn } from './access/sign-in-route.ts'
import { restoring } from './backup/restore-route.ts'
import { countOutcomes } from './admission/count.ts'
import { limitImages } from './admission/images.ts'
import { admissions } from './admission/route.ts'
import { audit } from './audit/route.ts'
import { auditChanges } from './audit/write.ts'
import { backup } from './backup/route.ts'
import { changes } from './changes/route.ts'
import type { AppEnv } from './env.ts'
import { exporting } from './export/route.ts'
import { failed, Unavailable } from './failure.ts'
import { importing } from './import/route.ts'
import { bulk } from './inbox/bulk-route.ts'
import { isHealthy } from './health.ts'
import { inbox } from './inbox/route.ts'
import { wholeIndex } from './inbox/whole-index.ts'
import { insight } from './insight/route.ts'
import { groups } from './inbox/groups/route.ts'
import { names } from './inbox/names-route.ts'
import { intake } from './intake/route.ts'
import { catchUpFirst, offerCatchUp } from './jobs/catch-up.ts'
import { pokeAfterChange } from './jobs/poke.ts'
import { offerTest } from './jobs/sending.ts'
import { sweepAfter } from './jobs/sweep.ts'
import { serverLimits } from './limits.ts'
import { openApiDocument } from './openapi.ts'
import { version } from '../sdk/wire/version.ts'
import { accounts } from './people/accounts-route.ts'
import { people } from './people/route.ts'
import { furtherProjects } from './projects/create-route.ts'
import { outageOf } from './storage/database.ts'
import { projects } from './projects/route.ts'
import { widget } from './projects/widget-route.ts'
import { displays } from './surveys/displays-route.ts'
import { surveys } from './surveys/route.ts'
import { entry } from './team/entry-route.ts'
import { invitations } from './members/invitations-route.ts'
import { members } from './members/route.ts'
import { sessions } from './members/sessions-route.ts'
import { team } from './team/route.ts'
import { allowedMethods } from './routes.ts'
import { logFault, trace } from './trace.ts'
import { views } from './views/route.ts'
import { deliveries } from './webhooks/deliveries-route.ts'
import { webhooks } from './webhooks/route.ts'

/** The table of contents: what is open comes first, then what needs a key or a session. */
export const app = new OpenAPIHono<AppEnv>()

app.use(trace)
app.use(guardAnswers)
app.use(pokeAfterChange)
app.use(auditChanges)

// Open to every page.
app.on(['POST', 'OPTIONS'], '/v1/feedback', fromAnyPage)
app.on(['PUT', 'OPTIONS'], '/v1/feedback/:id/attachments/:n', fromAnyPage)
app.on(['POST', 'OPTIONS'], '/v1/displays', fromAnyPage)
app.on(['GET', 'OPTIONS'], '/v1/widget', fromAnyPage)
app.on(['PUT', 'DELETE'], '/v1/feedback/*', sweepAfter)
app.on('POST', '/v1/feedback/:id/redact', sweepAfter)
app.on('DELETE', '/v1/people/*', sweepAfter)
app.post('/v1/feedback', countOutcomes('feedback'))
app.put('/v1/feedback/:id/attachments/:n', countOutcomes('attachments'))
app.post('/v1/displays', countOutcomes('displays'))
app.get('/v1/widget', countOutcomes('widget'))
app.use('/files/*', limitImages)
app.route('/', intake)
app.route('/', attachments)
app.route('/', displays)
app.route('/', widget)

// Open to everybody: whether it runs, and what it understands.
app.get('/healthz', async (c) => {
  if (!(await isHealthy(c.env.DB, Date.now()))) return refuse(c, outageFailures.old)
  return c.json({ ok: true, version, now: new Date().toISOString() }, 200, { 'cache-control': 'no-store' })
})
let document: object | null = null
app.get('/openapi.json', (c) => c.json((document ??= openApiDocument(app))))

// Sign-in and session.
app.route('/', signIn)
app.route('/', invitationPage)
app.route('/', access)
app.route('/', passkeys)
app.route('/', sessions)

// A secret key, or a member's session; each room says which scope.
// What must be whole lets the consumers catch up first, once the guard has let it through.
for (const path of ['/v1/feedback', '/v1/feedback/count', '/v1/feedback/groups', '/v1/views/counts']) {
  app.get(path, requireScope('read'), offerCatchUp, wholeIndex)
}
app.get('/v1/export/columns', requireScope('export'), catchUpFirst)
app.use('/v1/export', offerCatchUp)
app.get('/v1/names/*', requireScope('read'), catchUpFirst)
app.get('/v1/projects/:id/usage', requireScope('read'), catchUpFirst)
app.get('/v1/surveys/*', requireScope('read'), catchUpFirst)
app.use('/v1/feedback/bulk', offerCatchUp)
app.use('/v1/people/*', offerCatchUp)
app.use('/v1/accounts/*', offerCatchUp)
app.route('/', entry)
app.route('/', bulk)
app.route('/', groups)
app.route('/', inbox)
app.route('/', views)
app.route('/', team)
app.route('/', members)
app.route('/', invitations)
app.route('/', signInLinks)
app.route('/', people)
app.route('/', accounts)
app.route('/', names)
app.use('/v1/insight/*', offerCatchUp)
app.route('/', insight)
app.route('/', exporting)
app.route('/', changes)
app.route('/', importing)
app.route('/', backup)
app.route('/', restoring)
app.route('/', restoringImages)
app.route('/', surveys)
app.use('/v1/outcomes', offerCatchUp)
app.route('/', admissions)
app.route('/', projects)
app.route('/', furtherProjects)
app.route('/', keys)
app.route('/', signing)
app.use('/v1/webhooks/*', offerTest)
app.route('/', webhooks)
app.route('/', deliveries)
app.route('/', audit)

// The console is one page under many addresses; its files are served as assets before the worker is asked.
app.get('/console/*', async (c) => {
  const wantsPage = c.req.header('accept')?.includes('text/html') === true
  if (!wantsPage) return refuse(c, failed('not-found', 'There is no such file.').failure)
  return c.env.ASSETS.fetch(new URL('/console/', c.req.url))
})

app.notFound((c) => {
  const allow = allowedMethods(app, new URL(c.req.url).pathname)
  const failure =
    allow.length === 0
      ? failed('not-found', 'There is nothing at this address.').failure
      : failed('method-not-allowed', `This address takes ${allow.join(', ')}, not ${c.req.method}.`, { allow }).failure
  return refuse(c, failure)
})

app.onError((error, c) => {
  logFault(c, error)
  if (error instanceof Unavailable) {
    return refuse(c, failed('unavailable', error.message, { retryAfter: serverLimits.outsideRetrySeconds }).failure)
  }
  const outage = outageOf(error)
  return refuse(c, outage === null ? faultFailure : outageFailures[outage])
})

const faultFailure = failed(
  'fault',
  'Something failed here. Nothing that was acknowledged is lost; try again, and quote the request id if it stays so.',
).failure

const outageFailures = {
  busy: failed('unavailable', 'The database did not answer. Send it again: nothing is stored twice.', {
    retryAfter: serverLimits.busyRetrySeconds,
  }).failure,
  full: failed(
    'unavailable',
    'The database is full. Nothing that was acknowledged is lost; send it again when whoever runs this collector has made room.',
    { retryAfter: serverLimits.fullRetrySeconds },
  ).failure,
  old: failed(
    'unavailable',
    'The database is of an older release. Apply the migrations: npm run deploy does, and npm start when it is stopped and started again. Nothing that was acknowledged is lost.',
    { retryAfter: serverLimits.busyRetrySeconds },
  ).failure,
}
