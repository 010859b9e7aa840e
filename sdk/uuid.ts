/**
 * A UUIDv7 (RFC 9562): 48 bits of time, then randomness, so that ids sort by when they were made.
 *
 * @example
 * uuidv7() // '0198c5a2-7d1e-7c3a-9b52-0d6d7c1f4e11'
 */
export function uuidv7(now = Date.now()): string {
  const bytes = new Uint8Array(10).map(() => Math.random() * 256)
  // Better ones, everywhere but in the barest of runtimes.
  globalThis.crypto?.getRandomValues(bytes)
  const random = Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1))
  const hex = now.toString(16).padStart(12, '0') + random.join('')
  // Version 7 and variant 10 stand where two of the random digits were.
  return hex.replace(/(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-7$3-8$4-')
}
