import { limits, type Total } from '../../../sdk/wire/index.ts'

/** Counting stops one beyond the round number that is then shown. */
function known({ count }: Total): number {
  return Math.min(count, limits.countMax - 1)
}

/** `312`, or `at least 10,000` where counting stopped. */
export function totalInWords(total: Total): string {
  const count = known(total).toLocaleString()
  return total.exact ? count : `at least ${count}`
}

/** The same for narrow places: `10K+`. */
export function totalShort(total: Total): string {
  if (total.exact) return total.count.toLocaleString()
  return `${new Intl.NumberFormat(undefined, { notation: 'compact' }).format(known(total))}+`
}

/** @example plural(2, 'item') // '2 items' */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString()} ${count === 1 ? noun : `${noun}s`}`
}

/**
 * How far something is for whoever hears it: in quarters, so that it is said four times and not with every row.
 *
 * @example quarters('Importing', 130, 200) // 'Importing, 50%'
 */
export function quarters(what: string, done: number, all: number): string {
  const share = Math.floor((4 * done) / Math.max(1, all)) / 4
  return share === 0 ? what : `${what}, ${share.toLocaleString(undefined, { style: 'percent' })}`
}
