/** Crockford's base 32: no I, L, O or U, so that it can be read aloud. https://www.crockford.com/base32.html */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The reference of an item: 8 characters that stand for the last 40 bits of its id, which are random in every UUID
 * that senders make. Derived, so it is the same on every repeat and costs no column.
 *
 * @example referenceOf('0198c5a2-7d1e-7c3a-9b52-0d6d7c1f4e11') // 'DNY1YKGH'
 */
export function referenceOf(id: string): string {
  // 40 bits are exact in a number, which is much faster than a BigInt.
  let bits = Number.parseInt(id.slice(-10), 16)
  let reference = ''
  for (let i = 0; i < 8; i++) {
    const rest = Math.floor(bits / 32)
    reference = alphabet[bits - rest * 32] + reference
    bits = rest
  }
  return reference
}
