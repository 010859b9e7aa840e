/**
 * A UUIDv7 (RFC 9562): 48 bits of time, then randomness, so that ids sort by when they were made.
 *
 * @example
 * uuidv7() // '0198c5a2-7d1e-7c3a-9b52-0d6d7c1f4e11'
 */
export function uuidv7(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  // Version 7 in front of the first twelve random bits, variant 10 in front of the rest.
  bytes[0] = 0x70 | ((bytes[0] ?? 0) % 16)
  bytes[2] = 0x80 | ((bytes[2] ?? 0) % 64)
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return (now.toString(16).padStart(12, '0') + random).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
