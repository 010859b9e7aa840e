import type { Group, Grouping, GroupList } from '../../../sdk/wire/index.ts'
import { ratingScales } from '../../../sdk/wire/index.ts'
import { limits } from '../../../sdk/wire/limits.ts'
import type { Database } from '../../storage/database.ts'
import type { Facet } from '../../storage/facets.ts'
import { countByValue, countWith, countWithout, listFrequent, type ValueCount } from '../../storage/groups.ts'
import { countEach } from '../../storage/listing.ts'
import { listLabels } from '../../storage/labels.ts'
import { countOthers } from '../../storage/others.ts'
import type { Selection } from '../../storage/selection.ts'

const scales = Object.keys(ratingScales)
const scores = Object.entries(ratingScales).flatMap(([scale, { min, max }]) =>
  Array.from({ length: max - min + 1 }, (_, i) => `${scale}:${max - i}`),
)

/**
 * The groups of a selection with their counts. Up to `limits.countMax` items are counted one by one, exactly. Of a larger
 * selection the most frequent values over all time are counted, each as lists count.
 */
export async function groupItems(db: Database, selection: Selection, by: Grouping, most: number): Promise<GroupList> {
  const [total = 0] = await countEach(db, [selection])
  const isSmall = total < limits.countMax
  const counts = isSmall ? await countByValue(db, selection, by) : await countFrequent(db, selection, by, most)
  const wanted = asked(selection, by)
  const named = counts.filter(({ value, count }) => count > 0 && value !== '' && (wanted?.includes(value) ?? true))
  const listed = named.slice(0, most)
  const items = listed.map((one) => groupOf(by, one))
  if (by === 'score') items.sort((one, other) => scores.indexOf(one.value) - scores.indexOf(other.value))
  const isWhole = named.length === listed.length && (isSmall || (await isEveryListed(db, selection, by)))
  const filter = withoutFilter(by, listed, isWhole)
  if (filter === null || (wanted !== null && isWhole)) return { items, rest: null }
  const exactly = isSmall && isWhole ? (counts.find(({ value }) => value === '')?.count ?? 0) : null
  const count = exactly ?? (await countLeft(db, selection, filter))
  const others = { filter, count, exact: count < limits.countMax }
  if (count === 0) return { items, rest: null }
  return isWhole ? { items: [...items, { value: '', ...others }], rest: null } : { items, rest: others }
}

/** The most frequent values, one more than are listed, each counted; kinds, scores and labels are all known. */
async function countFrequent(db: Database, selection: Selection, by: Grouping, most: number): Promise<ValueCount[]> {
  const values =
    by === 'score'
      ? scores
      : by === 'label'
        ? await listLabels(db, selection.project)
        : await listFrequent(db, selection, by, most + 1)
  const counts = await countWith(
    db,
    selection,
    values.map((value): Facet => [by, value]),
  )
  return values.map((value, i) => ({ value, count: counts[i] ?? 0 })).sort((one, other) => other.count - one.count)
}

/** Whether each value has been counted by itself: those that only few are listed of are known all the same. */
async function isEveryListed(db: Database, { project, environments }: Selection, by: Grouping): Promise<boolean> {
  if (by === 'score' || by === 'label') return true
  return (await countOthers(db, { project, environments, dimension: by })) === 0
}

/** The labels or scores that the selection itself asks for: an item may have others too, which are no groups of its. */
function asked(selection: Selection, by: Grouping): string[] | null {
  const valuesOf = (facet: string) =>
    selection.any.find((facets) => facets.every(([name]) => name === facet))?.map(([, value]) => value) ?? null
  if (by === 'label') return valuesOf('label')
  if (by !== 'score') return null
  const scales = valuesOf('scale')
  return (
    valuesOf('score') ?? (scales && scores.filter((score) => scales.some((scale) => score.startsWith(`${scale}:`))))
  )
}

function groupOf(by: Grouping, { value, count }: ValueCount): Group {
  const [scale = '', score = ''] = value.split(':')
  const filter: Group['filter'] = by === 'score' ? { scale: [scale], min: [score], max: [score] } : { [by]: [value] }
  return { value, filter, count, exact: count < limits.countMax }
}

/** The filter for items with none of the listed values; null where every item has one. */
function withoutFilter(by: Grouping, listed: readonly ValueCount[], isWhole: boolean): Group['filter'] | null {
  if (by === 'kind' && isWhole) return null
  if (by === 'score') return { 'not.scale': scales }
  if (by === 'label' && isWhole) return { label: ['none'] }
  return listed.length === 0 ? {} : { [`not.${by}`]: listed.map(({ value }) => value) }
}

/** Counts what such a filter lets through. */
async function countLeft(db: Database, selection: Selection, filter: Group['filter']): Promise<number> {
  if (filter['label'] !== undefined) return (await countWith(db, selection, [['label', 'none']]))[0] ?? 0
  const out = Object.entries(filter).flatMap(([name, values]) =>
    values.map((value): Facet => [name.slice('not.'.length), value]),
  )
  return countWithout(db, selection, out)
}
