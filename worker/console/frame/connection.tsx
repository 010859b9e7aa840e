import { CloudOff } from 'lucide'
import { isOffline, returns } from '../collector/connection.ts'
import { Icon } from '../controls/icon.tsx'

/** Says that nothing gets through, for as long as it is so, and that it is over. */
export function Connection() {
  return (
    <div class="connection" role="status">
      {isOffline.value && (
        <span class="connection-lost">
          <Icon of={CloudOff} size={14} />
          No connection. You can read on; changes do not get through.
        </span>
      )}
      {!isOffline.value && returns.value > 0 && <span class="hidden-text">The connection is back.</span>}
    </div>
  )
}
