import { createHash } from 'node:crypto'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** Says whether a text is a UUID already, whatever its version. */
export function isUuid(text: string): boolean {
  return uuid.test(text)
}

/**
 * A UUIDv8 (RFC 9562) made of a SHA-256: the same parts always give the same id, so an import can be repeated.
 *
 * @param parts each with its length before it, so that `ab, c` is not `a, bc`
 */
export function idFrom(...parts: string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  const hex = hash.digest('hex')
  const variant = (8 + (parseInt(hex.charAt(16), 16) & 3)).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
