import type { Attempt } from '../../sdk/wire/index.ts'
import { type Allowed, checkUrl } from './address.ts'
import { type Resolve, whyNotPublic } from './resolve.ts'
import { askedDelay } from './schedule.ts'

/** What the outside gives; tests give others. */
export interface Outside {
  fetch: (url: string, init: RequestInit) => Promise<Response>
  resolve: Resolve
  /** Epoch ms. */
  now: () => number
  /** From 0 to 1. */
  random: () => number
  sleep: (ms: number) => Promise<void>
  allowed: Allowed
  /** How long a receiver may take, answer included, in ms. */
  timeoutMs: number
}

/** What came of an attempt. */
export interface Outcome {
  attempt: Attempt
  /** How long the receiver asks to be left alone, in ms. */
  asked: number | null
  /** Whether it answered 410: it wants no more. */
  isGone: boolean
}

/** How much of an answer is read, in bytes; and how much of one that failed is kept, in characters. */
const answerMaxBytes = 64_000
const detailMaxChars = 300

/**
 * Posts a message once. Redirects are failures, an answer is read up to 64 kB, and all of it has 15 s.
 *
 * The address is looked up and checked before each attempt. The runtime then looks the name up for itself, so a name
 * whose owner changes it within that moment is not caught here. On Cloudflare such a request still leads nowhere private:
 * a worker's `fetch` leaves through Cloudflare's own network to the public internet. Where workerd is served by itself,
 * its network `internet` allows public addresses only unless it is configured otherwise; `wrangler dev`, which
 * `npm start` uses, does allow private ones, and is no way to serve strangers.
 */
export async function post(
  outside: Outside,
  url: string,
  message: { headers: Record<string, string>; body: string },
): Promise<Outcome> {
  const begun = outside.now()
  const ended = (result: Partial<Outcome> & Pick<Attempt, 'status' | 'error' | 'detail'>): Outcome => {
    const { status, error, detail, asked = null, isGone = false } = result
    const at = new Date(begun).toISOString()
    return { attempt: { at, ms: Math.max(0, outside.now() - begun), status, error, detail }, asked, isGone }
  }
  const refused = (error: 'refused' | 'unresolved' | 'network', detail: string) =>
    ended({ status: null, error, detail: detail.slice(0, detailMaxChars) })

  const target = checkUrl(url, outside.allowed)
  if (!target.ok) return refused('refused', `The URL ${target.reason}.`)
  if (!target.isLiteral) {
    const name = target.url.hostname
    let addresses: string[]
    try {
      addresses = await outside.resolve(name)
    } catch (error) {
      return refused('unresolved', `The address of ${name} could not be asked for: ${reasonOf(error)}.`)
    }
    if (addresses.length === 0) return refused('unresolved', `${name} has no address.`)
    const inside = whyNotPublic(name, addresses)
    if (inside !== null) return refused('refused', inside)
  }

  const signal = AbortSignal.timeout(outside.timeoutMs)
  try {
    const response = await outside.fetch(target.url.href, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Earshot-Webhooks/1', ...message.headers },
      body: message.body,
      redirect: 'manual',
      signal,
    })
    const answer = await readAnswer(response, signal)
    const { status } = response
    if (response.ok) return ended({ status, error: null, detail: null })
    if (status >= 300 && status < 400) {
      return ended({ status, error: 'redirect', detail: 'It answered with a redirect, which is not followed.' })
    }
    return ended({
      status,
      error: 'status',
      detail: excerpt(answer),
      asked: askedDelay(response.headers.get('retry-after'), outside.now()),
      isGone: status === 410,
    })
  } catch (error) {
    // So says the free plan when a run has made its 50: it was not the receiver's fault, nothing was attempted.
    if (/too many (subrequests|api requests)/i.test(String(error))) throw error
    if (signal.aborted) {
      return ended({
        status: null,
        error: 'timeout',
        detail: `It did not answer within ${outside.timeoutMs / 1000} s.`,
      })
    }
    return refused('network', `It could not be reached: ${reasonOf(error)}.`)
  }
}

/** An answer as far as it is read; the rest is cut off. What takes too long rejects. */
async function readAnswer(response: Response, signal: AbortSignal): Promise<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('late')), { once: true })
  })
  // Whoever wins, nobody waits for the other.
  late.catch(() => undefined)
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  try {
    while (size < answerMaxBytes) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) return text
      size += value.byteLength
      if (text.length < detailMaxChars) text += decoder.decode(value, { stream: true })
    }
    return text
  } finally {
    // Cutting off what is at its end, or broken, says nothing new.
    reader.cancel().catch(() => undefined)
  }
}

/** What a person reads of an answer: one line, no control characters. */
function excerpt(text: string): string | null {
  // oxlint-disable-next-line no-control-regex
  const line = text
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim()
    .slice(0, detailMaxChars)
    .toWellFormed()
  return line === '' ? null : line
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason was given'
  const { cause } = error
  return (cause instanceof Error ? cause.message : error.message).replace(/\.$/, '') || error.name
}
