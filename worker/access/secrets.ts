import { serverLimits } from '../limits.ts'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const encoder = new TextEncoder()
const secretLength = 34
const checksumLength = 6

/** Random base62 characters. Bytes of 248 and more are thrown away, so that each character is equally likely. */
export function randomBase62(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < 248 && text.length < length) text += alphabet[byte % 62]
    }
  }
  return text
}

/** A new publishable key: `pub_` and 24 base62 characters. */
export const makePublishableKey = (): string => `pub_${randomBase62(24)}`

/** A new secret key: `sec_`, 34 random characters and 6 of checksum, so that a typing error is told from a wrong key. */
export const makeSecretKey = (): string => makeChecked('sec_')

/** A new identity secret: `idn_` and the same. */
export const makeIdentitySecret = (): string => makeChecked('idn_')

function makeChecked(prefix: string): string {
  const secret = randomBase62(secretLength)
  return `${prefix}${secret}${checksum(secret)}`
}

export const isPublishableKey = (key: string): boolean => /^pub_[0-9A-Za-z]{24}$/.test(key)

/** Whether a text has the form of a secret key and its checksum is right. */
export function isSecretKey(key: string): boolean {
  if (!/^sec_[0-9A-Za-z]{40}$/.test(key)) return false
  return checksum(key.slice(4, 4 + secretLength)) === key.slice(-checksumLength)
}

/** CRC-32 (IEEE 802.3) as base62. */
function checksum(text: string): string {
  let crc = 0xffffffff
  for (const byte of encoder.encode(text)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  let rest = (crc ^ 0xffffffff) >>> 0
  let digits = ''
  for (let i = 0; i < checksumLength; i++) {
    digits = alphabet[rest % 62] + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}

/** SHA-256 as hex: how secret keys, links and sessions are stored. They are random, so no salt is needed. */
export async function hashSecret(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(secret))
  return hexOf(new Uint8Array(digest))
}

const hexBytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Bytes as hex, by a table: every submission asks twice. */
export function hexOf(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += hexBytes[byte]
  return hex
}

const hmacKeys = new Map<string, Promise<CryptoKey>>()

/** A project's key for HMACs, imported once in each isolate. */
function hmacKey(secret: string): Promise<CryptoKey> {
  const known = hmacKeys.get(secret)
  if (known !== undefined) return known
  if (hmacKeys.size >= serverLimits.keyCacheMax) hmacKeys.clear()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
  hmacKeys.set(secret, key)
  return key
}

/** What a receipt's token for amending stands for. */
export const editText = (id: string): string => `edit:${id}`

/** What a receipt's token for its n-th image stands for. */
export const uploadText = (id: string, n: number): string => `upload:${id}:${n}`

/** HMAC-SHA-256 as base64url, for tokens that a receipt hands out and for links. */
export async function signText(secret: string, text: string): Promise<string> {
  const signature = await crypto.subtle.sign('HMAC', await hmacKey(secret), encoder.encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(signature)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Whether a signature is the one of a text; how long this takes does not depend on where it differs. */
export async function isSigned(secret: string, text: string, signature: string | undefined): Promise<boolean> {
  const wanted = await signText(secret, text)
  const given = signature ?? ''
  let difference = wanted.length ^ given.length
  for (let i = 0; i < wanted.length; i++) difference |= wanted.charCodeAt(i) ^ given.charCodeAt(i)
  return difference === 0
}
