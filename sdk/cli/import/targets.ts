import { flawOf, nameOf, readTarget } from '../../mapping/targets.ts'
import type { Assignment, Flaw, From, How, Target } from '../../mapping/targets.ts'
import { Failure } from '../failure.ts'

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
  const flaw = flawOf(assignments)
  if (flaw) throw new Failure('wrongUse', explain(flaw))
  return assignments
}

function explain(flaw: Flaw): string {
  switch (flaw.code) {
    case 'twice': {
      const name = flaw.target.to === 'rating' ? 'rating' : nameOf(flaw.target)
      return `"${nameOf(flaw.target)}" is given twice; an item has one ${name}.`
    }
    case 'silent':
      return 'Say which column holds the words or the score: --map message=COLUMN.'
    case 'account':
      return 'An account needs an id: --map account.id=COLUMN. The name’s own column will do.'
  }
}

function parsePair(option: string, text: string): [Target, string] {
  const at = text.indexOf('=')
  if (at < 1)
    throw new Failure('wrongUse', `--${option} is TARGET=${option === 'map' ? 'COLUMN' : 'VALUE'}, not "${text}".`)
  const [name, rest] = splitAt(text, at)
  const target = readTarget(name)
  if ('reason' in target) throw new Failure('wrongUse', target.reason)
  return [target, rest]
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
