import { computed } from '@preact/signals'
import { filters } from '../address/address.ts'
import { sameFilters, withoutFilters, type Filters } from '../address/view.ts'
import { project } from '../collector/session.ts'
import { chipsOf } from '../filters/chips.ts'

/** A quick filter of the side bar. */
export interface SavedView {
  key: string
  label: string
  /** The status whose sign it carries. */
  status?: string
  filters: Filters
}

export const views = computed<readonly SavedView[]>(() => [
  { key: '', label: 'All feedback', filters: new Map() },
  ...(project.value?.statuses ?? []).map(({ key, label }) => ({
    key,
    label,
    status: key,
    filters: new Map([['status', [key]]]),
  })),
])

export const spamView: SavedView = { key: 'spam', label: 'Spam', filters: new Map([['spam', ['only']]]) }

export function isCurrent(view: SavedView): boolean {
  return sameFilters(view.filters, withoutFilters(filters.value, ['sort']))
}

/** What the list is called: the view it is, or the view it narrows. */
export const viewTitle = computed(() => {
  const exact = [...views.value, spamView].find(isCurrent)
  if (exact) return exact.label
  if (filters.value.has('q')) return 'Search'
  const [chip, ...others] = chipsOf(filters.value, project.value)
  return chip && others.length === 0 && chip.verb === 'is' ? `${chip.label}: ${chip.value}` : 'Filtered'
})
