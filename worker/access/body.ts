import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { limits } from '../../sdk/wire/limits.ts'
import type { AppContext, AppEnv } from '../env.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { refuse } from './refuse.ts'

/** What a request's headers say of its body: a length or an encoding that is not taken is refused unread. */
export function checkBody(c: AppContext, maxBytes: number): Outcome<null> {
  const encoding = c.req.header('content-encoding')
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    return failed(
      'encoding-refused',
      `Send the body as it is: the content encoding '${encoding.slice(0, 40)}' is not taken.`,
    )
  }
  return Number(c.req.header('content-length') ?? 0) > maxBytes ? tooLarge(maxBytes) : done(null)
}

const tooLarge = (maxBytes: number) => failed('too-large', `The body is over ${maxBytes} bytes. Send less at a time.`)

/** Reads a body as it is, at most `maxBytes` of it, counted while it streams. */
export async function readBody(c: AppContext, maxBytes: number): Promise<Outcome<ArrayBuffer | Uint8Array>> {
  const fits = checkBody(c, maxBytes)
  if (!fits.ok) return fits
  const bytes = await within(serverLimits.bodyReadMs, readBytes(c, maxBytes))
  if (bytes === 'late')
    return failed('unavailable', 'The body took too long to come. Send it again.', { retryAfter: 5 })
  return bytes === null ? tooLarge(maxBytes) : done(bytes)
}

/**
 * Reads the body of a request that is refused, and keeps nothing of it: a sender that is cut off mid-sentence never sees
 * the answer.
 */
export async function drainBody(c: AppContext): Promise<void> {
  if (c.req.raw.body !== null && !c.req.raw.bodyUsed) await within(serverLimits.bodyReadMs, readChunks(c, 0))
}

/** Gives up on a sender that trickles for ever, so that nobody holds a request open; what came is thrown away. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | 'late'> {
  let timer: ReturnType<typeof setTimeout> | null = null
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Reads a body as UTF-8 text, at most `maxBytes` of it. */
export async function readText(c: AppContext, maxBytes: number): Promise<Outcome<string>> {
  const body = await readBody(c, maxBytes)
  return body.ok ? decodeText(body.value) : body
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/** Bytes as the UTF-8 text that they must be. */
export function decodeText(bytes: ArrayBuffer | Uint8Array): Outcome<string> {
  try {
    return done(decoder.decode(bytes))
  } catch {
    // The decoder throws on the first byte that is no UTF-8.
    return failed('not-json', 'The body is not valid UTF-8.')
  }
}

/** The body's bytes, or null where it is too large. A length that is declared is held to by the connection itself. */
async function readBytes(c: AppContext, maxBytes: number): Promise<ArrayBuffer | Uint8Array | null> {
  if (c.req.header('content-length') === undefined) return readChunks(c, maxBytes)
  const bytes = await c.req.raw.arrayBuffer()
  return bytes.byteLength > maxBytes ? null : bytes
}

async function readChunks(c: AppContext, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = c.req.raw.body?.getReader()
  while (reader !== undefined) {
    const { done: ended, value } = await reader.read()
    if (ended) break
    size += value.byteLength
    // The rest is read and thrown away, within reason: a sender that is cut off mid-sentence never sees the answer.
    if (size > serverLimits.bodyDrainMaxBytes) {
      await reader.cancel()
      break
    }
    if (size <= maxBytes) chunks.push(value)
  }
  return size > maxBytes ? null : joinBytes(chunks, size)
}

function joinBytes(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

/** Parses a text as a JSON object. */
export function parseObject(text: string): Outcome<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return failed('not-json', `The body is not JSON: ${error instanceof Error ? error.message : 'unreadable'}.`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return failed('not-json', 'The body must be a JSON object.')
  }
  return done(value as Record<string, unknown>)
}

/**
 * Reads the JSON object of a private route before its schema does: only as `application/json`, which no cross-site form
 * can send, and only as valid UTF-8 of at most `maxBytes`.
 */
export const jsonBodyUpTo = (maxBytes: number): MiddlewareHandler<AppEnv> =>
  createMiddleware<AppEnv>(async (c, next) => {
    const type = c.req.header('content-type') ?? ''
    if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)) {
      return refuse(c, failed('encoding-refused', 'Send the body as application/json.').failure)
    }
    const text = await readText(c, maxBytes)
    if (!text.ok) return refuse(c, text.failure)
    const object = parseObject(text.value)
    if (!object.ok) return refuse(c, object.failure)
    // Its parameters mean nothing, and odd ones confuse who reads it next.
    const headers = new Headers(c.req.raw.headers)
    headers.set('content-type', 'application/json')
    c.req.raw = new Request(c.req.raw.url, { method: c.req.method, headers, body: text.value })
    return next()
  })

/** The same, of a reasonable size. */
export const jsonBody = jsonBodyUpTo(limits.submissionMaxBytes)

/** The same, where a route does without a body too. */
export const jsonBodyIfAny = createMiddleware<AppEnv>(async (c, next) => {
  const isEmpty = c.req.raw.body === null || c.req.header('content-length') === '0'
  return isEmpty && c.req.header('content-type') === undefined ? next() : jsonBody(c, next)
})
