/** Numbers that look random and are the same on every run. */
export interface Dice {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number
  one<T>(from: readonly T[]): T
  /** One key, as often as its weight says. */
  weighted<K extends string>(weights: Partial<Record<K, number>>): K
  chance(share: number): boolean
}

/** Mulberry32: 32 bits of state, good enough for a demo and the same in every engine. */
export function dice(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    whole,
    one(from) {
      const picked = from[whole(0, from.length - 1)]
      if (picked === undefined) throw new RangeError('There is nothing to pick from.')
      return picked
    },
    weighted<K extends string>(weights: Partial<Record<K, number>>) {
      const entries = Object.entries(weights) as [K, number][]
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [key, weight] of entries) {
        left -= weight
        if (left < 0) return key
      }
      throw new RangeError('There is nothing to pick from.')
    },
    chance: (share) => next() < share,
  }
}

/** A UUIDv7 for a moment, its random bits taken from `from`. */
export function uuidAt(time: Date, from: Dice): string {
  const stamp = time.getTime().toString(16).padStart(12, '0')
  const hex = (digits: number) => Array.from({ length: digits }, () => from.whole(0, 15).toString(16)).join('')
  const variant = from.one(['8', '9', 'a', 'b'])
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(12)}`
}
