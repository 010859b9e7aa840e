import { Check, CircleDashed, Tag, X } from 'lucide'
import { anchorOf, open } from '../actions/overlay.ts'
import { mayEdit } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { plural } from '../controls/total.ts'
import { setStatus } from '../triage/commands.ts'
import { statusLabel } from '../triage/status.tsx'
import { selected } from './inbox.ts'

/** What can be done to everything ticked. */
export function SelectionBar() {
  const count = selected.value.size
  if (count === 0) return null
  return (
    <div class="selection-bar" role="toolbar" aria-label={`${plural(count, 'item')} selected`}>
      <span class="selection-count">{count.toLocaleString()} selected</span>
      {mayEdit.value && (
        <>
          <Button
            icon={CircleDashed}
            popup="dialog"
            anchor="status"
            onClick={() => open({ shows: 'status', anchor: anchorOf('status') })}
          >
            Status
          </Button>
          <Button
            icon={Tag}
            popup="dialog"
            anchor="labels"
            onClick={() => open({ shows: 'labels', anchor: anchorOf('labels') })}
          >
            Labels
          </Button>
          <Button icon={Check} onClick={() => setStatus('done')}>
            {statusLabel('done')}
          </Button>
        </>
      )}
      <Button
        icon={X}
        label="Clear the selection"
        shortcut="Escape"
        onClick={() => {
          selected.value = new Set()
        }}
      />
    </div>
  )
}
