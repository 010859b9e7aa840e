/** An IPv4 address as IPv6 spells it: `::ffff:203.0.113.7` or `::ffff:cb00:7107`. */
const mapped = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([\da-f]{1,4}):([\da-f]{1,4}))$/i
const bytesOf = (pair: number): number[] => [pair >> 8, pair & 255]

/**
 * What one sender has: an IPv4 address whole, of an IPv6 address the first 64 bits, since a household has all the rest.
 *
 * @example networkOf('2001:db8::7') // '2001:db8:0:0'
 */
export function networkOf(address: string): string {
  const [, dotted, high = '', low = ''] = mapped.exec(address) ?? []
  if (dotted !== undefined) return dotted
  if (high !== '') return [high, low].flatMap((pair) => bytesOf(Number.parseInt(pair, 16))).join('.')
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const between = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  return [...before, ...Array.from({ length: between }, () => '0'), ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
