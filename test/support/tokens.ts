import { createHmac } from 'node:crypto'

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Signs claims by node:crypto alone; the header, and the claims as text, may be anything. */
export function signToken(secret: string | Uint8Array, claims: unknown, header: object = { alg: 'HS256' }): string {
  const signed = `${encode(header)}.${encode(claims)}`
  const hash = { HS384: 'sha384', HS512: 'sha512' }[String((header as { alg?: string }).alg)] ?? 'sha256'
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`
}

/** Seconds since 1970, some from now. */
export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds
