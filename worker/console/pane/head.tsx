import { ArrowLeft, ChevronDown, ChevronUp, Link, ShieldAlert, ShieldCheck, Tag } from 'lucide'
import type { Feedback } from '../../../sdk/wire/index.ts'
import { open } from '../actions/overlay.ts'
import { go } from '../address/address.ts'
import { mayEdit } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { move, shownIds } from '../inbox/inbox.ts'
import { copyLink, markSpam } from '../triage/commands.ts'
import { statusLabel, StatusIcon } from '../triage/status.tsx'
import { Icon } from '../controls/icon.tsx'

/** What can be done with the open item. */
export function PaneHead({ item }: { item: Feedback | undefined }) {
  const ids = shownIds.value
  const place = item ? ids.indexOf(item.id) : -1
  return (
    <header class="pane-head">
      <Button icon={ArrowLeft} label="Back to the list" class="pane-back" onClick={() => go({ item: null })} />
      {item && mayEdit.value && (
        <>
          <StatusButton status={item.status} />
          <Button
            icon={Tag}
            label="Labels"
            shortcut="l"
            popup="dialog"
            anchor="labels"
            onClick={(event) => open({ shows: 'labels', anchor: event.currentTarget as HTMLElement })}
          />
          <Button
            icon={item.spam ? ShieldCheck : ShieldAlert}
            label={item.spam ? 'Not spam' : 'Mark as spam'}
            shortcut="!"
            onClick={markSpam}
          />
        </>
      )}
      {item && !mayEdit.value && (
        <span class="status-shown">
          <StatusIcon of={item.status} /> {statusLabel(item.status)}
        </span>
      )}
      {item && <Button icon={Link} label="Copy link" shortcut="c" onClick={() => void copyLink()} />}
      <span class="spring" />
      <Button icon={ChevronUp} label="Previous item" shortcut="k" disabled={place <= 0} onClick={() => move(-1)} />
      <Button
        icon={ChevronDown}
        label="Next item"
        shortcut="j"
        disabled={place === -1 || place === ids.length - 1}
        onClick={() => move(1)}
      />
    </header>
  )
}

function StatusButton({ status }: { status: string }) {
  return (
    <Button
      look="outline"
      popup="dialog"
      anchor="status"
      class="status-button"
      onClick={(event) => open({ shows: 'status', anchor: event.currentTarget as HTMLElement })}
    >
      <StatusIcon of={status} />
      <span>{statusLabel(status)}</span>
      <Icon of={ChevronDown} size={14} class="quiet" />
    </Button>
  )
}
