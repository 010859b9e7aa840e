import type { Action } from '../actions/action.ts'
import { anchorOf, open } from '../actions/overlay.ts'
import { list, startsAt, takeNewcomers } from './inbox.ts'
import { goBack } from './jump.tsx'
import { grouping, opened, readIn, sections, toggleAll, toggleSection } from './sections.ts'

/** The section of the focus, else the one in which somebody reads. */
function currentSection() {
  const focused = document.activeElement?.closest<HTMLElement>('[data-section]')?.dataset['section']
  return sections.peek().find(({ key }) => key === (focused ?? readIn.peek()))
}

const isGrouped = () => grouping.value !== null

/** Moving about in a long list. */
export const inboxActions: readonly Action[] = [
  {
    id: 'jump',
    title: 'Go to a date',
    group: 'Move',
    keys: ['t'],
    run: () => open({ shows: 'jump', anchor: anchorOf('jump') }),
  },
  {
    id: 'jump-back',
    title: 'Back to the beginning of the list',
    group: 'Move',
    keys: ['Shift+t'],
    enabled: () => startsAt.value !== null,
    run: goBack,
  },
  {
    id: 'newcomers',
    title: 'List what just came in',
    group: 'Move',
    keys: ['Shift+n'],
    enabled: () => list.newcomers.value.count > 0,
    run: takeNewcomers,
  },
  {
    id: 'group',
    title: 'Group the list',
    group: 'Show',
    at: ['inbox'],
    keys: ['b'],
    run: () => open({ shows: 'group', anchor: anchorOf('group') }),
  },
  {
    id: 'toggle-section',
    title: 'Open or close the group',
    group: 'Move',
    keys: ['z'],
    enabled: () => isGrouped() && currentSection() !== undefined,
    run: () => {
      const section = currentSection()
      if (section) toggleSection(section)
    },
  },
  {
    id: 'toggle-sections',
    title: 'Open or close all groups',
    group: 'Move',
    keys: ['Shift+z'],
    enabled: () => isGrouped() && (opened.value.size > 0 || sections.value.length > 0),
    run: toggleAll,
  },
]
