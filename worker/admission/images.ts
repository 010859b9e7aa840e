import { createMiddleware } from 'hono/factory'
import { refuse } from '../access/refuse.ts'
import type { AppEnv } from '../env.ts'
import { failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { markAddress } from './address.ts'
import { take, waitMs } from './rates.ts'

const rate = serverLimits.imageReads

/** Bounds how many images one network reads: each is a look into the database and one into object storage. */
export const limitImages = createMiddleware<AppEnv>(async (c, next) => {
  const address = c.req.header('cf-connecting-ip')
  // Whoever asks without Cloudflare in between is on the machine itself.
  if (address === undefined) return next()
  const now = Date.now()
  const bucket = `images ${await markAddress(address, null, now)}`
  const wait = waitMs(bucket, rate, now)
  if (wait === 0) {
    take(bucket, rate, now)
    return next()
  }
  const detail = 'Too many images were read from here at once. They can be read again shortly.'
  return refuse(c, failed('too-many', detail, { retryAfter: Math.ceil(wait / 1_000) }).failure)
})
