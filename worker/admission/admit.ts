import { checkBody, drainBody, readBody } from '../access/body.ts'
import { type Admission, admitPublishable, isCached } from '../access/keys.ts'
import { isPublishableKey } from '../access/secrets.ts'
import type { AppContext } from '../env.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { markAddress } from './address.ts'
import { isAdmitted, readOrigin } from './origin.ts'
import { isUsedUp, nextDay } from './quota.ts'
import { giveBack, take, waitMs } from './rates.ts'
import { countRefusal } from './tally.ts'
import { secondsToWait } from './turn.ts'

/** What was let in. */
export interface Admitted extends Admission {
  body: ArrayBuffer | Uint8Array
}

/** What a public route takes. */
export interface Admittance {
  /** Of the body, counted while it streams; 0 where the route takes none. */
  maxBytes: number
  /** Whether a new item may come of it: the narrower rates and the quota are for these. */
  submits?: boolean
  /** What else must be right before a body is worth its memory. */
  proves?: (admission: Admission) => Promise<Outcome<null>>
}

/**
 * Admits a request of a public route, the cheapest check first: size and encoding that its body is said to have, key,
 * origin, rate, quota. Only then is the body kept, counted while it streams, and anything parsed: who is not let in takes
 * no memory. Nothing said is lost by a refusal: an outbox waits.
 */
export async function admit(c: AppContext, admittance: Admittance): Promise<Outcome<Admitted>> {
  const admission = await admitHead(c, admittance)
  if (!admission.ok) {
    await drainBody(c)
    return admission
  }
  const body = admittance.maxBytes === 0 ? done(new Uint8Array()) : await readBody(c, admittance.maxBytes)
  return body.ok ? done({ ...admission.value, body: body.value }) : body
}

async function admitHead(
  c: AppContext,
  { maxBytes, submits = false, proves = () => Promise.resolve(done(null)) }: Admittance,
): Promise<Outcome<Admission>> {
  const now = Date.now()
  const fits = maxBytes === 0 ? done(null) : checkBody(c, maxBytes)
  // Whose it is, so that the refusal is counted where its project sees it.
  const key = await admitKey(c, now)
  if (!fits.ok) return fits
  if (!key.ok) return key
  const admission = await admitOrigin(c, key.value, now)
  if (!admission.ok) return admission
  const { project } = admission.value
  const sender = {
    address: c.req.header('cf-connecting-ip'),
    key: c.req.query('key') ?? '',
    project: { id: project.id, secret: project.signing.secret, settings: project.settings },
  }
  const wait = await secondsToWait(c.env, sender, submits, now)
  if (wait > 0)
    return failed('too-many', `Too much came. It can be sent again ${wait > 60 ? 'later' : 'shortly'}.`, {
      retryAfter: wait,
    })
  if (submits) {
    const left = await admitQuota(c, admission.value, now)
    if (!left.ok) return left
  }
  const proven = await proves(admission.value)
  return proven.ok ? admission : proven
}

/** A key that is known here costs nothing. One that is not is a look into the database, and nobody may try many. */
async function admitKey(c: AppContext, now: number): Promise<Outcome<Admission>> {
  const [key, address] = [c.req.query('key') ?? '', c.req.header('cf-connecting-ip')]
  if (!isPublishableKey(key) || isCached(key, now) || address === undefined) return admitPublishable(c, now)
  const bucket = `unknown ${await markAddress(address, null, now)}`
  const wait = waitMs(bucket, serverLimits.unknownKeys, now)
  if (wait > 0) {
    const retryAfter = Math.ceil(wait / 1_000)
    return failed('too-many', 'Too many unknown keys came from here. Try again shortly.', { retryAfter })
  }
  // Before it is looked up: many may come at the same time.
  take(bucket, serverLimits.unknownKeys, now)
  const admission = await admitPublishable(c, now)
  if (admission.ok) giveBack(bucket, serverLimits.unknownKeys)
  return admission
}

/** What is known of a project may be a minute old; before its list refuses somebody, it is looked at again. */
async function admitOrigin(c: AppContext, known: Admission, now: number): Promise<Outcome<Admission>> {
  const origin = c.req.header('origin')
  const isWelcome = ({ project }: Admission) => isAdmitted(origin, project.settings.origins ?? [])
  if (origin === undefined || isWelcome(known)) return done(known)
  const again = await admitPublishable(c, now, serverLimits.refusalRereadMs)
  if (!again.ok || isWelcome(again.value)) return again
  const normal = readOrigin(origin)
  if (normal === origin.toLowerCase()) countRefusal(c, known.project.id, normal)
  return failed(
    'origin-refused',
    `Pages of ${origin.slice(0, 100)} may not send to this project. Its administrators can allow the origin in the settings.`,
  )
}

async function admitQuota(c: AppContext, known: Admission, now: number): Promise<Outcome<null>> {
  const later = (work: Promise<unknown>) => c.executionCtx.waitUntil(work)
  if (!(await isUsedUp(c.env.DB, known.project, now, later))) return done(null)
  const again = await admitPublishable(c, now, serverLimits.refusalRereadMs)
  if (!again.ok) return again
  if (!(await isUsedUp(c.env.DB, again.value.project, now, later))) return done(null)
  return failed(
    'over-quota',
    'This project has taken in all that it takes in a day. What was said can be sent tomorrow.',
    {
      retryAfter: Math.ceil((nextDay(now) - now) / 1_000),
    },
  )
}
