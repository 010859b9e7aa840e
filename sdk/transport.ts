import { limits } from './wire/index.ts'
import type { Submission, WidgetConfig } from './wire/index.ts'
import { byteLength } from './context.ts'
import type { Answer } from './retry.ts'

/** Where requests go. `fetch` is the native one, taken before the page could patch it. */
export interface Collector {
  /** Without a slash at its end. */
  endpoint: string
  key: string
  fetch: typeof fetch
}

/** An answer, and why there was none. */
export interface Delivery extends Answer {
  /**
   * Set when there was no answer: the device is `offline`; the request was `blocked` on the device (by the page's
   * policy, or something else does get through to the collector); or the collector was `unreachable`.
   */
  reason?: 'offline' | 'blocked' | 'unreachable'
}

const answerWithinMs = 30_000

/**
 * Posts one submission. Never rejects. The body is `text/plain`, so that the browser asks no preflight, and never goes
 * through `sendBeacon`, which reports success when a policy or a blocker stopped it.
 */
export async function post(collector: Collector, submission: Submission): Promise<Delivery> {
  const { endpoint } = collector
  const body = JSON.stringify(submission)
  let blocked = false
  const note = (event: SecurityPolicyViolationEvent) => (blocked ||= event.blockedURI.startsWith(endpoint))
  globalThis.addEventListener?.('securitypolicyviolation', note)
  try {
    const response = await request(collector, '/v1/feedback', {
      method: 'POST',
      body,
      keepalive: byteLength(body) <= limits.keepaliveMaxBytes,
    })
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      retryAfter: response.headers.get('retry-after'),
      // A proxy's friendly page is no JSON, a cut body is none either: both are no receipt.
      body: await response.json().catch(() => undefined),
    }
  } catch {
    // No answer. A file beside the route: when that arrives, something picks out the submission. When that does not
    // either, the browser has by now reported a violation of the page's policy, if there was one.
    const offline = !(globalThis.navigator?.onLine ?? true)
    const probe = { method: 'HEAD', mode: 'no-cors', cache: 'no-store' } as const
    if (!offline)
      await request(collector, '/earshot.js', probe).then(
        () => (blocked = true),
        () => undefined,
      )
    return { status: 0, reason: offline ? 'offline' : blocked ? 'blocked' : 'unreachable' }
  } finally {
    globalThis.removeEventListener?.('securitypolicyviolation', note)
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

function request({ endpoint, key, fetch }: Collector, path: string, init?: RequestInit): Promise<Response> {
  return fetch(`${endpoint}${path}?key=${encodeURIComponent(key)}`, {
    credentials: 'omit',
    signal: AbortSignal.timeout(answerWithinMs),
    ...init,
  })
}
