import type { WebhookPayload } from '../wire/index.ts'

/** A message that came from the collector; `id` is the same each time that it is sent. */
export type VerifiedWebhook = WebhookPayload & { id: string }

/** The headers of a request, as the platform gives them: of `fetch`, or of Node and what is built on it. */
export type WebhookHeaders = Headers | Record<string, string | readonly string[] | undefined>

export interface VerifyOptions {
  /** How old a message may be, and how far ahead the collector's clock, in seconds. Default: 300. */
  toleranceSeconds?: number
  /** Now, in epoch ms. Default: the machine's clock. */
  now?: number
}

/** A message that is not the collector's, too old, or that cannot be told. Answer it with 400. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError'
}

const prefix = 'whsec_'

/**
 * Proves that a message is the collector's and has not been changed, as Standard Webhooks say, and reads it. Give it the
 * body as it came: what was parsed and written again is signed no more.
 *
 * @param secret `whsec_…`, or several while a receiver changes over
 * @throws WebhookError where the message is not to be trusted; TypeError where the secret is none
 * @example
 * // Hono, Next.js, Deno, Bun, workers: a handler that gets a Request.
 * export async function POST(request: Request) {
 *   const { id, type, data } = await verifyWebhook(await request.text(), request.headers, process.env.EARSHOT_WEBHOOK)
 *   if (type === 'feedback.created' && (await isNew(id))) await tell(data.feedback.message, data.url)
 *   return new Response(null, { status: 204 })
 * }
 * // Express: the body must stay as it came.
 * app.post('/hook', express.raw({ type: 'application/json' }), async (request, response) => {
 *   const message = await verifyWebhook(request.body, request.headers, process.env.EARSHOT_WEBHOOK)
 *   response.sendStatus(204)
 * })
 */
export async function verifyWebhook(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secret: string | readonly string[] | undefined,
  { toleranceSeconds = 300, now = Date.now() }: VerifyOptions = {},
): Promise<VerifiedWebhook> {
  const keys = (Array.isArray(secret) ? (secret as readonly string[]) : [secret as string]).map(keyOf)
  if (keys.length === 0) throw new TypeError('earshot: verifyWebhook: there is no secret.')
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
    throw new TypeError(
      'earshot: verifyWebhook: the body is the text or the bytes as they came, before they are parsed.',
    )
  }
  const id = headerOf(headers, 'webhook-id')
  const timestamp = headerOf(headers, 'webhook-timestamp')
  const given = headerOf(headers, 'webhook-signature')
  if (!/^\d{1,12}$/.test(timestamp)) throw new WebhookError('webhook-timestamp is no time.')
  const age = now / 1000 - Number(timestamp)
  if (age > toleranceSeconds) throw new WebhookError('The message is too old.')
  if (age < -toleranceSeconds) throw new WebhookError('The message is of the future: one of the clocks is wrong.')

  const encoder = new TextEncoder()
  const bytes = typeof body === 'string' ? encoder.encode(body) : body
  const head = encoder.encode(`${id}.${timestamp}.`)
  const signed = new Uint8Array(head.length + bytes.length)
  signed.set(head)
  signed.set(bytes, head.length)
  const signatures = given.split(' ').flatMap((one) => (one.startsWith('v1,') ? (decode(one.slice(3)) ?? []) : []))
  for (const key of keys) {
    const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
    for (const signature of signatures) {
      // How long this takes does not say where it differs.
      if (await crypto.subtle.verify('HMAC', imported, signature, signed)) return read(bytes, id)
    }
  }
  throw new WebhookError('No signature fits: another secret, or the body is not as it came.')
}

function read(bytes: Uint8Array, id: string): VerifiedWebhook {
  return { ...(JSON.parse(new TextDecoder().decode(bytes)) as WebhookPayload), id }
}

function headerOf(headers: WebhookHeaders, name: string): string {
  const found = headers instanceof Headers ? headers.get(name) : valueOf(headers, name)
  if (found === null || found === undefined || found === '') throw new WebhookError(`The header ${name} is missing.`)
  return found
}

function valueOf(headers: Exclude<WebhookHeaders, Headers>, name: string): string | undefined {
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  return typeof value === 'string' ? value : value?.join(' ')
}

function keyOf(secret: string | undefined): Uint8Array<ArrayBuffer> {
  const key = typeof secret === 'string' && secret.startsWith(prefix) ? decode(secret.slice(prefix.length)) : null
  if (key !== null && key.length > 0) return key
  throw new TypeError(
    'earshot: verifyWebhook: the secret is none: those are whsec_ and base64, shown when one is made.',
  )
}

function decode(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    // atob throws on what is no base64: nothing that could fit.
    return null
  }
}
