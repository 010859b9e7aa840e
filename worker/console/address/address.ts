import { computed, signal } from '@preact/signals'
import { filterQuery, readView, writeView, type Filters, type View } from './view.ts'

export const inboxPath = '/console/inbox'
export const surveysPath = '/console/surveys'

/** Which part of the console is on screen. */
export type Place = { at: 'inbox' } | { at: 'surveys'; survey: string | null; isNew: boolean }

export const place = signal<Place>(readPlace(location.pathname, location.search))

/** The inbox as it is on screen, or was; always the same as the address bar. */
export const view = signal<View>(
  place.peek().at === 'inbox'
    ? readView(location.search)
    : { ...readView(''), project: new URLSearchParams(location.search).get('project') },
)

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
  step(href, how)
  view.value = { ...view.value, ...next }
  place.value = { at: 'inbox' }
}

function step(href: string, how: 'push' | 'replace'): void {
  if (how === 'push') history.pushState(null, '', href)
  else history.replaceState(null, '', href)
}

/** @example readPlace('/console/surveys/nps', '') // { at: 'surveys', survey: 'nps', isNew: false } */
function readPlace(path: string, search: string): Place {
  if (path !== surveysPath && !path.startsWith(`${surveysPath}/`)) return { at: 'inbox' }
  const id = path.slice(surveysPath.length + 1)
  return { at: 'surveys', survey: id || null, isNew: id === '' && new URLSearchParams(search).has('new') }
}

export function surveysHref(survey: string | null, isNew = false): string {
  const query = new URLSearchParams()
  if (isNew) query.set('new', '')
  if (view.value.project) query.set('project', view.value.project)
  const text = query.toString()
  return `${surveysPath}${survey ? `/${survey}` : ''}${text ? `?${text}` : ''}`
}

/** Shows the surveys, one of them, or a new one. */
export function goSurveys(survey: string | null, how: 'push' | 'replace' = 'push', isNew = false): void {
  const href = surveysHref(survey, isNew)
  if (href === location.pathname + location.search) return
  step(href, how)
  place.value = { at: 'surveys', survey, isNew }
}

export function setFilters(next: Filters, how: 'push' | 'replace' = 'push'): void {
  go({ filters: next }, how)
}

/** Keeps the view and the address bar one; call once. */
export function followAddress(): void {
  if (place.peek().at === 'inbox' && location.pathname !== inboxPath)
    history.replaceState(null, '', inboxPath + location.search)
  addEventListener('popstate', () => {
    place.value = readPlace(location.pathname, location.search)
    if (place.value.at === 'inbox') view.value = readView(location.search)
  })
}

/** For links: a plain click stays in this page, with a modifier the browser opens a tab as usual. */
export function follow(event: MouseEvent, next: Partial<View>): void {
  if (!isPlain(event)) return
  event.preventDefault()
  go(next)
}

/** The same for the surveys. */
export function followSurveys(event: MouseEvent, survey: string | null): void {
  if (!isPlain(event)) return
  event.preventDefault()
  goSurveys(survey)
}

function isPlain(event: MouseEvent): boolean {
  if (event.defaultPrevented || event.button !== 0) return false
  return !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
}
