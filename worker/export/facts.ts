import { type FeedbackList, limits } from '../../sdk/wire/index.ts'
import type { Column } from './column.ts'
import type { Columns } from './table.ts'
import { namedColumnsMax } from './named.ts'
import type { Fact } from './xlsx.ts'
import { clockText, wallClock } from './zone.ts'

/** What an export knows of itself before it begins. */
interface Beginning {
  /** The project's name. */
  project: string
  /** In epoch ms. */
  now: number
  asOf: number
  query: URLSearchParams
  hidden: FeedbackList['hidden']
  columns: Columns
  picked: readonly Column[]
}

/** What is no part of the question that was asked. */
const aside = new Set(['project', 'format', 'columns', 'shape', 'tz', 'sort', 'asOf'])

/** What the second sheet of a workbook says of the rows on the first. */
export function factsOf({ project, now, asOf, query, hidden, columns, picked }: Beginning): Fact[] {
  const asked = [...query].filter(([name]) => !aside.has(name)).map(([name, value]) => `${name} = ${value}`)
  if (!query.has('environment')) asked.push('environment = production')
  const zone = query.get('tz') ?? 'UTC'
  const local = clockText(wallClock(zone)(now))
  const beyond = columns.all.length - columns.shown.length
  const isLong = query.get('shape') === 'long'
  const shown =
    query.get('columns') === null
      ? `${picked.length}: every field, every name that was ever seen${isLong ? '' : ', every question'}${beyond > 0 ? `; names beyond ${namedColumnsMax} are in the last one` : ''}`
      : `${picked.length} that were chosen`
  return [
    ['Project', project],
    ['Filters', asked.join('\n')],
    ['Query', query.toString()],
    [
      'Exported at',
      zone === 'UTC' ? new Date(now).toISOString() : `${new Date(now).toISOString()} (${local} in ${zone})`,
    ],
    ['As of', `${new Date(asOf).toISOString()}: what came later is not in it`],
    ['Time zone', zone],
    ['One row is', isLong ? 'one answer to a question of a survey' : 'one item of feedback'],
    ['Columns', shown],
    ['Left out as spam', inWords(hidden.spam, 'spam=with')],
    ['Left out as merged', inWords(hidden.merged, 'merged=with')],
    [
      'How texts are written',
      'Every text is a text cell, whatever it looks like, so nothing is ever evaluated. Characters that a workbook cannot hold are written as _xHHHH_, as its standard says. Links to screenshots are good for seven days.',
    ],
  ]
}

function inWords(count: number, how: string): string {
  if (count === 0) return 'None'
  const most = limits.countMax - 1
  return `${count > most ? `at least ${most}` : count} more; ${how} takes them in`
}
