import type { Action } from '../actions/action.ts'
import { goTo } from '../address/address.ts'
import { openItem } from '../inbox/inbox.ts'
import { selectorOf } from '../people/who.ts'

const openPerson = () => {
  const { item } = openItem.value
  return item ? selectorOf(item) : null
}
const openAccount = () => openItem.value.item?.person?.account?.id ?? null

/** From the open item to whoever said it. */
export const paneActions: readonly Action[] = [
  {
    id: 'open-person',
    title: 'Everything this person said',
    group: 'Show',
    at: ['inbox'],
    keys: ['p'],
    enabled: () => openPerson() !== null,
    run: () => {
      const id = openPerson()
      if (id) goTo({ at: 'people', id })
    },
  },
  {
    id: 'open-account',
    title: 'Everything this account said',
    group: 'Show',
    at: ['inbox'],
    keys: ['Shift+p'],
    enabled: () => openAccount() !== null,
    run: () => {
      const id = openAccount()
      if (id) goTo({ at: 'accounts', id })
    },
  },
]
