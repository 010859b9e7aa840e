import type { Issue } from '../../sdk/wire/index.ts'

/** zod's own words and ours; the first that fits counts. What fits none of them is a sentence of ours already. */
const words: readonly [of: RegExp, ours: string][] = [
  [/^Invalid input: expected .+, received undefined$/, 'is missing'],
  [/^Invalid input: expected int, received .+$/, 'must be a whole number'],
  [/^Invalid input: expected (.+), received (.+)$/, 'must be $1, not $2'],
  [/^Invalid input: expected (.+)$/, 'must be $1'],
  [/^Invalid option: expected one of (.+)$/, 'must be one of $1'],
  [/^Too small: expected \w+ to have >=1 \w+$/, 'is empty'],
  [/^Too small: expected \w+ to have >=?(\d+) (\w+)$/, 'must have at least $1 $2'],
  [/^Too small: expected \w+ to be >=(.+)$/, 'must be at least $1'],
  [/^Too small: expected \w+ to be >(.+)$/, 'must be more than $1'],
  [/^Too big: expected \w+ to have <=?(\d+) (\w+)$/, 'must have at most $1 $2'],
  [/^Too big: expected \w+ to be <=(.+)$/, 'must be at most $1'],
  [/^Too big: expected \w+ to be <(.+)$/, 'must be less than $1'],
  [/^Invalid number: must be a multiple of (.+)$/, 'must be a multiple of $1'],
  [/^Invalid string: must (start|end) with "(.+)"$/, 'must $1 with $2'],
  [/^Invalid ISO datetime$/, 'must be a time such as 2026-01-31T10:00:00Z'],
  [/^Invalid ISO date$/, 'must be a date such as 2026-01-31'],
  [/^Invalid email address$/, 'must be an e-mail address'],
  [/^Invalid (UUID|URL)$/, 'must be a $1'],
  [/^Unrecognized keys?: (.+)$/s, 'does not know $1'],
  [/^(?:Invalid|Too big|Too small)\b.*$/s, 'is not what this field takes'],
]

/**
 * Why something is refused, in words that go on after the name of what is at fault.
 *
 * @param message as zod gives it
 * @example reasonOf('Too big: expected string to have <=60 characters') // 'must have at most 60 characters'
 */
export function reasonOf(message: string): string {
  const fits = words.find(([of]) => of.test(message))
  return fits === undefined ? message : message.replace(...fits).replaceAll('"|"', '", "')
}

/** A fault as zod tells it. */
export interface Fault {
  path: PropertyKey[]
  message: string
  /** Names of fields that are not known. */
  keys?: string[]
}

/** So many fields that are not known are named; a body may have a hundred thousand. */
const unknownMax = 20

const dotted = (path: readonly PropertyKey[]): string => path.join('.')

/** Each place that is at fault, and why; of fields that are not known each by its name. */
export function issuesOf(
  faults: readonly Fault[],
  placeOf: (path: readonly PropertyKey[]) => string = dotted,
): Issue[] {
  return faults.flatMap(({ path, message, keys }) =>
    keys === undefined
      ? [{ path: placeOf(path), reason: reasonOf(message) }]
      : keys.slice(0, unknownMax).map((key) => ({ path: placeOf([...path, key]), reason: 'is not known' })),
  )
}
