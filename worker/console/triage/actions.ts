import type { Action } from '../actions/action.ts'
import { anchorOf, open } from '../actions/overlay.ts'
import { mayEdit } from '../collector/session.ts'
import { openItem } from '../inbox/inbox.ts'
import { assign } from './assign.ts'
import { askDelete } from './delete.ts'
import { me } from './members.ts'
import { unmerge } from './merge.ts'
import { openRedaction } from './redact.ts'
import { hasOpen, hasTargets, tickedOrOpen } from './targets.ts'

/** Puts the cursor where a note is written. */
export function focusComposer(): void {
  const field = document.querySelector<HTMLTextAreaElement>('#team-note')
  field?.focus()
  field?.scrollIntoView({ block: 'nearest' })
}

/** What the team does to items beside status and labels. */
export const teamActions: readonly Action[] = [
  {
    id: 'assign',
    title: 'Assign to somebody',
    group: 'Triage',
    keys: ['a'],
    enabled: hasTargets,
    run: () => open({ shows: 'assign', anchor: anchorOf('assign') }),
  },
  {
    id: 'assign-me',
    title: 'Assign to me',
    group: 'Triage',
    keys: ['i'],
    enabled: () => hasTargets() && me.value !== null,
    run: () => assign(me.peek()),
  },
  {
    id: 'note',
    title: 'Write a note for the team',
    group: 'Triage',
    keys: ['n'],
    enabled: hasOpen,
    run: focusComposer,
  },
  {
    id: 'merge',
    title: 'Merge into another item',
    group: 'Triage',
    keys: ['m'],
    enabled: hasTargets,
    run: () => {
      const ids = tickedOrOpen('Merging')
      if (ids.length > 0) open({ shows: 'merge', ids })
    },
  },
  {
    id: 'unmerge',
    title: 'Take out of what it is merged into',
    group: 'Triage',
    keys: [],
    enabled: () => hasOpen() && openItem.value.item?.mergedInto !== undefined,
    run: () => {
      const { item } = openItem.peek()
      if (item) void unmerge(item)
    },
  },
  { id: 'redact', title: 'Black out words', group: 'Triage', keys: ['Shift+b'], enabled: hasOpen, run: openRedaction },
  { id: 'delete', title: 'Delete', group: 'Triage', keys: ['Backspace', '#'], enabled: hasTargets, run: askDelete },
  {
    id: 'enter',
    title: 'Add feedback that was given elsewhere',
    group: 'Triage',
    keys: ['+'],
    enabled: () => mayEdit.value,
    run: () => open({ shows: 'enter' }),
  },
]
