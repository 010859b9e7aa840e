import type { Action } from '../actions/action.ts'
import { goTo } from '../address/address.ts'
import { isAdmin } from '../collector/session.ts'

export const auditActions: readonly Action[] = [
  {
    id: 'go-audit',
    title: 'Audit log',
    group: 'Go to',
    keys: ['g l'],
    enabled: () => isAdmin.value,
    run: () => goTo({ at: 'audit', query: '' }, { item: null }),
  },
]
