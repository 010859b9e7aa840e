import { Check, CircleDashed, Ellipsis, ShieldCheck, Tag, UserRound, X } from 'lucide'
import { anchorOf, open } from '../actions/overlay.ts'
import { filters } from '../address/address.ts'
import { mayEdit } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { plural, totalInWords } from '../controls/total.ts'
import { setSpam, setStatus } from '../triage/commands.ts'
import { statusLabel } from '../triage/status.tsx'
import { list } from './inbox.ts'
import { counting, mayMeanMore, selectAllMatching } from './select-all.ts'
import { everything, selected, selectedCount } from './selected.ts'

/** How many are ticked, for whoever hears the page. */
function Ticked() {
  const count = selectedCount.value
  return (
    <p class="hidden-text" role="status">
      {count > 0 && `${plural(count, 'item')} selected`}
    </p>
  )
}

/** What can be done to everything ticked. */
export function SelectionBar() {
  return (
    <>
      <Ticked />
      {selectedCount.value > 0 && <Bar count={selectedCount.value} />}
    </>
  )
}

function Bar({ count }: { count: number }) {
  const isTray = filters.value.get('spam')?.[0] === 'only'
  return (
    <div class="selection-bar" role="toolbar" aria-label={`${plural(count, 'item')} selected`}>
      <span class="selection-count">
        {everything.value ? `All ${count.toLocaleString()} selected` : `${count.toLocaleString()} selected`}
      </span>
      <More />
      <span class="selection-actions">
        {mayEdit.value && (
          <>
            {isTray && (
              <Button icon={ShieldCheck} onClick={() => setSpam(false)}>
                Not spam
              </Button>
            )}
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
            {!isTray && (
              <>
                <Button
                  icon={UserRound}
                  label="Assign"
                  shortcut="a"
                  popup="dialog"
                  anchor="assign"
                  onClick={() => open({ shows: 'assign', anchor: anchorOf('assign') })}
                />
                <Button icon={Check} onClick={() => setStatus('done')}>
                  {statusLabel('done')}
                </Button>
              </>
            )}
            <Button
              icon={Ellipsis}
              label="More"
              popup="dialog"
              anchor="more-of-selected"
              onClick={(event) => open({ shows: 'more', anchor: event.currentTarget as HTMLElement })}
            />
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
      </span>
    </div>
  )
}

/** From what is ticked to all that matches. */
function More() {
  const total = list.total.value
  if (!mayMeanMore() || !total || !mayEdit.value) return null
  return (
    <button
      type="button"
      class="text-button selection-more"
      aria-busy={counting.value}
      onClick={() => void selectAllMatching()}
    >
      Select all {totalInWords(total)} that match
    </button>
  )
}
