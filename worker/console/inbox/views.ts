import { computed } from '@preact/signals'
import { filters } from '../address/address.ts'
import { sameFilters, withoutFilters, type Filters } from '../address/view.ts'
import { project } from '../collector/session.ts'
import { chipsOf } from '../filters/chips.ts'
import { currentView } from '../views/saved.ts'
import { newsFilters } from '../views/visit.ts'

/** A view that every project has: all, one status, spam. */
export interface StatusView {
  key: string
  label: string
  /** The status whose sign it carries. */
  status?: string
  filters: Filters
}

export const views = computed<readonly StatusView[]>(() => [
  { key: '', label: 'All feedback', filters: new Map() },
  ...(project.value?.statuses ?? []).map(({ key, label }) => ({
    key,
    label,
    status: key,
    filters: new Map([['status', [key]]]),
  })),
])

export const spamView: StatusView = { key: 'spam', label: 'Spam', filters: new Map([['spam', ['only']]]) }

export function isCurrent(view: StatusView): boolean {
  return sameFilters(view.filters, withoutFilters(filters.value, ['sort']))
}

/** The view of the side bar that shows just what is on screen. */
const exactTitle = computed<string | null>(() => {
  if (currentView.value) return currentView.value.name
  const exact = [...views.value, spamView].find(isCurrent)
  if (exact) return exact.label
  const isNews = newsFilters.value && sameFilters(newsFilters.value, withoutFilters(filters.value, ['sort']))
  return isNews ? 'New since your last visit' : null
})

/** Whether what is on screen could be saved as a view of its own. */
export const isUnnamed = computed(() => exactTitle.value === null)

/** What the list is called: the view it is, or the view it narrows. */
export const viewTitle = computed(() => {
  if (exactTitle.value !== null) return exactTitle.value
  if (filters.value.has('q')) return 'Search'
  const [chip, ...others] = chipsOf(filters.value, project.value)
  return chip && others.length === 0 && chip.verb === 'is' ? `${chip.label}: ${chip.value}` : 'Filtered'
})
