import type { Action } from '../actions/action.ts'
import { goSurveys } from '../address/address.ts'
import { mayEdit } from '../collector/session.ts'
import { isDirty } from './drafts.ts'

/** What can be done with surveys by key and from the palette. Saving is loaded with the surveys themselves. */
export const surveyActions: readonly Action[] = [
  {
    id: 'new-survey',
    title: 'New survey',
    group: 'Surveys',
    at: ['surveys'],
    keys: ['n'],
    enabled: () => mayEdit.value,
    run: () => goSurveys(null, 'push', true),
  },
  {
    id: 'save-survey',
    title: 'Save the survey',
    group: 'Surveys',
    keys: ['Mod+s'],
    inFields: true,
    enabled: () => mayEdit.value && isDirty.value,
    run: () => void import('./saving.ts').then(({ save }) => save()),
  },
]
