import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose'
import { limits } from '../../sdk/wire/limits.ts'
import { serverLimits } from '../limits.ts'

/** A secret to verify with. */
export interface VerifyingKey {
  id: string
  /** The UTF-8 bytes of the whole secret, `idn_` included. */
  bytes: Uint8Array
}

/** What a token is worth. */
export type Verdict =
  | { ok: true; subject: string; claims: JWTPayload; key: string }
  | {
      ok: false
      /** One plain sentence for people, which may read it days later. */
      why: string
      /** Whether a secret that is not among the keys might fit. */
      mayFit: boolean
    }

const subjectMaxChars = 200
const leeway = serverLimits.identityLeewaySeconds

/**
 * Verifies a signed identity: a JWT of HS256 and nothing else, signed with one of the keys, for this project, by now
 * (epoch ms) begun and not expired, and good for an hour at most. Never throws: a bad token is a verdict, because it
 * must not stand in the way of what was said.
 */
export async function verifyIdentity(
  token: string,
  { project, keys, now }: { project: string; keys: readonly VerifyingKey[]; now: number },
): Promise<Verdict> {
  const form = findFormFault(token)
  if (form !== null) return refused(form)
  for (const { id, bytes } of keys) {
    try {
      const { payload } = await jwtVerify(token, bytes, {
        algorithms: ['HS256'],
        audience: project,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: leeway,
        currentDate: new Date(now),
      })
      return judgeClaims(payload, id, now)
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) continue
      return refused(whyRefused(error, project, now))
    }
  }
  return { ok: false, why: whyUnsigned(token, project, keys.length), mayFit: true }
}

/** The claims of a token that proves nothing; null where it cannot be read. */
export function readClaims(token: string): JWTPayload | null {
  try {
    return decodeJwt(token)
  } catch {
    // No JWT: there is nothing to read.
    return null
  }
}

const refused = (why: string): Verdict => ({ ok: false, why, mayFit: false })

/** What can be said before any secret is tried. */
function findFormFault(token: string): string | null {
  if (token.startsWith('idn_')) {
    return 'This is an identity secret, not a token signed with it. Sign on your own server, and revoke this secret, since it was shown here.'
  }
  const parts = token.split('.').length
  if (parts !== 3) return 'This is no JWT: one has three parts, joined by dots.'
  let header: { alg?: unknown; crit?: unknown }
  try {
    header = decodeProtectedHeader(token)
  } catch {
    // The first part is not the base64url of a JSON object.
    return 'This is no JWT: its header cannot be read.'
  }
  if (header.alg === 'none') return 'The token is not signed (alg: none); only HS256 is taken.'
  if (header.alg !== 'HS256') {
    const named =
      typeof header.alg === 'string' && /^[\w-]{1,20}$/.test(header.alg) ? header.alg : 'no algorithm known here'
    return `The token is signed with ${named}; only HS256 is taken.`
  }
  return header.crit === undefined ? null : 'The token’s header names critical extensions (crit); none are known here.'
}

/** What our own rules say of claims whose signature, audience and times are good. */
function judgeClaims(claims: JWTPayload, key: string, now: number): Verdict {
  const { sub, exp = 0 } = claims
  if (typeof sub !== 'string' || sub.trim() === '' || sub.length > subjectMaxChars) {
    return refused(`The token does not say who this is: sub must be a text of 1 to ${subjectMaxChars} characters.`)
  }
  if (!sub.isWellFormed() || sub.includes('\u0000')) {
    return refused('The token’s sub holds characters that cannot be stored (NUL or half of a surrogate pair).')
  }
  const seconds = exp - Math.floor(now / 1000)
  if (seconds > century) return refused('The token’s exp must be in seconds since 1970, not in milliseconds.')
  if (seconds > limits.tokenMaxSeconds + leeway) {
    return refused(`The token is good for ${inWords(seconds)}; at most ${inWords(limits.tokenMaxSeconds)} are taken.`)
  }
  return { ok: true, subject: sub, claims, key }
}

const century = 100 * 365.25 * 86_400

/** Why a token whose signature is good was refused all the same. */
function whyRefused(error: unknown, project: string, now: number): string {
  const seconds = Math.floor(now / 1000)
  if (error instanceof errors.JWTExpired) {
    return `The token had expired ${inWords(seconds - Number(error.payload.exp))} earlier.`
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim, reason, payload } = error
    if (reason === 'missing') return `The token lacks ${claim}, which it must have.`
    if (claim === 'aud') return wrongAudience(project)
    if (claim === 'nbf' && reason === 'check_failed') {
      return `The token was not good yet: its nbf was ${inWords(Number(payload.nbf) - seconds)} ahead.`
    }
    return `The token’s ${claim} must be a number of seconds since 1970.`
  }
  if (error instanceof errors.JWTInvalid) return 'The token holds no JSON object of claims.'
  return 'The token cannot be read.'
}

/** Why no key fits. A token for another project was mostly signed with that project's secret. */
function whyUnsigned(token: string, project: string, keys: number): string {
  if (keys === 0) return 'This project had no identity secret: make one, and sign with it.'
  const audience = readClaims(token)?.aud
  const isElsewhere = audience !== undefined && !(Array.isArray(audience) ? audience : [audience]).includes(project)
  return isElsewhere ? wrongAudience(project) : 'The signature fits none of this project’s identity secrets.'
}

const wrongAudience = (project: string): string =>
  `The token is for another project: its aud must be this one’s id, ${project}.`

/** A span of time in its largest unit of which there are two: `62 minutes`, `3 hours`. */
function inWords(seconds: number): string {
  const [size, unit] =
    seconds < 120
      ? [1, 'second']
      : seconds < 7_200
        ? [60, 'minute']
        : seconds < 172_800
          ? [3_600, 'hour']
          : [86_400, 'day']
  const count = Math.floor(seconds / size)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
