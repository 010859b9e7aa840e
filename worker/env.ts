import type { Context } from 'hono'
import { z } from 'zod'
import type { AuditAction, AuditActor, AuditEntry, Delivery, ProblemCode, Role, Scope } from '../sdk/wire/index.ts'
import { serverLimits } from './limits.ts'
import type { AuditWhen, ReadItem } from './storage/audit.ts'
import type { ConsumerName } from './storage/consumers.ts'
import type { SignedIn } from './storage/sessions.ts'
import type { WebhookRecord } from './storage/webhooks.ts'

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
  /** Cloudflare Access's team, such as `acme.cloudflareaccess.com`: with it, Access alone says who is signed in. */
  ACCESS_TEAM_DOMAIN?: string
  /** The audience tag of the Access application that stands before the console. */
  ACCESS_AUD?: string
  /** `allow`: webhooks may go to this machine, by http too. For development and tests alone. */
  WEBHOOKS_LOOPBACK?: string
  /** Where the addresses of webhooks' receivers are asked for, if not at Cloudflare's resolver. */
  DNS_OVER_HTTPS?: string
}

/** Who asks, once a guard has looked. */
export interface Actor {
  /** `key:…` or `member:…`, for logs and notes. */
  id: string
  /** The member's name, or the key's. */
  name: string
  project: string
  scopes: readonly Scope[]
  /** Set for a signed-in member. */
  role: Role | null
}

/**
 * What a handler leaves for the audit log as soon as its change is committed: `c.set('audit', { action, target })`. It
 * is written before the answer goes out. Nothing is left where nothing changed.
 */
export interface AuditNote {
  action: AuditAction
  /** What was changed; null where it was no single thing. */
  target: AuditEntry['target']
  /** The thing, or what matters of it: only the fields that differ are kept. Never a message, never a secret. */
  before?: object | null
  after?: object | null
  /** Words where before and after do not say it. */
  summary?: string
  /** Who, where no guard has said so: somebody who signs in, or whoever runs the deployment. */
  actor?: AuditActor
  /** Whose logs. Unless told that of the request's project; of what is a member's own, that of each of theirs. */
  projects?: readonly string[]
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
    /** Set by `requireSession`. */
    signedIn: SignedIn
    /** Set where Cloudflare Access names an address that several members have: nobody is signed in by it. */
    sharedAddress?: string
    /** Set by a handler that wrote something which consumers follow. */
    changed?: boolean
    /** Set by a handler that changed something, once that is committed. */
    audit?: AuditNote
    /**
     * What writes a change down in its own transaction: to stand there right behind the statement that makes it, and
     * nothing where that writes nothing, unless told `always`, or `counted`: always, with how many rows that wrote before
     * the summary; or, told `of` which items as they were read, to stand before it, and nothing where all of them have
     * changed since. Better than `audit` wherever what to write is known beforehand.
     */
    writeDown: (note: AuditNote, when?: AuditWhen | { of: readonly ReadItem[] }) => D1PreparedStatement[]
    /** Whose key a public request came with, as soon as that is known, whether it is admitted or not. */
    sentTo?: SentTo
    /** The code of the problem that is answered with. */
    refused?: ProblemCode
    /** Set by the intake: what became of a submission. */
    became?: 'accepted' | 'amended' | 'repeated'
    /** Lets these consumers catch up with what is stored now; false where they did not. Set where a room needs it. */
    catchUp: (...names: ConsumerName[]) => Promise<boolean>
    /** Sends a webhook a test and answers with what came of it. Set for the room of webhooks. */
    sendTest: (webhook: WebhookRecord) => Promise<Delivery>
  }
}

export type AppContext = Context<AppEnv>

const loopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** A team's name as people copy it becomes its origin; http is for tests and development on the same machine. */
const teamSchema = z
  .string()
  .transform((text) => (/^https?:\/\//.test(text) ? text : `https://${text}`).replace(/\/$/, ''))
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text && (text.startsWith('https:') || loopback.test(text)),
    'is no team domain, such as acme.cloudflareaccess.com',
  )

const settingsSchema = z
  .object({
    setupToken: z.string().min(20).nullable(),
    team: teamSchema.nullable(),
    audience: z.string().regex(/\S/, 'is blank').nullable(),
    webhooksLoopback: z.enum(['allow', ''], 'is "allow" or nothing').transform((value) => value === 'allow'),
    dnsOverHttps: z.url({ protocol: /^https?$/ }),
  })
  .refine(({ team, audience }) => (team === null) === (audience === null), {
    path: ['ACCESS_AUD'],
    message: 'goes together with ACCESS_TEAM_DOMAIN: set both or neither',
  })
  .transform(({ team, audience, ...others }) => ({
    ...others,
    access: team === null || audience === null ? null : { team, audience },
  }))
export type Settings = z.infer<typeof settingsSchema>

const parsed = new WeakMap<Bindings, Settings>()

/** The settings of a deployment, parsed once; throws with the name of the setting that is wrong. */
export function parseSettings(env: Bindings): Settings {
  const known = parsed.get(env)
  if (known !== undefined) return known
  const result = settingsSchema.safeParse({
    setupToken: env.SETUP_TOKEN ?? null,
    team: env.ACCESS_TEAM_DOMAIN ?? null,
    audience: env.ACCESS_AUD ?? null,
    webhooksLoopback: env.WEBHOOKS_LOOPBACK ?? '',
    dnsOverHttps: env.DNS_OVER_HTTPS ?? 'https://cloudflare-dns.com/dns-query',
  })
  if (!result.success)
    throw new Error(`Setting ${result.error.issues[0]?.path.join('.')}: ${result.error.issues[0]?.message}`)
  parsed.set(env, result.data)
  return result.data
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
