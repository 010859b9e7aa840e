import { filters } from '../address/address.ts'
import { list } from './inbox.ts'

/** On top of the spam tray: what it is. */
export function TrayLine() {
  if (filters.value.get('spam')?.[0] !== 'only' || list.ids.value.length === 0) return null
  return (
    <p class="relaxed tray-line">
      What looks like a machine’s is set aside here, and nothing is deleted by itself. Numbers and webhooks leave it
      out.
    </p>
  )
}
