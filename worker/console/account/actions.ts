import type { Action } from '../actions/action.ts'
import { goTo } from '../address/address.ts'

export const accountActions: readonly Action[] = [
  {
    id: 'go-account',
    title: 'Your account: passkeys, where you are signed in',
    group: 'Go to',
    keys: ['g a'],
    run: () => goTo({ at: 'account' }, { item: null }),
  },
]
