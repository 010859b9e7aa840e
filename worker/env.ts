import type { Context } from 'hono'
import { z } from 'zod'
import type { Delivery, Role, Scope } from '../sdk/wire/index.ts'
import type { ConsumerName } from './storage/consumers.ts'
import type { WebhookRecord } from './storage/webhooks.ts'

/** What the deployment binds. */
export interface Bindings {
  DB: D1Database
  ASSETS: Fetcher
  /** Object storage for images; without it attachments are off. */
  FILES?: R2Bucket
  /** Lets `POST /v1/setup` make the first project; the route does not exist without it. */
  SETUP_TOKEN?: string
  /** `allow`: webhooks may go to this machine, by http too. For development and tests alone. */
  WEBHOOKS_LOOPBACK?: string
  /** Where the addresses of webhooks' receivers are asked for, if not at Cloudflare's resolver. */
  DNS_OVER_HTTPS?: string
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

/** Hono's types in every route. */
export interface AppEnv {
  Bindings: Bindings
  Variables: {
    requestId: string
    /** Set by the first guard. */
    actor: Actor
    /** Set by a handler that wrote something which consumers follow. */
    changed?: boolean
    /** Lets these consumers catch up with what is stored now; false where they did not. Set where a room needs it. */
    catchUp: (...names: ConsumerName[]) => Promise<boolean>
    /** Sends a webhook a test and answers with what came of it. Set for the room of webhooks. */
    sendTest: (webhook: WebhookRecord) => Promise<Delivery>
  }
}

export type AppContext = Context<AppEnv>

const settingsSchema = z.object({
  setupToken: z.string().min(20).nullable(),
  webhooksLoopback: z.enum(['allow', ''], 'is "allow" or nothing').transform((value) => value === 'allow'),
  dnsOverHttps: z.url({ protocol: /^https?$/ }),
})
export type Settings = z.infer<typeof settingsSchema>

/** The settings of a deployment, parsed; throws with the name of the setting that is wrong. */
export function parseSettings(env: Bindings): Settings {
  const parsed = settingsSchema.safeParse({
    setupToken: env.SETUP_TOKEN ?? null,
    webhooksLoopback: env.WEBHOOKS_LOOPBACK ?? '',
    dnsOverHttps: env.DNS_OVER_HTTPS ?? 'https://cloudflare-dns.com/dns-query',
  })
  if (!parsed.success)
    throw new Error(`Setting ${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`)
  return parsed.data
}
