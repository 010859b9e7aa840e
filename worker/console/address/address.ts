import { computed, signal } from '@preact/signals'
import { isFiltered, type Place, placePath, readPlace } from './place.ts'
import { filterQuery, readView, writeView, type Filters, type View } from './view.ts'

export type { Place }

export const place = signal<Place>(readPlace(location.pathname, location.search))

/** The inbox or the numbers as they are on screen, or were; there always the same as the address bar. */
export const view = signal<View>(
  isFiltered(place.peek())
    ? readView(location.search)
    : { ...readView(''), project: new URLSearchParams(location.search).get('project') },
)

export const filters = computed(() => view.value.filters)
/** Changes only when the list itself changes, not when another item is opened. */
export const listQuery = computed(() => filterQuery(filters.value).toString())
export const openId = computed(() => view.value.item)
export const words = computed(() => filters.value.get('q')?.[0] ?? '')
/** How the view is shown; see `View.options`. */
export const option = (name: string): string | null => view.value.options.get(name) ?? null

/** The address of a place, with the view where it shows one. */
export function placeHref(at: Place, next: Partial<View> = {}): string {
  const shown = { ...view.value, ...next }
  if (isFiltered(at)) return placePath(at) + writeView(shown)
  const query = new URLSearchParams(at.at === 'audit' ? at.query : '')
  if (at.at === 'surveys' && at.isNew) query.set('new', '')
  if (at.at === 'surveys' && at.section) query.set('section', at.section)
  if (at.at === 'setup') for (const [name, value] of Object.entries(at.show ?? {})) query.set(name, value)
  if (shown.project) query.set('project', shown.project)
  const text = query.toString()
  return `${placePath(at)}${text ? `?${text}` : ''}`
}

/** Shows another place; `replace` leaves no step for the back button. */
export function goTo(at: Place, next: Partial<View> = {}, how: 'push' | 'replace' = 'push'): void {
  const href = placeHref(at, next)
  if (href === location.pathname + location.search) return
  step(href, how)
  if (isFiltered(at)) view.value = { ...view.value, ...next }
  place.value = at
}

const inbox: Place = { at: 'inbox' }

export function hrefOf(next: Partial<View>): string {
  return placeHref(inbox, next)
}

const listPlace = computed(() => writeView({ ...view.value, item: null }))

/** The address of an item of this list. Stays the same while others are opened, so that rows need not be drawn anew. */
export function itemHref(id: string): string {
  const query = listPlace.value
  return `${placePath(inbox)}${query}${query ? '&' : '?'}item=${encodeURIComponent(id)}`
}

/** Shows another view of the inbox. */
export function go(next: Partial<View>, how: 'push' | 'replace' = 'push'): void {
  goTo(inbox, next, how)
}

function step(href: string, how: 'push' | 'replace'): void {
  if (how === 'push') history.pushState(null, '', href)
  else history.replaceState(null, '', href)
}

/** Other filters, in the inbox or in the numbers, whichever is on screen. */
export function setFilters(next: Filters, how: 'push' | 'replace' = 'push'): void {
  goTo(place.peek().at === 'numbers' ? place.peek() : inbox, { filters: next }, how)
}

/** Sets options of the view; null takes one away. */
export function setOptions(next: Record<string, string | null>, how: 'push' | 'replace' = 'push'): void {
  const options = new Map(view.peek().options)
  for (const [name, value] of Object.entries(next)) {
    if (value === null) options.delete(name)
    else options.set(name, value)
  }
  goTo(isFiltered(place.peek()) ? place.peek() : inbox, { options }, how)
}

export function surveysHref(survey: string | null, isNew = false): string {
  return placeHref({ at: 'surveys', survey, isNew })
}

/** Shows the surveys, one of them, or a new one. */
export function goSurveys(survey: string | null, how: 'push' | 'replace' = 'push', isNew = false): void {
  goTo({ at: 'surveys', survey, isNew }, {}, how)
}

/** Keeps the view and the address bar one; call once. */
export function followAddress(): void {
  if (place.peek().at === 'inbox' && location.pathname !== placePath(inbox))
    history.replaceState(null, '', placePath(inbox) + location.search)
  addEventListener('popstate', () => {
    place.value = readPlace(location.pathname, location.search)
    if (isFiltered(place.value)) view.value = readView(location.search)
  })
}

/** For links: a plain click stays in this page, with a modifier the browser opens a tab as usual. */
export function follow(event: MouseEvent, next: Partial<View>): void {
  followTo(event, inbox, next)
}

/** The same for any place. */
export function followTo(event: MouseEvent, at: Place, next: Partial<View> = {}): void {
  if (event.defaultPrevented || event.button !== 0) return
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  goTo(at, next)
}

/** The same for the surveys. */
export function followSurveys(event: MouseEvent, survey: string | null): void {
  followTo(event, { at: 'surveys', survey, isNew: false })
}
