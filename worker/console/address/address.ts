import { computed, signal } from '@preact/signals'
import { filterQuery, readView, writeView, type Filters, type View } from './view.ts'

export const inboxPath = '/console/inbox'

/** What is on screen, always the same as the address bar. */
export const view = signal<View>(readView(location.search))

export const filters = computed(() => view.value.filters)
/** Changes only when the list itself changes, not when another item is opened. */
export const listQuery = computed(() => filterQuery(filters.value).toString())
export const openId = computed(() => view.value.item)
export const words = computed(() => filters.value.get('q')?.[0] ?? '')

export function hrefOf(next: Partial<View>): string {
  return inboxPath + writeView({ ...view.value, ...next })
}

const listPlace = computed(() => writeView({ ...view.value, item: null }))

/** The address of an item of this list. Stays the same while others are opened, so that rows need not be drawn anew. */
export function itemHref(id: string): string {
  const place = listPlace.value
  return `${inboxPath}${place}${place ? '&' : '?'}item=${encodeURIComponent(id)}`
}

/** Shows another view; `replace` leaves no step for the back button. */
export function go(next: Partial<View>, how: 'push' | 'replace' = 'push'): void {
  const href = hrefOf(next)
  if (href === location.pathname + location.search) return
  if (how === 'push') history.pushState(null, '', href)
  else history.replaceState(null, '', href)
  view.value = { ...view.value, ...next }
}

export function setFilters(next: Filters, how: 'push' | 'replace' = 'push'): void {
  go({ filters: next }, how)
}

/** Keeps the view and the address bar one; call once. */
export function followAddress(): void {
  if (location.pathname !== inboxPath) history.replaceState(null, '', inboxPath + location.search)
  addEventListener('popstate', () => {
    view.value = readView(location.search)
  })
}

/** For links: a plain click stays in this page, with a modifier the browser opens a tab as usual. */
export function follow(event: MouseEvent, next: Partial<View>): void {
  if (event.defaultPrevented || event.button !== 0) return
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  go(next)
}
