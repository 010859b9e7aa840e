import { computed, effect, signal } from '@preact/signals'
import type { NewSavedView, SavedView, SavedViewPatch } from '../../../sdk/wire/index.ts'
import { filters, go, option, setOptions } from '../address/address.ts'
import { filterQuery, readView, sameFilters, withoutFilters, type Filters, type View } from '../address/view.ts'
import { explain, type Failure } from '../collector/answer.ts'
import { onReturn } from '../collector/connection.ts'
import { mayEdit, session } from '../collector/session.ts'
import { createView, deleteView, listViews, patchView } from '../collector/views.ts'
import { notify } from '../controls/notices.ts'

/** What the member sees, by name. */
export const savedViews = signal<readonly SavedView[]>([])
/** True once the collector was asked, whatever it answered. */
export const areAsked = signal(false)
export const savedFailure = signal<Failure | null>(null)

/** A view's filters and grouping, as the address bar says them. */
export function shownBy({ id, query }: SavedView): Pick<View, 'filters' | 'item' | 'options'> {
  const { filters: saved, options } = readView(query)
  return { filters: saved, item: null, options: new Map([...options, ['view', id]]) }
}

/** What is on screen as a view keeps it. */
export function queryOnScreen(): string {
  const parameters = filterQuery(filters.value)
  const group = option('group')
  if (group) parameters.set('group', group)
  return parameters.toString()
}

export function shows(saved: SavedView, shown: Filters, group: string | null): boolean {
  const { filters: own, options } = readView(saved.query)
  return sameFilters(own, shown) && (options.get('group') ?? null) === group
}

/** All feedback, one status, spam: views of their own, whatever was opened before. */
function isBuiltIn(shown: Filters): boolean {
  const [first, ...others] = [...withoutFilters(shown, ['sort'])]
  if (!first) return true
  const [name, values] = first
  return others.length === 0 && values.length === 1 && (name === 'status' || name === 'spam')
}

/** Whether anything of a view is left on the screen; where nothing is, somebody went elsewhere. */
function isAround(saved: SavedView, shown: Filters): boolean {
  if (shows(saved, shown, option('group'))) return true
  if (isBuiltIn(shown)) return false
  const own = readView(saved.query).filters
  if (own.size === 0) return true
  return [...own].some(([name, values]) => values.some((value) => shown.get(name)?.includes(value)))
}

/** The view that was opened, even where its filters were changed since; else the one that shows just this. */
export const currentView = computed<SavedView | null>(() => {
  const opened = savedViews.value.find(({ id }) => id === option('view'))
  if (opened && isAround(opened, filters.value)) return opened
  return savedViews.value.find((saved) => saved.query !== '' && shows(saved, filters.value, option('group'))) ?? null
})

/** Whether what is on screen is no longer what the opened view keeps. */
export const isChanged = computed(
  () => currentView.value !== null && !shows(currentView.value, filters.value, option('group')),
)

/** Shared ones are changed by editors, private ones by their owner, who alone sees them. */
export function mayChange(saved: SavedView): boolean {
  return saved.visibility === 'private' || mayEdit.value
}

export function isOwn(saved: SavedView): boolean {
  return saved.owner !== null && saved.owner === session.value?.member.id
}

export function openView(saved: SavedView): void {
  go(shownBy(saved))
}

let haveCome = false

export async function loadViews(): Promise<void> {
  const answer = await listViews()
  if (answer.ok) savedViews.value = answer.value.items
  haveCome ||= answer.ok
  // What was there once stays, if there is any.
  savedFailure.value = answer.ok || haveCome ? null : answer.failure
  areAsked.value = true
}

function keep(saved: SavedView): void {
  const others = savedViews.value.filter(({ id }) => id !== saved.id)
  savedViews.value = [...others, saved].sort((one, other) =>
    one.name.localeCompare(other.name, undefined, { sensitivity: 'base' }),
  )
}

/** Saves a view and opens it; answers with why it could not be. */
export async function saveView(next: NewSavedView): Promise<Failure | null> {
  const answer = await createView(next)
  if (!answer.ok) return answer.failure
  keep(answer.value)
  // What is on screen is what was saved: the view is marked, and nothing loads anew.
  if (shows(answer.value, filters.peek(), option('group'))) setOptions({ view: answer.value.id }, 'replace')
  notify({ tone: 'plain', text: `Saved the view “${answer.value.name}”` })
  return null
}

/** Changes a view; answers with why it could not be. */
export async function changeView(saved: SavedView, patch: SavedViewPatch, done: string): Promise<Failure | null> {
  const answer = await patchView(saved.id, patch)
  if (!answer.ok) return answer.failure
  keep(answer.value)
  const before = { name: saved.name, query: saved.query, visibility: saved.visibility }
  const back = Object.fromEntries(Object.keys(patch).map((key) => [key, before[key as keyof SavedViewPatch]]))
  const undo = async () => tellFailure(await changeView(answer.value, back, `Undone: ${done}`))
  notify({ tone: 'plain', text: done, action: { label: 'Undo', run: () => void undo() } })
  return null
}

/** Brings the opened view up to what is on screen. */
export async function updateToScreen(saved: SavedView): Promise<void> {
  tellFailure(await changeView(saved, { query: queryOnScreen() }, `Updated the view “${saved.name}”`))
}

/** Deletes a view at once; it can be had back, under an address of its own. */
export async function removeView(saved: SavedView): Promise<void> {
  savedViews.value = savedViews.value.filter(({ id }) => id !== saved.id)
  const answer = await deleteView(saved.id)
  const isGone = !answer.ok && answer.failure.because === 'refused' && answer.failure.problem.code === 'not-found'
  if (!answer.ok && !isGone) {
    keep(saved)
    tellFailure(answer.failure)
    return
  }
  const { name, query, visibility } = saved
  const undo = async () => tellFailure(await saveView({ name, query, visibility }))
  notify({ tone: 'plain', text: `Deleted the view “${name}”`, action: { label: 'Undo', run: () => void undo() } })
}

function tellFailure(failure: Failure | null): void {
  if (!failure) return
  const { what, next } = explain(failure)
  notify({ tone: 'bad', text: `${what} ${next}` })
}

/** Keeps the views as they are with the others of the team; call once. */
export function startViews(): void {
  void loadViews()
  const again = () => {
    if (document.visibilityState === 'visible') void loadViews()
  }
  document.addEventListener('visibilitychange', again)
  onReturn(again)
  // An address of a view alone, such as a colleague sends: the view says the rest.
  const stop = effect(() => {
    const wanted = option('view')
    const saved = savedViews.value.find(({ id }) => id === wanted)
    if (savedViews.value.length === 0) return
    if (saved && filters.value.size === 0 && saved.query !== '') go(shownBy(saved), 'replace')
    queueMicrotask(() => stop())
  })
}
