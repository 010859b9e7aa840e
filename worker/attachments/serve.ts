import { linkText } from '../access/links.ts'
import { refuse } from '../access/refuse.ts'
import { isSignedBy } from '../access/signing.ts'
import type { AppContext } from '../env.ts'
import { failed, type Failure } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { describeError, log } from '../log.ts'
import { findFile } from '../storage/files.ts'
import { referenceOf } from '../storage/reference.ts'

const extensions: Record<string, string> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' }

const expired = failed(
  'bad-token',
  'This link has expired or was cut. Read the item again: it has a fresh one.',
).failure
const gone = failed('not-found', 'There is no such file; its item was deleted, or has another image by now.').failure
const down: Failure = failed('unavailable', 'Images cannot be read just now. Try again shortly.', {
  retryAfter: serverLimits.filesRetrySeconds,
}).failure

/**
 * Serves an image to whoever holds a signed link that has not expired: as the type that was found in its bytes, and as
 * nothing that could run.
 */
export async function serveFile(c: AppContext): Promise<Response> {
  const key = c.req.param('key') ?? ''
  const [until, now] = [Number(c.req.query('until')), Date.now() / 1000]
  const file = await findFile(c.env.DB, key)
  // Without a row there is no secret to check a signature by; the keys are random, so this tells nobody anything.
  if (file === null) return refuse(c, gone)
  const isGood = until > now && (await isSignedBy(file.signing, linkText(key, until), c.req.query('sig'), now * 1000))
  if (!isGood) return refuse(c, expired)
  const object = await readObject(c.env.FILES, key)
  if (object === 'down') return refuse(c, down)
  if (object === null) return refuse(c, gone)
  const name = `${referenceOf(file.item)}-${file.n + 1}.${extensions[file.type] ?? 'bin'}`
  return c.body(object.body, 200, {
    'content-type': file.type,
    'content-length': String(object.size),
    'content-disposition': `inline; filename="${name}"`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': `private, max-age=${Math.min(serverLimits.linkSeconds, Math.floor(until - now))}, immutable`,
  })
}

async function readObject(files: R2Bucket | undefined, key: string): Promise<R2ObjectBody | null | 'down'> {
  try {
    return files === undefined ? 'down' : await files.get(key)
  } catch (error) {
    log('object storage failed', { error: describeError(error) })
    return 'down'
  }
}
