import { limits } from './wire/index.ts'
import type { Submission, WidgetConfig } from './wire/index.ts'
import { byteLength, toJson } from './context.ts'
import type { Answer } from './retry.ts'

/** Where requests go. `fetch` is the native one, taken before the page could patch it. */
export interface Collector {
  endpoint: string
  key: string
  fetch: typeof fetch
}

/** An answer, and why there was none. */
export interface Delivery extends Answer {
  /** Set when there was no answer. */
  reason?: 'offline' | 'unreachable'
}

const answerWithinMs = 30_000

/** Of all requests under way with `keepalive`: browsers count them together. */
let keptAliveBytes = 0

/**
 * Posts one submission. Never rejects. The body is `text/plain`, so that the browser asks no preflight, and never goes
 * through `sendBeacon`, which reports success when a policy or a blocker stopped it.
 */
export async function post(collector: Collector, submission: Submission): Promise<Delivery> {
  const body = toJson(submission)
  const size = byteLength(body)
  const keepalive = keptAliveBytes + size <= limits.keepaliveMaxBytes
  const bytes = keepalive ? size : 0
  keptAliveBytes += bytes
  try {
    return await answerOf(await request(collector, '/v1/feedback', { method: 'POST', body, keepalive }))
  } catch {
    return { status: 0, reason: (globalThis.navigator?.onLine ?? true) ? 'unreachable' : 'offline' }
  } finally {
    keptAliveBytes -= bytes
  }
}

/** What the retry policy looks at. */
export async function answerOf(response: Response): Promise<Answer> {
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    retryAfter: response.headers.get('retry-after'),
    // A proxy's friendly page is no JSON, a cut body is none either: both are no receipt.
    body: await response.json().catch(() => undefined),
  }
}

/**
 * True when a file beside the route gets through to the collector: a submission that does not is stopped on its way by
 * something that picks it out.
 */
export async function reaches(collector: Collector): Promise<boolean> {
  try {
    return !!(await request(collector, '/earshot.js', { method: 'HEAD', mode: 'no-cors', cache: 'no-store' }))
  } catch {
    return false
  }
}

/** The widget's settings, or null when they are not to be had; the browser's own cache keeps them for an hour. */
export async function fetchConfig(collector: Collector): Promise<Partial<WidgetConfig> | null> {
  try {
    const response = await request(collector, '/v1/widget')
    const config: unknown = response.ok ? await response.json() : null
    return typeof config === 'object' ? config : null
  } catch {
    // The form works without its settings.
    return null
  }
}

/** Asks the collector; `query` stands beside the key. */
export function request(
  { endpoint, key, fetch }: Collector,
  path: string,
  init?: RequestInit,
  query?: Record<string, string>,
): Promise<Response> {
  return fetch(`${endpoint.replace(/\/$/, '')}${path}?${new URLSearchParams({ key, ...query })}`, {
    credentials: 'omit',
    signal: AbortSignal.timeout(answerWithinMs),
    ...init,
  })
}
