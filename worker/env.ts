import type { Context } from 'hono'
import { z } from 'zod'
import type { ProblemCode, Role, Scope } from '../sdk/wire/index.ts'
import { serverLimits } from './limits.ts'
import type { ConsumerName } from './storage/consumers.ts'

/** What the deployment binds. */
export interface Bindings {
  DB: D1Database
  ASSETS: Fetcher
  /** Object storage for images; without it attachments are off. */
  FILES?: R2Bucket
  /** Cloudflare's rate limiters, for senders and for keys; without them the buckets of each isolate stand alone. */
  ADDRESS_LIMIT?: RateLimit
  KEY_LIMIT?: RateLimit
  /** Submissions a minute of one sender in one project, and with one key; see `worker/limits.ts` for what they are unset. */
  ADDRESS_PER_MINUTE?: string
  KEY_PER_MINUTE?: string
  /** Lets `POST /v1/setup` make the first project; the route does not exist without it. */
  SETUP_TOKEN?: string
}

/** Who asks, once a guard has looked. */
export interface Actor {
  /** `key:…` or `member:…`, for logs and notes. */
  id: string
  project: string
  scopes: readonly Scope[]
  /** Set for a signed-in member. */
  role: Role | null
}

/** Where a public request belongs. */
export interface SentTo {
  project: string
  environment: string
}

/** Hono's types in every route. */
export interface AppEnv {
  Bindings: Bindings
  Variables: {
    requestId: string
    /** Set by the first guard. */
    actor: Actor
    /** Set by a handler that wrote something which consumers follow. */
    changed?: boolean
    /** Whose key a public request came with, as soon as that is known, whether it is admitted or not. */
    sentTo?: SentTo
    /** The code of the problem that is answered with. */
    refused?: ProblemCode
    /** Set by the intake: what became of a submission. */
    became?: 'accepted' | 'amended' | 'repeated'
    /** Lets these consumers catch up with what is stored now; false where they did not. Set where a room needs it. */
    catchUp: (...names: ConsumerName[]) => Promise<boolean>
  }
}

export type AppContext = Context<AppEnv>

const settingsSchema = z.object({ setupToken: z.string().min(20).nullable() })
export type Settings = z.infer<typeof settingsSchema>

/** The settings of a deployment, parsed; throws with the name of the setting that is wrong. */
export function parseSettings(env: Bindings): Settings {
  const parsed = settingsSchema.safeParse({ setupToken: env.SETUP_TOKEN ?? null })
  if (!parsed.success)
    throw new Error(`Setting ${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`)
  return parsed.data
}

const perMinute = z.coerce.number('is no number').min(1).max(1_000_000)
const ratesSchema = z.object({
  ADDRESS_PER_MINUTE: perMinute.default(serverLimits.addressPerMinute),
  KEY_PER_MINUTE: perMinute.default(serverLimits.keyPerMinute),
})
type Rates = z.infer<typeof ratesSchema>
let known: { of: Pick<Bindings, keyof Rates>; rates: Rates } | undefined

/** How much may come a minute; throws with the name of the setting that is wrong. Parsed once: every public request asks. */
export function parseRates({ ADDRESS_PER_MINUTE, KEY_PER_MINUTE }: Pick<Bindings, keyof Rates>): Rates {
  const isSame = known?.of.ADDRESS_PER_MINUTE === ADDRESS_PER_MINUTE && known?.of.KEY_PER_MINUTE === KEY_PER_MINUTE
  if (known !== undefined && isSame) return known.rates
  const of = { ADDRESS_PER_MINUTE, KEY_PER_MINUTE }
  const rates = ratesSchema.safeParse(of)
  if (!rates.success) {
    const [issue] = rates.error.issues
    throw new Error(`Setting ${issue?.path.join('.')}: ${issue?.message}`)
  }
  known = { of, rates: rates.data }
  return rates.data
}
