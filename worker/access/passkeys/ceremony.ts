import type { NewPasskey, PasskeySignIn } from '../../../sdk/wire/index.ts'
import type { Database } from '../../storage/database.ts'
import { type PasskeyRecord, takeChallenge } from '../../storage/passkeys.ts'

/** Where a ceremony takes place: passkeys belong to a host name, and are asked for by pages of one origin. */
export interface Place {
  /** The relying party's id: the host's name. */
  rpID: string
  origin: string
}

/** Where a request came to; null on a bare address, which no passkey can belong to. */
export function placeOf(url: string): Place | null {
  const { hostname, origin } = new URL(url)
  return /^[\d.]+$|^\[/.test(hostname) ? null : { rpID: hostname, origin }
}

// Loaded when the first passkey comes by: the library reads certificates too, and would slow every start down.
const library = () => import('@simplewebauthn/server')

/** What a browser makes a passkey from: one that it finds by itself later, and that asks who holds it. */
export async function makeCreationOptions(
  { rpID }: Place,
  member: { id: string; name: string; email: string | null },
  known: readonly PasskeyRecord[],
): Promise<{ challenge: string; publicKey: Record<string, unknown> }> {
  const { generateRegistrationOptions } = await library()
  const options = await generateRegistrationOptions({
    rpName: 'Earshot',
    rpID,
    userID: Uint8Array.from(new TextEncoder().encode(member.id)),
    userName: member.email ?? member.name,
    userDisplayName: member.name,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(({ credential, transports }) => ({ id: credential, transports })),
    supportedAlgorithmIDs: algorithms,
    timeout,
  })
  return { challenge: options.challenge, publicKey: { ...options } }
}

/** What a browser signs in with: any passkey of this host, so that nobody has to say who they are first. */
export async function makeRequestOptions({
  rpID,
}: Place): Promise<{ challenge: string; publicKey: Record<string, unknown> }> {
  const { generateAuthenticationOptions } = await library()
  const options = await generateAuthenticationOptions({ rpID, userVerification: 'required', timeout })
  return { challenge: options.challenge, publicKey: { ...options } }
}

/** ES256, Ed25519 and RS256: what every authenticator has one of. */
const algorithms = [-7, -8, -257]
/** How long the browser asks, in ms. */
const timeout = 120_000

/** A passkey that a browser has just made. */
export type MadePasskey = Pick<PasskeyRecord, 'credential' | 'publicKey' | 'counter' | 'transports' | 'synced'>

/** Checks what a browser made: for our challenge, used up here, of our pages and host, its holder verified. Else null. */
export async function verifyCreation(
  db: Database,
  { rpID, origin }: Place,
  { credential }: NewPasskey,
  { member, now }: { member: string; now: number },
): Promise<MadePasskey | null> {
  const { verifyRegistrationResponse } = await library()
  const verified = await verifyRegistrationResponse({
    response: { ...credential, clientExtensionResults: {} },
    expectedChallenge: (challenge) => takeChallenge(db, { challenge, member, now }),
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(refused)
  if (verified?.verified !== true) return null
  const { credential: made, credentialBackedUp } = verified.registrationInfo
  const { id, publicKey, counter } = made
  const transports = credential.response.transports ?? []
  return { credential: id, publicKey: toBase64Url(publicKey), counter, transports, synced: credentialBackedUp }
}

/** Checks a signature: of this passkey, for our challenge, used up here, its count above the last. Else null. */
export async function verifyAssertion(
  db: Database,
  { rpID, origin }: Place,
  { credential }: PasskeySignIn,
  { passkey, now }: { passkey: PasskeyRecord; now: number },
): Promise<{ counter: number; synced: boolean } | null> {
  const { verifyAuthenticationResponse } = await library()
  const { userHandle, ...response } = credential.response
  // The authenticator says whose passkey it thinks it is.
  if (userHandle != null && fromBase64Url(userHandle) !== passkey.member) return null
  const verified = await verifyAuthenticationResponse({
    response: { ...credential, response, clientExtensionResults: {} },
    expectedChallenge: (challenge) => takeChallenge(db, { challenge, member: null, now }),
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    credential: { id: passkey.credential, publicKey: toBytes(passkey.publicKey), counter: passkey.counter },
  }).catch(refused)
  if (verified?.verified !== true) return null
  const { newCounter, credentialBackedUp } = verified.authenticationInfo
  return { counter: newCounter, synced: credentialBackedUp }
}

/** The library throws where something is wrong with what came; a database that fails is another matter. */
function refused(error: unknown): null {
  if (error instanceof Error && /D1_ERROR|overloaded/.test(error.message)) throw error
  return null
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
}

const fromBase64Url = (text: string): string => new TextDecoder().decode(toBytes(text))
