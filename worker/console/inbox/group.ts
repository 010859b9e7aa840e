import { groupings, ratingScales, type Group, type Grouping, type RatingScale } from '../../../sdk/wire/index.ts'
import type { Filters } from '../address/view.ts'

/** What a list is grouped by, as the toolbar says it, and what items without it are called. */
export const groupingNames: Record<Grouping, { name: string; without: string; others: string }> = {
  kind: { name: 'Kind', without: 'No kind', others: 'All other kinds' },
  path: { name: 'Page', without: 'No page', others: 'All other pages, and none' },
  score: { name: 'Score', without: 'No score', others: 'All other scores' },
  release: { name: 'Release', without: 'No release', others: 'All other releases, and none' },
  label: { name: 'Label', without: 'No label', others: 'All other labels, and none' },
}

export function readGrouping(text: string | null): Grouping | null {
  return groupings.find((one) => one === text) ?? null
}

/** The list's filters, narrowed to a group: its names replace the list's own, what it excludes is added. */
export function withGroup(filters: Filters, filter: Group['filter']): Filters {
  const next = new Map(filters)
  for (const [name, values] of Object.entries(filter)) {
    const before = name.startsWith('not.') ? (next.get(name) ?? []) : []
    next.set(name, [...new Set([...before, ...values])])
  }
  return next
}

/** @example scoreOf('nps:9') // { scale: 'nps', value: 9 } */
export function scoreOf(value: string): { scale: RatingScale; value: number } | null {
  const [scale = '', score = ''] = value.split(':')
  return Object.hasOwn(ratingScales, scale) && score !== ''
    ? { scale: scale as RatingScale, value: Number(score) }
    : null
}

/** Where a section stands in the scrolling list, in CSS pixels. */
export interface Layout {
  top: number
  height: number
}

/** Sections one below the other: a head, and its rows where it is open. */
export function layOut(rowCounts: readonly number[], headHeight: number, rowHeight: number): Layout[] {
  let top = 0
  return rowCounts.map((count) => {
    const layout = { top, height: headHeight + count * rowHeight }
    top += layout.height
    return layout
  })
}

/**
 * The values of the open groups, as the address bar has them; null stands for all the others together.
 *
 * @example writeOpen(['bug', null]) // '=bug,*'
 */
export function writeOpen(values: readonly (string | null)[]): string {
  if (values.length === 0) return 'none'
  return values.map((value) => (value === null ? '*' : `=${encodeURIComponent(value)}`)).join(',')
}

/** The same back; null where the address says nothing of it. */
export function readOpen(text: string | null): ReadonlySet<string | null> | null {
  if (text === null) return null
  const parts = text === 'none' ? [] : text.split(',')
  return new Set(parts.map((part) => (part === '*' ? null : decoded(part.slice(1)))))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Mistyped by hand: there is no such group.
    return text
  }
}
