import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { NewPasskey, PasskeySignIn } from '../../sdk/wire/index.ts'

interface Options {
  challenge: string
  user?: { id: string }
}

/** What a signature may be wrong in. */
interface Quirk {
  origin?: string
  rpID?: string
  /** Whether its holder was verified; true unless told. */
  verified?: boolean
  type?: string
  /** What the authenticator counts to; one more each time unless told. */
  counter?: number
  /** Another key than the one that was registered. */
  key?: KeyObject
  userHandle?: string
}

/**
 * An authenticator in a few lines, for what no browser would send: ES256, no attestation, one credential (WebAuthn Level 3,
 * 6.1 and 6.5.4).
 */
export function makeAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  let counter = 0
  let userHandle: string | null = null
  const clientDataOf = (type: string, { challenge }: Options, quirk: Quirk) =>
    Buffer.from(JSON.stringify({ type: quirk.type ?? type, challenge, origin: quirk.origin ?? origin }))
  const dataOf = (quirk: Quirk, rest = Buffer.alloc(0)) => {
    const host = quirk.rpID ?? new URL(origin).hostname
    const flags = 1 | (quirk.verified === false ? 0 : 4) | (rest.length > 0 ? 64 : 0)
    counter = quirk.counter ?? counter + 1
    const head = Buffer.alloc(5)
    head.writeUInt8(flags, 0)
    head.writeUInt32BE(counter, 1)
    return Buffer.concat([createHash('sha256').update(host).digest(), head, rest])
  }
  const text = (bytes: Buffer) => bytes.toString('base64url')
  return {
    /** What `navigator.credentials.create` gives. */
    create(options: Record<string, unknown>, quirk: Quirk = {}): NewPasskey['credential'] {
      const { challenge, user } = options as unknown as Options
      userHandle = user?.id ?? null
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const data = dataOf(quirk, Buffer.concat([Buffer.alloc(16), length, id, coseOf(publicKey)]))
      const attestation = cborMap([
        [cborText('fmt'), cborText('none')],
        [cborText('attStmt'), cborMap([])],
        [cborText('authData'), cborBytes(data)],
      ])
      const clientData = clientDataOf('webauthn.create', { challenge }, quirk)
      return {
        id: text(id),
        rawId: text(id),
        type: 'public-key',
        response: {
          clientDataJSON: text(clientData),
          attestationObject: text(attestation),
          transports: ['internal'],
        },
      }
    },
    /** What `navigator.credentials.get` gives. */
    get(options: Record<string, unknown>, quirk: Quirk = {}): PasskeySignIn['credential'] {
      const clientData = clientDataOf('webauthn.get', options as unknown as Options, quirk)
      const data = dataOf(quirk)
      const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()])
      return {
        id: text(id),
        rawId: text(id),
        type: 'public-key',
        response: {
          clientDataJSON: text(clientData),
          authenticatorData: text(data),
          signature: text(sign('sha256', signed, quirk.key ?? privateKey)),
          userHandle: quirk.userHandle ?? userHandle,
        },
      }
    },
  }
}

export type Authenticator = ReturnType<typeof makeAuthenticator>

/** A P-256 key as COSE (RFC 9053, 7.1.1): kty EC2, alg ES256, crv P-256, x, y. */
function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const bytes = (part: string) => cborBytes(Buffer.from(part, 'base64url'))
  const [one, two, three, alg, curve] = [1, 2, 3, 0x26, 0x20].map((byte) => Buffer.from([byte]))
  return cborMap([
    [one!, two!],
    [three!, alg!],
    [curve!, one!],
    [Buffer.from([0x21]), bytes(x)],
    [Buffer.from([0x22]), bytes(y)],
  ])
}

const cborMap = (pairs: [Buffer, Buffer][]) => Buffer.concat([Buffer.from([0xa0 | pairs.length]), ...pairs.flat()])
const cborText = (text: string) => Buffer.concat([Buffer.from([0x60 | text.length]), Buffer.from(text)])
const cborBytes = (bytes: Buffer) =>
  Buffer.concat([bytes.length < 24 ? Buffer.from([0x40 | bytes.length]) : Buffer.from([0x58, bytes.length]), bytes])
