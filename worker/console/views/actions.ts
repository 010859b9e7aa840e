import { computed } from '@preact/signals'
import type { Action } from '../actions/action.ts'
import { open } from '../actions/overlay.ts'
import { filters, go, option } from '../address/address.ts'
import { selectAllMatching, mayMeanMore } from '../inbox/select-all.ts'
import { selected } from '../inbox/selected.ts'
import { mayEdit } from '../collector/session.ts'
import { currentView, isChanged, mayChange, openView, removeView, savedViews, updateToScreen } from './saved.ts'
import { newsFilters } from './visit.ts'

const inInbox = ['inbox'] as const
const changeable = () => currentView.value !== null && mayChange(currentView.value)

const fixed: readonly Action[] = [
  {
    id: 'select-matching',
    title: 'Select everything that matches, listed or not',
    group: 'Move',
    keys: [],
    enabled: () => mayEdit.value && selected.value.size > 0 && mayMeanMore(),
    run: () => void selectAllMatching(),
  },
  {
    id: 'save-view',
    title: 'Save as a view',
    group: 'Search and filter',
    at: inInbox,
    keys: ['Shift+s'],
    enabled: () => filters.value.size > 0 || option('group') !== null,
    run: () => open({ shows: 'view', id: null }),
  },
  {
    id: 'update-view',
    title: 'Update the view to what is on screen',
    group: 'Search and filter',
    at: inInbox,
    keys: [],
    enabled: () => isChanged.value && changeable(),
    run: () => {
      if (currentView.value) void updateToScreen(currentView.value)
    },
  },
  {
    id: 'reset-view',
    title: 'Back to the filters of the view',
    group: 'Search and filter',
    at: inInbox,
    keys: [],
    enabled: () => isChanged.value,
    run: () => {
      if (currentView.value) openView(currentView.value)
    },
  },
  {
    id: 'edit-view',
    title: 'Rename or share the view',
    group: 'Search and filter',
    at: inInbox,
    keys: [],
    enabled: changeable,
    run: () => open({ shows: 'view', id: currentView.value?.id ?? null }),
  },
  {
    id: 'delete-view',
    title: 'Delete the view',
    group: 'Search and filter',
    at: inInbox,
    keys: [],
    enabled: changeable,
    run: () => {
      if (currentView.value) void removeView(currentView.value)
    },
  },
  {
    id: 'go-news',
    title: 'New since your last visit',
    group: 'Go to',
    keys: ['g w'],
    enabled: () => newsFilters.value !== null,
    run: () => {
      if (newsFilters.value) go({ filters: newsFilters.value, item: null, options: new Map() })
    },
  },
]

/** What can be done with views, and each of them to go to; the first nine by number. */
export const viewActions = computed<readonly Action[]>(() => [
  ...fixed,
  ...savedViews.value.map((saved, index): Action => ({
    id: `view-${saved.id}`,
    title: `View: ${saved.name}`,
    group: 'Go to',
    keys: index < 9 ? [`g ${index + 1}`] : [],
    run: () => openView(saved),
  })),
])
