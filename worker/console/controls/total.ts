import type { Total } from '../../../sdk/wire/index.ts'

/** `312`, or `at least 10,000` where counting stopped. */
export function totalInWords({ count, exact }: Total): string {
  return exact ? count.toLocaleString() : `at least ${(count - 1).toLocaleString()}`
}

/** The same for narrow places: `10K+`. */
export function totalShort({ count, exact }: Total): string {
  if (!exact) return `${new Intl.NumberFormat(undefined, { notation: 'compact' }).format(count - 1)}+`
  return count.toLocaleString()
}

/** @example plural(2, 'item') // '2 items' */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString()} ${count === 1 ? noun : `${noun}s`}`
}
