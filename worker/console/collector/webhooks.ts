import type {
  CreatedWebhook,
  Delivery,
  DeliveryList,
  NewWebhook,
  Resent,
  Webhook,
  WebhookPatch,
} from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'
import { scoped } from './session.ts'

const pathOf = (id: string, ...rest: string[]): string =>
  ['/v1/webhooks', ...[id, ...rest].map(encodeURIComponent)].join('/')

export function listWebhooks(): Promise<Answer<{ items: Webhook[] }>> {
  return request('/v1/webhooks', { query: scoped() })
}

export function findWebhook(id: string, signal?: AbortSignal): Promise<Answer<Webhook>> {
  return request(pathOf(id), { query: scoped(), ...(signal && { signal }) })
}

export function createWebhook(webhook: NewWebhook): Promise<Answer<CreatedWebhook>> {
  return request('/v1/webhooks', { method: 'POST', query: scoped(), body: webhook })
}

export function patchWebhook(id: string, patch: WebhookPatch): Promise<Answer<Webhook>> {
  return request(pathOf(id), { method: 'PATCH', query: scoped(), body: patch })
}

export function deleteWebhook(id: string): Promise<Answer<null>> {
  return request(pathOf(id), { method: 'DELETE', query: scoped() })
}

export function rotateSecret(id: string): Promise<Answer<CreatedWebhook>> {
  return request(pathOf(id, 'secret'), { method: 'POST', query: scoped() })
}

export function testWebhook(id: string): Promise<Answer<Delivery>> {
  return request(pathOf(id, 'test'), { method: 'POST', query: scoped() })
}

export function listDeliveries(
  id: string,
  wanted: { state: string | null; cursor?: string; limit?: number },
  signal?: AbortSignal,
): Promise<Answer<DeliveryList>> {
  const query = scoped()
  if (wanted.state) query.set('state', wanted.state)
  if (wanted.cursor) query.set('cursor', wanted.cursor)
  if (wanted.limit) query.set('limit', String(wanted.limit))
  return request(pathOf(id, 'deliveries'), { query, ...(signal && { signal }) })
}

export function resendDelivery(id: string, delivery: string): Promise<Answer<Delivery>> {
  return request(pathOf(id, 'deliveries', delivery, 'resend'), { method: 'POST', query: scoped() })
}

export function resendFailed(id: string): Promise<Answer<Resent>> {
  return request(pathOf(id, 'resend'), { method: 'POST', query: scoped() })
}
