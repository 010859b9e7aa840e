import type {
  CreatedWebhook,
  Delivery,
  DeliveryList,
  NewWebhook,
  Resent,
  Webhook,
  WebhookPatch,
} from '../wire/index.ts'
import type { Connection } from './connection.ts'
import { getItems, getJson, part, remove, sendJson } from './json.ts'
import type { Result } from './problem.ts'
import type { CallOptions } from './request.ts'

/** Which deliveries a page has. */
export interface DeliveryOptions extends CallOptions {
  state?: Delivery['state']
  /** `next` of the page before. */
  cursor?: string
  limit?: number
}

/** Where word goes when somebody said something. All of it needs the scope `admin`. */
export interface WebhookCalls {
  list(options?: CallOptions): Promise<Result<Webhook[]>>
  get(id: string, options?: CallOptions): Promise<Result<Webhook>>
  /**
   * Makes a webhook; the secret of a signed one is shown in this answer and never again.
   *
   * @example
   * await earshot.webhooks.create({ type: 'signed', name: 'Triage bot', url: 'https://bot.example.com/earshot' })
   */
  create(webhook: NewWebhook, options?: CallOptions): Promise<Result<CreatedWebhook>>
  update(id: string, patch: WebhookPatch, options?: CallOptions): Promise<Result<Webhook>>
  delete(id: string, options?: CallOptions): Promise<Result<null>>
  /** A new secret; the one before signs too for 24 hours. */
  rotate(id: string, options?: CallOptions): Promise<Result<CreatedWebhook>>
  /** Sends a test and says what came of it. */
  test(id: string, options?: CallOptions): Promise<Result<Delivery>>
  /** Deliveries with every attempt, the newest first. */
  deliveries(id: string, options?: DeliveryOptions): Promise<Result<DeliveryList>>
  /** Sends one delivery again, or all that failed. */
  resend(id: string, delivery: string, options?: CallOptions): Promise<Result<Delivery>>
  resendFailed(id: string, options?: CallOptions): Promise<Result<Resent>>
}

export function webhookCalls(connection: Connection): WebhookCalls {
  const all = '/v1/webhooks'
  const at = (id: string, rest = '') => `${all}/${part(id)}${rest}`
  // Asked twice, a new one or a new secret would be two, one of which nobody has seen; a message would come twice.
  const post = <T>(path: string, { signal }: CallOptions, body?: unknown) =>
    sendJson<T>(connection, { method: 'POST', path, repeatable: false, signal }, body)
  return {
    list: (options = {}) => getItems(connection, all, {}, options),
    get: (id, options = {}) => getJson(connection, at(id), {}, options),
    create: (webhook, options = {}) => post(all, options, webhook),
    update: (id, patch, { signal } = {}) =>
      sendJson(connection, { method: 'PATCH', path: at(id), repeatable: true, signal }, patch),
    delete: (id, options = {}) => remove(connection, at(id), options),
    rotate: (id, options = {}) => post(at(id, '/secret'), options),
    test: (id, options = {}) => post(at(id, '/test'), options),
    deliveries: (id, { state, cursor, limit, ...options } = {}) =>
      getJson(connection, at(id, '/deliveries'), { state, cursor, limit }, options),
    resend: (id, delivery, options = {}) => post(at(id, `/deliveries/${part(delivery)}/resend`), options),
    resendFailed: (id, options = {}) => post(at(id, '/resend'), options),
  }
}
