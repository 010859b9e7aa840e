import type { Action } from '../actions/action.ts'
import { goTo } from '../address/address.ts'
import { isAdmin } from '../collector/session.ts'
import { unsaved } from './unsaved.ts'

const goSection = (section: string | null, part?: string) =>
  goTo({ at: 'setup', section, ...(part && { part }) }, { item: null })

/** What the set-up adds to the keys and the palette. */
export const setupActions: readonly Action[] = [
  {
    id: 'save-setup',
    title: 'Save the settings',
    group: 'Set up',
    at: ['setup'],
    keys: ['Mod+s'],
    inFields: true,
    enabled: () => unsaved.value !== null,
    run: () => unsaved.peek()?.save(),
  },
  { id: 'go-setup', title: 'Set up', group: 'Go to', keys: ['g e'], run: () => goSection(null) },
  { id: 'go-setup-start', title: 'Install the widget', group: 'Go to', keys: [], run: () => goSection('start') },
  { id: 'go-setup-widget', title: 'Widget settings', group: 'Go to', keys: [], run: () => goSection('widget') },
  {
    id: 'go-setup-project',
    title: 'Project settings: statuses, labels, time zone',
    group: 'Go to',
    keys: [],
    run: () => goSection('project'),
  },
  { id: 'go-setup-people', title: 'People who work here', group: 'Go to', keys: [], run: () => goSection('people') },
  {
    id: 'invite',
    title: 'Invite somebody',
    group: 'Set up',
    keys: [],
    enabled: () => isAdmin.value,
    run: () => {
      goSection('people')
      void import('./people/invite.tsx').then(({ openInvite }) => openInvite())
    },
  },
  { id: 'go-setup-keys', title: 'Keys', group: 'Go to', keys: [], run: () => goSection('keys') },
  { id: 'go-setup-webhooks', title: 'Webhooks and Slack', group: 'Go to', keys: [], run: () => goSection('webhooks') },
  {
    id: 'go-setup-origins',
    title: 'Origins and quota',
    group: 'Go to',
    keys: [],
    run: () => goSection('project', 'origins'),
  },
  {
    id: 'go-setup-retention',
    title: 'Retention',
    group: 'Go to',
    keys: [],
    run: () => goSection('project', 'retention'),
  },
  {
    id: 'go-setup-health',
    title: 'Health: what became of what was sent',
    group: 'Go to',
    keys: [],
    run: () => goSection('health'),
  },
]
