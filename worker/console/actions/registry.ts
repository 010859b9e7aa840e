import { computed } from '@preact/signals'
import { accountActions } from '../account/actions.ts'
import { filters, go, goSurveys, goTo, openId, place, type Place, setFilters, words } from '../address/address.ts'
import { withFilter, type Filters } from '../address/view.ts'
import { auditActions } from '../audit/actions.ts'
import { project, signOut } from '../collector/session.ts'
import { density, scheme } from '../controls/preferences.ts'
import { inboxActions } from '../inbox/actions.ts'
import { move, openItem, refresh, selected, selectTo, toggleSelected } from '../inbox/inbox.ts'
import { selectLoaded } from '../inbox/select-all.ts'
import { selectedCount } from '../inbox/selected.ts'
import { numbersActions } from '../numbers/actions.ts'
import { setupActions } from '../setup/actions.ts'
import { paneActions } from '../pane/actions.ts'
import { surveyActions } from '../surveys/actions.ts'
import { teamActions } from '../triage/actions.ts'
import { copyLink, markSpam, setStatus } from '../triage/commands.ts'
import { hasTargets } from '../triage/targets.ts'
import { triage } from '../triage/workspace.ts'
import { viewActions } from '../views/actions.ts'
import type { Action } from './action.ts'
import { anchorOf, open } from './overlay.ts'

const everything: Filters = new Map()
const hasOpen = () => openId.value !== null

/** The row a key means: the one with the focus, else the open one. */
function currentRow(): string | null {
  const focused = document.activeElement?.closest<HTMLElement>('[data-item]')?.dataset['item']
  return focused ?? openId.value
}

function moving(by: 1 | -1, selecting: boolean): void {
  const from = currentRow()
  if (selecting && from && !selected.value.has(from)) toggleSelected(from)
  move(by)
  const to = openId.value
  if (selecting && to) selectTo(to)
}

const fixed: readonly Action[] = [
  { id: 'next', title: 'Next item', group: 'Move', keys: ['j', 'ArrowDown'], run: () => moving(1, false) },
  { id: 'previous', title: 'Previous item', group: 'Move', keys: ['k', 'ArrowUp'], run: () => moving(-1, false) },
  {
    id: 'select-next',
    title: 'Select and go down',
    group: 'Move',
    keys: ['Shift+j', 'Shift+ArrowDown'],
    run: () => moving(1, true),
  },
  {
    id: 'select-previous',
    title: 'Select and go up',
    group: 'Move',
    keys: ['Shift+k', 'Shift+ArrowUp'],
    run: () => moving(-1, true),
  },
  {
    id: 'select',
    title: 'Select or deselect the item',
    group: 'Move',
    keys: ['x'],
    enabled: () => currentRow() !== null,
    run: () => {
      const id = currentRow()
      if (id) toggleSelected(id)
    },
  },
  {
    id: 'select-all',
    title: 'Select all loaded; again, all that match',
    group: 'Move',
    keys: ['Mod+a'],
    run: selectLoaded,
  },
  {
    id: 'back',
    title: 'Clear the selection, or close the item',
    group: 'Move',
    keys: ['Escape'],
    enabled: () => selectedCount.value > 0 || hasOpen(),
    run: () => {
      if (selectedCount.value > 0) selected.value = new Set()
      else go({ item: null })
    },
  },
  ...inboxActions,
  ...paneActions,
  {
    id: 'done',
    title: 'Mark as done',
    group: 'Triage',
    keys: ['e'],
    enabled: hasTargets,
    run: () => setStatus('done'),
  },
  {
    id: 'status',
    title: 'Set the status',
    group: 'Triage',
    keys: ['s'],
    enabled: hasTargets,
    run: () => open({ shows: 'status', anchor: anchorOf('status') }),
  },
  {
    id: 'labels',
    title: 'Edit labels',
    group: 'Triage',
    keys: ['l'],
    enabled: hasTargets,
    run: () => open({ shows: 'labels', anchor: anchorOf('labels') }),
  },
  {
    id: 'spam',
    title: 'Mark as spam, or as not spam',
    group: 'Triage',
    keys: ['!'],
    enabled: hasTargets,
    run: markSpam,
  },
  ...teamActions,
  {
    id: 'undo',
    title: 'Undo the last change',
    group: 'Triage',
    keys: ['u', 'Mod+z'],
    enabled: () => triage.steps.value.length > 0,
    run: () => void triage.undo(),
  },
  {
    id: 'copy-link',
    title: 'Copy a link to the item',
    group: 'Triage',
    keys: ['c'],
    enabled: () => openItem.value.item !== undefined,
    run: () => void copyLink(),
  },
  {
    id: 'search',
    title: 'Search',
    group: 'Search and filter',
    at: ['inbox'],
    keys: ['/'],
    run: () => document.querySelector<HTMLInputElement>('#search')?.select(),
  },
  {
    id: 'filter',
    title: 'Add a filter',
    group: 'Search and filter',
    keys: ['f'],
    run: () => open({ shows: 'filter', anchor: anchorOf('filter') }),
  },
  {
    id: 'clear',
    title: 'Clear search and filters',
    group: 'Search and filter',
    keys: ['Shift+f'],
    enabled: () => filters.value.size > 0,
    run: () => setFilters(everything),
  },
  ...(['newest', 'oldest', 'relevance'] as const).map((order): Action => ({
    id: `sort-${order}`,
    title: { newest: 'Sort newest first', oldest: 'Sort oldest first', relevance: 'Sort best match first' }[order],
    group: 'Search and filter',
    at: ['inbox'],
    keys: [],
    enabled: () => order !== 'relevance' || words.value !== '',
    run: () => setFilters(withFilter(filters.value, 'sort', [order])),
  })),
  ...surveyActions,
  {
    id: 'export',
    title: 'Export what is listed',
    group: 'Show',
    at: ['inbox'],
    keys: ['Shift+e'],
    run: () => open({ shows: 'export' }),
  },
  { id: 'refresh', title: 'Refresh the list', group: 'Show', at: ['inbox'], keys: ['.'], run: () => void refresh() },
  {
    id: 'density',
    title: 'Switch between comfortable and compact rows',
    group: 'Show',
    at: ['inbox'],
    keys: ['v'],
    run: () => {
      density.value = density.value === 'compact' ? 'comfortable' : 'compact'
    },
  },
  ...(['system', 'light', 'dark'] as const).map((next): Action => ({
    id: `scheme-${next}`,
    title: { system: 'Follow the system’s colours', light: 'Use light colours', dark: 'Use dark colours' }[next],
    group: 'Show',
    keys: [],
    enabled: () => scheme.value !== next,
    run: () => {
      scheme.value = next
    },
  })),
  {
    id: 'palette',
    title: 'All commands',
    group: 'Show',
    keys: ['Mod+k'],
    inFields: true,
    run: () => open({ shows: 'palette' }),
  },
  { id: 'help', title: 'Keyboard shortcuts', group: 'Show', keys: ['?'], run: () => open({ shows: 'help' }) },
  {
    id: 'go-inbox',
    title: 'Inbox: all feedback',
    group: 'Go to',
    keys: ['g i'],
    run: () => go({ filters: everything, item: null }),
  },
  {
    id: 'go-spam',
    title: 'Spam',
    group: 'Go to',
    keys: ['g s'],
    run: () => go({ filters: new Map([['spam', ['only']]]), item: null }),
  },
  { id: 'go-surveys', title: 'Surveys', group: 'Go to', keys: ['g v'], run: () => goSurveys(null) },
  {
    id: 'go-numbers',
    title: 'Numbers',
    group: 'Go to',
    keys: ['g b'],
    run: () => goTo({ at: 'numbers' }, { item: null }),
  },
  ...numbersActions,
  ...setupActions,
  ...auditActions,
  ...accountActions,
  { id: 'go-import', title: 'Import', group: 'Go to', keys: [], run: () => goTo({ at: 'import' }) },
  { id: 'sign-out', title: 'Sign out', group: 'Go to', keys: [], run: () => void signOut() },
]

/** Keys after `g`, for the statuses every project has. */
const statusKeys: ReadonlyMap<string, string> = new Map([
  ['new', 'g n'],
  ['open', 'g o'],
  ['planned', 'g p'],
  ['done', 'g d'],
  ['declined', 'g x'],
])

/** Where the actions of a group have something to act on, where they do not say so themselves. */
const placesOf: Partial<Record<Action['group'], readonly Place['at'][]>> = {
  Move: ['inbox'],
  Triage: ['inbox'],
  'Search and filter': ['inbox', 'numbers'],
  Surveys: ['surveys'],
  Numbers: ['numbers'],
}

function isHere({ group, at = placesOf[group] }: Action): boolean {
  return at?.includes(place.value.at) ?? true
}

/** Every action there is; a project's own statuses add theirs. */
export const actions = computed<readonly Action[]>(() => [
  ...fixed.filter(isHere),
  ...viewActions.value.filter(isHere),
  ...(project.value?.statuses ?? []).map(({ key, label }): Action => ({
    id: `go-${key}`,
    title: `Inbox: ${label}`,
    group: 'Go to',
    keys: statusKeys.has(key) ? [statusKeys.get(key) ?? ''] : [],
    run: () => go({ filters: new Map([['status', [key]]]), item: null }),
  })),
])
