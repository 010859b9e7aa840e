import type { Feedback, Total } from './feedback.ts'

/** `signed` ones speak Standard Webhooks; `slack` is an incoming webhook of Slack or of what understands its messages. */
export const webhookTypes = ['signed', 'slack'] as const
export type WebhookType = (typeof webhookTypes)[number]

/** What a signed webhook can be told of; a `slack` one is told of `feedback.created`. */
export const webhookEvents = ['feedback.created', 'feedback.updated', 'feedback.deleted'] as const
export type WebhookEvent = (typeof webhookEvents)[number]

/** Where word goes when somebody said something: `GET /v1/webhooks`. */
export interface Webhook {
  /** UUID. */
  id: string
  type: WebhookType
  name: string
  /** Of a `slack` one masked, because whoever knows it can write there. */
  url: string
  events: WebhookEvent[]
  /** The list's own query string, such as `kind=bug&environment=staging`; null: every item of every environment. */
  filter: string | null
  /** The first characters of its secret; null for `slack`. */
  secretHint: string | null
  /** Until when the secret from before the last rotation signs too: ISO 8601; null where it does no more. */
  rotatingUntil: string | null
  /** What is `off` is told of nothing; what waits for it is sent once it is `on` again. */
  state: 'on' | 'off'
  /** Why it is off: `paused` by somebody, `gone` (the receiver answered 410), `failing` for five days. Null when on. */
  off: { reason: 'paused' | 'gone' | 'failing'; at: string } | null
  /** A sentence for whoever runs the project, where the collector itself turned it off or it fails now; else null. */
  notice: string | null
  /** Since when nothing was taken: ISO 8601; null where the last attempt was. */
  failingSince: string | null
  lastSuccessAt: string | null
  lastFailureAt: string | null
  /** Deliveries that wait for their next attempt, and those that were given up. */
  waiting: Total
  failed: Total
  /** ISO 8601. */
  createdAt: string
  updatedAt: string
}

/** `POST /v1/webhooks`. Events: `feedback.created` unless told. A project has one `slack` webhook. */
export type NewWebhook =
  | { type: 'signed'; name: string; url: string; events?: WebhookEvent[]; filter?: string | null }
  | { type: 'slack'; name: string; url: string; filter?: string | null }

/** `PATCH /v1/webhooks/{id}`: what is left out stays as it is. */
export interface WebhookPatch {
  name?: string
  url?: string
  /** Of signed ones only. */
  events?: WebhookEvent[]
  filter?: string | null
  state?: Webhook['state']
}

/** The answer to `NewWebhook` and to `POST /v1/webhooks/{id}/secret`: the one time that the secret itself is shown. */
export interface CreatedWebhook extends Webhook {
  /** `whsec_…`; null for `slack`. */
  secret: string | null
}

/** Why an attempt failed. */
export const attemptErrors = [
  /** Answered with another status than 2xx. */
  'status',
  /** Answered with a redirect, which is not followed. */
  'redirect',
  /** Did not answer in time. */
  'timeout',
  /** Could not be connected to, or broke off. */
  'network',
  /** Its name has no address. */
  'unresolved',
  /** Its address is not a public one, or its URL is not https. */
  'refused',
] as const
export type AttemptError = (typeof attemptErrors)[number]

/** One attempt to deliver. */
export interface Attempt {
  /** ISO 8601. */
  at: string
  /** How long it took, in ms. */
  ms: number
  /** Null where there was no answer. */
  status: number | null
  /** Null where it was taken. */
  error: AttemptError | null
  /** What happened in one sentence, or the first characters that a receiver answered who did not take it. */
  detail: string | null
}

/** One message to one webhook: `GET /v1/webhooks/{id}/deliveries`. */
export interface Delivery {
  /** What every attempt carries as `webhook-id`. */
  id: string
  event: WebhookEvent | 'ping'
  /** The item's id; null for `ping`. */
  feedback: string | null
  /**
   * `pending` waits for `nextAttemptAt`, `failed` was given up after the last attempt, `dropped` needs no sending any
   * more: the item became spam before it was sent.
   */
  state: 'pending' | 'delivered' | 'failed' | 'dropped'
  /** When what it tells happened: ISO 8601. */
  at: string
  /** ISO 8601; null unless `pending`. */
  nextAttemptAt: string | null
  /** Every attempt, the oldest first; of very many the latest 50. */
  attempts: Attempt[]
}

/** A page of deliveries, the newest first. */
export interface DeliveryList {
  items: Delivery[]
  /** Give it back as `cursor`; null on the last page. */
  next: string | null
}

/** The answer to `POST /v1/webhooks/{id}/resend`: how many deliveries are sent again. */
export interface Resent {
  count: number
}

/** What a signed webhook posts: under 20 kB of JSON. */
export type WebhookPayload =
  | {
      type: 'feedback.created' | 'feedback.updated'
      /** When it happened: ISO 8601. */
      timestamp: string
      data: {
        /** The project's id. */
        project: string
        /** The item as it is now; what `cut` names is shorter here than it is, or left out. Images have no `url`. */
        feedback: Feedback
        /** Names of fields that were shortened or left out to stay under 20 kB; usually none. */
        cut: string[]
        /** The whole item in the console, */
        url: string
        /** and at the private API, where a secret key reads it. */
        apiUrl: string
      }
    }
  | {
      type: 'feedback.deleted'
      timestamp: string
      data: { project: string; feedback: { id: string; change: number } }
    }
  | {
      type: 'ping'
      timestamp: string
      data: { project: string; webhook: string }
    }
