import { createMiddleware } from 'hono/factory'
import type { AppContext, AppEnv } from '../env.ts'
import { failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { makeAttempts } from './attempts.ts'
import { networkOf } from './network.ts'
import { refuse } from './refuse.ts'

const attempt = makeAttempts(serverLimits.signInAttempts)
const own = /^(|127\.0\.0\.1|::1)$/

/**
 * Counts an attempt to sign in, and says how many seconds to wait; 0 where it may go on. Links, invitations and challenges
 * are too long to be guessed: this keeps the guessing from the database. The address stays in this isolate's memory.
 * Whoever asks without Cloudflare in between, on the machine itself, is not counted.
 */
export function waitForAttempt(c: AppContext): number {
  const address = c.req.header('cf-connecting-ip') ?? ''
  return own.test(address) ? 0 : attempt(networkOf(address), Date.now())
}

/** The same as a problem, for the routes that scripts ask. */
export const limitAttempts = createMiddleware<AppEnv>(async (c, next) => {
  const wait = waitForAttempt(c)
  if (wait === 0) return next()
  const detail = `There were too many attempts to sign in from here. Try again in ${wait} seconds.`
  return refuse(c, failed('too-many', detail, { retryAfter: wait }).failure)
})
