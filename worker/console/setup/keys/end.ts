/** When a key stops by itself, as a form has it. */
export interface End {
  /** Days from now, `never`, or `at` the time that is written beside it. */
  choice: '7' | '30' | '90' | '365' | 'never' | 'at'
  /** As a field for a date and a time has it, in the reader's own zone: `2027-01-31T18:00`. */
  at: string
}

export const endChoices = [
  ['never', 'Never by itself'],
  ['7', 'In 7 days'],
  ['30', 'In 30 days'],
  ['90', 'In 90 days'],
  ['365', 'In a year'],
  ['at', 'At a time that I choose'],
] as const satisfies readonly (readonly [End['choice'], string])[]

const dayMs = 86_400_000

/** How far ahead the collector lets an end lie, in ms. */
const longestMs = 3_650 * dayMs

const pad = (part: number): string => String(part).padStart(2, '0')

/** @example formOf('2027-01-31T17:00:00.000Z') // { choice: 'at', at: '2027-01-31T18:00' } in Berlin */
export function formOf(expiresAt: string | null): End {
  if (expiresAt === null) return { choice: 'never', at: '' }
  const at = new Date(expiresAt)
  const day = [at.getFullYear(), pad(at.getMonth() + 1), pad(at.getDate())].join('-')
  return { choice: 'at', at: `${day}T${pad(at.getHours())}:${pad(at.getMinutes())}` }
}

/** What is wrong with it; null where nothing is. */
export function faultOf({ choice, at }: End, now: number): string | null {
  if (choice !== 'at') return null
  const time = Date.parse(at)
  if (Number.isNaN(time)) return 'Say the day and the time.'
  if (time <= now) return 'Choose a time to come. To stop the key now, revoke it.'
  return time > now + longestMs ? 'Choose a time within ten years.' : null
}

/** As the collector takes it; null for a key that does not stop by itself. Only where nothing is wrong with it. */
export function expiryOf({ choice, at }: End, now: number): string | null {
  if (choice === 'never') return null
  return new Date(choice === 'at' ? Date.parse(at) : now + Number(choice) * dayMs).toISOString()
}

export const isSameEnd = (one: End, other: End): boolean =>
  one.choice === other.choice && (one.choice !== 'at' || one.at === other.at)
