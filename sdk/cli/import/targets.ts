import { ratingScales } from '../../wire/index.ts'
import type { RatingScale } from '../../wire/index.ts'
import { Failure } from '../failure.ts'

const plainTargets = [
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

/** Reads `rating.csat`, `tag.plan`, `message`; says what there is when it is none of them. */
export function parseTarget(text: string): Target {
  const plain = plainTargets.find((name) => name === text)
  if (plain) return { to: plain }
  const [group, name] = splitAt(text, text.indexOf('.'))
  if ((group === 'tag' || group === 'trait') && name !== '') return { to: group, name }
  if (group === 'rating') {
    if (Object.hasOwn(ratingScales, name)) return { to: 'rating', scale: name as RatingScale }
    throw new Failure('wrongUse', `There is no scale "${name}": ${Object.keys(ratingScales).join(', ')}.`)
  }
  throw new Failure(
    'wrongUse',
    `There is no target "${text}". There are: ${plainTargets.join(', ')}, rating.SCALE, tag.NAME, trait.NAME.`,
  )
}

/**
 * Reads the options `--map` and `--set` against the columns that the file has.
 *
 * @throws Failure naming what is wrong: an unknown target, a column that is not there, a target given twice
 */
export function parseAssignments(maps: string[], sets: string[], columns: string[]): Assignment[] {
  const assignments = [
    ...maps.map((text) => {
      const [target, column] = parsePair('map', text)
      return { target, from: findColumn(target, column, columns) }
    }),
    ...sets.map((text) => {
      const [target, value] = parsePair('set', text)
      return { target, from: { value } }
    }),
  ]
  const seen = new Set<string>()
  for (const { target } of assignments) {
    const name = target.to === 'rating' ? 'rating' : nameOf(target)
    if (seen.has(name) && name !== 'label') {
      throw new Failure('wrongUse', `"${nameOf(target)}" is given twice; an item has one ${name}.`)
    }
    seen.add(name)
  }
  if (!seen.has('message') && !seen.has('rating')) {
    throw new Failure('wrongUse', 'Say which column holds the words or the score: --map message=COLUMN.')
  }
  if (!seen.has('account.id') && [...seen].some((name) => name.startsWith('account.'))) {
    throw new Failure('wrongUse', 'An account needs an id: --map account.id=COLUMN. The name’s own column will do.')
  }
  return assignments
}

export function nameOf(target: Target): string {
  if (target.to === 'rating') return `rating.${target.scale}`
  return 'name' in target ? `${target.to}.${target.name}` : target.to
}

function parsePair(option: string, text: string): [Target, string] {
  const at = text.indexOf('=')
  if (at < 1)
    throw new Failure('wrongUse', `--${option} is TARGET=${option === 'map' ? 'COLUMN' : 'VALUE'}, not "${text}".`)
  const [target, rest] = splitAt(text, at)
  return [parseTarget(target), rest]
}

/** A column's own name may hold a colon, so the whole text is tried first. */
function findColumn(target: Target, text: string, columns: string[]): From {
  const whole = placeOf(text, columns)
  if (whole !== null) return { column: whole, name: text, how: 'as-is' }
  const [name, how] = splitAt(text, text.lastIndexOf(':'))
  const fits = (how === 'reverse' && target.to === 'rating') || (how === 'split' && target.to === 'label')
  const place = fits ? placeOf(name, columns) : null
  if (place !== null) return { column: place, name, how: how as How }
  const wanted = fits ? name : text
  throw new Failure(
    'wrongUse',
    `The file has no column "${wanted}"${likely(wanted, columns)}. Its columns: ${columns.map((column) => `"${column}"`).join(', ')}.`,
  )
}

function placeOf(name: string, columns: string[]): number | null {
  const place = columns.indexOf(name)
  if (place < 0) return null
  if (columns.includes(name, place + 1)) {
    throw new Failure('wrongUse', `The file has more than one column "${name}". Rename one in its first line.`)
  }
  return place
}

function likely(wanted: string, columns: string[]): string {
  const near = columns.find((column) => plain(column) === plain(wanted))
  return near === undefined ? '' : `; did you mean "${near}"`
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '')
}

function splitAt(text: string, at: number): [string, string] {
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
