import type { Feedback, KnownName } from '../../sdk/wire/index.ts'
import { cellOf, type Column } from './column.ts'

/** A project's own names carry one of these, so they cannot collide with a field's. */
const prefixes = {
  'tag.': { group: 'tag', header: 'Tag', all: (item: Feedback) => item.tags },
  'trait.': { group: 'trait', header: 'Trait', all: (item: Feedback) => item.person?.traits },
  'context.': { group: 'context', header: 'Context', all: (item: Feedback) => item.context },
} as const
type Prefix = keyof typeof prefixes

/** Columns of names beyond this many, in the order in which they were first seen, go into one column of JSON. */
export const namedColumnsMax = 500

const prefixOf = (name: string): Prefix | null =>
  (Object.keys(prefixes) as Prefix[]).find((prefix) => name.startsWith(prefix)) ?? null

/** The columns of the names that were ever seen; `shown` are those that a table has unless it is told otherwise. */
export interface NamedColumns {
  all: Column[]
  shown: Column[]
  /** The rest of an item's names, as `name: value`. Null where every name has a column. */
  rest: ((item: Feedback) => Record<string, unknown>) | null
  restCount: number
}

/** Makes the columns of tags, traits and context. Which are shown depends on their age alone, so a new name moves none. */
export function namedColumns(catalogue: readonly KnownName[]): NamedColumns {
  const known = catalogue.filter(({ name }) => prefixOf(name) !== null)
  const oldest = known.toSorted((a, b) => compare(a.firstSeenAt, b.firstSeenAt) || compare(a.name, b.name))
  const first = new Set(oldest.slice(0, namedColumnsMax).map(({ name }) => name))
  const all = known.map(({ name }) => namedColumn(name))
  const shown = all.filter(({ key }) => first.has(key))
  const restCount = all.length - shown.length
  // A catalogue of fewer names than have columns leaves none out.
  const isWhole = known.length < namedColumnsMax
  return { all, shown, rest: isWhole ? null : (item) => restOf(item, first), restCount }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function namedColumn(name: string): Column {
  const prefix = prefixOf(name) as Prefix
  const { group, header, all } = prefixes[prefix]
  const key = name.slice(prefix.length)
  return {
    key: name,
    header: `${header}: ${key}`,
    group,
    cell: (item) => {
      const values: Record<string, unknown> | undefined = all(item)
      return values !== undefined && Object.hasOwn(values, key) ? cellOf(values[key]) : undefined
    },
  }
}

function restOf(item: Feedback, shown: ReadonlySet<string>): Record<string, unknown> {
  const rest: [string, unknown][] = []
  for (const [prefix, { all }] of Object.entries(prefixes)) {
    for (const [key, value] of Object.entries(all(item) ?? {})) {
      if (!shown.has(prefix + key)) rest.push([prefix + key, value])
    }
  }
  return Object.fromEntries(rest)
}
