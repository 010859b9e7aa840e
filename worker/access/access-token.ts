import { createRemoteJWKSet, customFetch, type JWTPayload, jwtVerify } from 'jose'
import { Unavailable } from '../failure.ts'
import { serverLimits } from '../limits.ts'

/** Whose tokens are trusted: the team's origin, and the audience tag of its application. */
export interface AccessSettings {
  team: string
  audience: string
}

/** What Cloudflare Access says of who asks. */
export interface AccessIdentity {
  email: string
}

type Keys = ReturnType<typeof createRemoteJWKSet>

const keysOf = new Map<string, Keys>()

/**
 * Verifies Cloudflare Access's signed token: RS256 by a key of the team, from its issuer, for this application, not
 * expired, of a person (service tokens have no e-mail address). Null where it is anything else. The team's keys are kept for
 * an hour; a token that names another one has them fetched anew, every half minute at most.
 *
 * @throws Unavailable where the team's keys cannot be fetched: nobody can say then who it is
 */
export async function verifyAccessToken(
  token: string,
  { team, audience }: AccessSettings,
  fetchKeys: typeof fetch = fetch,
): Promise<AccessIdentity | null> {
  let payload: JWTPayload
  try {
    const verified = await jwtVerify(token, keysFrom(team, fetchKeys), {
      algorithms: ['RS256'],
      issuer: team,
      audience,
      requiredClaims: ['exp', 'iat'],
      clockTolerance: serverLimits.identityLeewaySeconds,
    })
    payload = verified.payload
  } catch (error) {
    if (isTokenAtFault(error)) return null
    throw new Unavailable('The keys of Cloudflare Access cannot be read, so nobody can be signed in just now.', {
      cause: error,
    })
  }
  const { email } = payload
  return typeof email === 'string' && email.includes('@') ? { email } : null
}

function keysFrom(team: string, fetchKeys: typeof fetch): Keys {
  const known = keysOf.get(team)
  if (known !== undefined) return known
  const keys = createRemoteJWKSet(new URL(`${team}/cdn-cgi/access/certs`), {
    cacheMaxAge: serverLimits.accessKeysMs,
    timeoutDuration: serverLimits.accessFetchMs,
    [customFetch]: (url, init) => fetchKeys(url, init),
  })
  keysOf.set(team, keys)
  return keys
}

const faults = /^ERR_(JWT|JWS|JOSE_ALG|JOSE_NOT_SUPPORTED|JWKS_NO_MATCHING|JWKS_MULTIPLE)/

/** Whether it is the token that is wrong, and not the way to the keys. */
const isTokenAtFault = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && faults.test(error.code)
