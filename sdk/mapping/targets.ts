import { ratingScales } from '../wire/index.ts'
import type { RatingScale } from '../wire/index.ts'

export const plainTargets = [
  'message',
  'id',
  'kind',
  'createdAt',
  'release',
  'status',
  'email',
  'label',
  'locale',
  'source',
  'page.url',
  'person.id',
  'person.name',
  'person.email',
  'account.id',
  'account.name',
  'account.plan',
  'account.revenue',
] as const
export type PlainTarget = (typeof plainTargets)[number]

/** Where a column's value goes. */
export type Target = { to: PlainTarget } | { to: 'rating'; scale: RatingScale } | { to: 'tag' | 'trait'; name: string }

/** Where the value comes from: a column, by its place, or the same for every row. */
export type From = { column: number; name: string; how: How } | { value: string }

/** `reverse` turns a score round within its scale; `split` makes several labels of one cell. */
export type How = 'as-is' | 'reverse' | 'split'

export interface Assignment {
  target: Target
  from: From
}

/** How a target is written: `rating.csat`, `tag.plan`, `message`. */
export function nameOf(target: Target): string {
  if (target.to === 'rating') return `rating.${target.scale}`
  return 'name' in target ? `${target.to}.${target.name}` : target.to
}

/** Reads how a target is written; the reason where it is none. */
export function readTarget(text: string): Target | { reason: string } {
  const plain = plainTargets.find((name) => name === text)
  if (plain) return { to: plain }
  const at = text.indexOf('.')
  const [group, name] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
  if ((group === 'tag' || group === 'trait') && name !== '') return { to: group, name }
  if (group === 'rating') {
    if (Object.hasOwn(ratingScales, name)) return { to: 'rating', scale: name as RatingScale }
    return { reason: `There is no scale "${name}": ${Object.keys(ratingScales).join(', ')}.` }
  }
  return {
    reason: `There is no target "${text}". There are: ${plainTargets.join(', ')}, rating.SCALE, tag.NAME, trait.NAME.`,
  }
}

/** What a mapping as a whole lacks or has too much of. */
export type Flaw = { code: 'twice'; target: Target } | { code: 'silent' } | { code: 'account' }

/** Targets that several columns may fill: labels add up, and the parts of a message follow one another. */
const several: readonly string[] = ['label', 'message']

/** The first thing that is wrong with a mapping; null where nothing is. */
export function flawOf(assignments: readonly Assignment[]): Flaw | null {
  const seen = new Set<string>()
  for (const { target } of assignments) {
    const name = target.to === 'rating' ? 'rating' : nameOf(target)
    if (seen.has(name) && !several.includes(name)) return { code: 'twice', target }
    seen.add(name)
  }
  if (!seen.has('message') && !seen.has('rating')) return { code: 'silent' }
  return !seen.has('account.id') && [...seen].some((name) => name.startsWith('account.')) ? { code: 'account' } : null
}
