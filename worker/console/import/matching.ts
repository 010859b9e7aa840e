import type { DateFormat, DateReading } from '../../../sdk/mapping/date.ts'
import type { Mapping } from '../../../sdk/mapping/row.ts'
import { findFormats, isEitherWay, suggest } from '../../../sdk/mapping/suggest.ts'
import { recognise, type KnownSource } from '../../../sdk/mapping/sources.ts'
import type { Assignment, Flaw, How, PlainTarget, Target } from '../../../sdk/mapping/targets.ts'
import type { RatingScale } from '../../../sdk/wire/index.ts'
import { limits } from '../../../sdk/wire/limits.ts'
import type { Table } from './table.ts'

/** What a column is for, as it was suggested or chosen. */
export interface Column {
  target: Target | null
  how: How
}

/** What is the same for every row, and how ids and dates are made. */
export interface Settings {
  /** What ids are derived from, with the row's own. */
  name: string
  environment: string
  /** Where it was said: kept with each item. */
  source: string
  /** For rows that say none; `''` leaves it to the collector. */
  kind: string
  /** A label for each of them; `''` for none. */
  label: string
  dates: { formats: DateFormat[]; zone: string }
}

/** What stands before the columns of a file in the one with its refused rows. */
export const refusedHeaders = ['Line', 'Reason'] as const

/** Rows that are looked at for suggestions. */
const looked = 200
const datesLooked = 2_000

/** What a table is probably meant to be. */
export function suggestAll(
  { headers, rows }: Pick<Table, 'headers' | 'rows'>,
  { fileName, zone }: { fileName: string; zone: string },
): { columns: Column[]; settings: Settings; known: KnownSource | null } {
  // Rows that come back mended: why they were refused is nothing that anybody said.
  const own = refusedHeaders.every((name, i) => headers[i] === name) ? refusedHeaders.map(() => '') : []
  const some = rows.slice(0, looked).map(({ cells }) => [...own, ...cells.slice(own.length)])
  const columns = suggest(headers, some)
  const known = recognise(headers)
  const date = columns.findIndex(({ target }) => target?.to === 'createdAt')
  // From all over: the first rows of a file in order of time may hold no day that is told from a month.
  const step = Math.ceil(rows.length / datesLooked)
  const dated = date < 0 ? [] : rows.filter((_, i) => i % step === 0)
  const values = dated.map(({ cells }) => (cells[date] ?? '').trim()).filter((text) => text !== '')
  const settings: Settings = {
    name: fileName.replace(/\.[^.]*$/, ''),
    environment: 'production',
    source: known?.key ?? 'import',
    kind: known?.kind ?? '',
    label: '',
    dates: { formats: isEitherWay(values) ? [] : (findFormats(values) ?? []), zone },
  }
  return { columns, settings, known }
}

/** What rows become. A column comes before what is the same for every row. */
export function mappingOf(headers: readonly string[], columns: readonly Column[], settings: Settings): Mapping {
  const assignments: Assignment[] = columns.flatMap(({ target, how }, column) =>
    target === null ? [] : [{ target, from: { column, name: headers[column] ?? '', how } }],
  )
  const isFilled = (to: PlainTarget) => assignments.some(({ target }) => target.to === to)
  const set = (to: PlainTarget, value: string) => {
    if (value.trim() !== '') assignments.push({ target: { to }, from: { value: value.trim() } })
  }
  if (!isFilled('source')) set('source', settings.source)
  if (!isFilled('kind')) set('kind', settings.kind)
  set('label', settings.label)
  const { formats, zone } = settings.dates
  const dates: DateReading = { formats, zone }
  return { assignments, source: settings.name, dates }
}

/** What a mapping lacks, in a sentence that says what to do. */
export function explainFlaw(flaw: Flaw): string {
  switch (flaw.code) {
    case 'silent':
      return 'Say which column holds the words, or the score: one of them is needed.'
    case 'twice':
      if ('name' in flaw.target) {
        return `Two columns are for the ${flaw.target.to} “${flaw.target.name}”. Give one of them another name, or leave it out.`
      }
      return `Two columns are for “${labelOf(flaw.target)}”. An item has one: leave one of them out, or make it a tag.`
    case 'account':
      return 'An account needs an id. Where the file has none, the column with its name will do.'
  }
}

/** Targets as the console calls them, in groups. */
export const targetGroups: { label: string; targets: [key: string, label: string][] }[] = [
  {
    label: 'What was said',
    targets: [
      ['message', 'Message'],
      ['rating', 'Score'],
      ['createdAt', 'Said at'],
      ['kind', 'Kind'],
      ['status', 'Status'],
      ['label', 'Label'],
      ['id', 'Id in the old system'],
      ['source', 'Source'],
      ['release', 'Release'],
      ['page.url', 'Page address'],
      ['locale', 'Language'],
    ],
  },
  {
    label: 'Who said it',
    targets: [
      ['person.name', 'Person’s name'],
      ['person.email', 'Person’s e-mail'],
      ['person.id', 'Person’s id'],
      ['email', 'E-mail to answer'],
      ['account.id', 'Account’s id'],
      ['account.name', 'Account’s name'],
      ['account.plan', 'Account’s plan'],
      ['account.revenue', 'Account’s revenue a year'],
    ],
  },
  {
    label: 'Anything else',
    targets: [
      ['tag', 'Tag'],
      ['trait', 'Trait of the person'],
    ],
  },
]

const labels = new Map(targetGroups.flatMap(({ targets }) => targets))
export const labelOf = (target: Target): string => labels.get(target.to) ?? target.to

/** A column that was given another target, with what that target needs. */
export function retarget(header: string, key: string, scale: RatingScale): Column {
  if (key === '') return { target: null, how: 'as-is' }
  if (key === 'rating') return { target: { to: 'rating', scale }, how: 'as-is' }
  if (key === 'tag' || key === 'trait') {
    const name = header.trim().slice(0, limits.nameMaxChars) || 'column'
    return { target: { to: key, name }, how: 'as-is' }
  }
  return { target: { to: key as PlainTarget }, how: key === 'label' ? 'split' : 'as-is' }
}
