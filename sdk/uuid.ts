/**
 * A UUIDv7 (RFC 9562): 48 bits of time, then randomness, so that ids sort by when they were made.
 *
 * @example
 * uuidv7() // '0198c5a2-7d1e-7c3a-9b52-0d6d7c1f4e11'
 */
export function uuidv7(now = Date.now()): string {
  const random = new Uint8Array(31).map(() => Math.random() * 256)
  // Better ones, everywhere but in the barest of runtimes.
  globalThis.crypto?.getRandomValues(random)
  const time = now.toString(16).padStart(12, '0')
  let at = 0
  // Version 7 and variant 10 stand already; when the digits of the time are used up, a random one follows.
  return 'xxxxxxxx-xxxx-7xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => time[at++] ?? (random[at]! % 16).toString(16))
}
