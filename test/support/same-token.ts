import { hash53 } from '../../worker/storage/facets.ts'

/** The two halves of what `hash53` keeps while it reads a text: https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js */
type State = readonly [high: number, low: number]
type Step = (state: State, code: number) => State

const [first, second] = [2654435761, 1597334677]
/** The inverse of an odd number modulo 2^32, by Newton. */
const inverseOf = (odd: number): number =>
  Array.from({ length: 5 }).reduce<number>((x) => Math.imul(x, 2 - Math.imul(odd, x)), odd)
const [firstBack, secondBack] = [inverseOf(first), inverseOf(second)]

const read: Step = ([high, low], code) => [Math.imul(high ^ code, first), Math.imul(low ^ code, second)]
const unread: Step = ([high, low], code) => [Math.imul(high, firstBack) ^ code, Math.imul(low, secondBack) ^ code]

const stateAfter = (text: string): State =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).reduce<State>(read, [0xdeadbeef, 0x41c6ce57])

const isPlain = (code: number): boolean => code > 0x20 && (code < 0xd800 || code > 0xf8ff)
const halfBits = 16
const codesAtOnce = 4

/**
 * Codes that lead from a state to one whose lower halves are `wanted`: each bit of a product depends on the bits below it
 * alone, so that they are found bit by bit.
 */
function* waysTo(from: State, wanted: State, step: Step): Generator<number[]> {
  function* rest(codes: readonly number[], bit: number): Generator<number[]> {
    if (bit === halfBits) {
      if (codes.every(isPlain)) yield [...codes]
      return
    }
    for (let choice = 0; choice < 1 << codesAtOnce; choice++) {
      const tried = codes.map((code, at) => code | (((choice >> at) & 1) << bit))
      const [high, low] = tried.reduce<State>(step, from)
      if (((high ^ wanted[0]) >> bit) & 1 || ((low ^ wanted[1]) >> bit) & 1) continue
      yield* rest(tried, bit + 1)
    }
  }
  yield* rest(
    Array.from({ length: codesAtOnce }, () => 0),
    0,
  )
}

const waysMax = 100_000

/**
 * A text that, behind `start`, has the same `hash53` as another text: what somebody does who wants something of theirs to be
 * found as something else. Two lists of ways that meet in the middle.
 */
export function sameToken(start: string, other: string): string {
  const [from, to] = [stateAfter(start), stateAfter(other)]
  const middle = [0x1234, 0x5678, 0x2345, 0x6789].reduce<State>(read, from)
  const upper = ([high, low]: State) => (high & 0xffff0000) | (low >>> halfBits)
  const begun = new Map<number, number[]>()
  for (const codes of waysTo(from, middle, read)) {
    begun.set(upper(codes.reduce<State>(read, from)), codes)
    if (begun.size >= waysMax) break
  }
  for (const codes of waysTo(to, middle, unread)) {
    const head = begun.get(upper(codes.reduce<State>(unread, to)))
    if (head === undefined) continue
    const text = String.fromCharCode(...head, ...codes.toReversed())
    if (hash53(start + text) !== hash53(other)) throw new Error('The hash is another one by now.')
    return text
  }
  throw new Error('No way meets another one.')
}
