import { ArrowLeft, ChevronDown, ChevronUp, Ellipsis, Link, ShieldAlert, ShieldCheck, Tag, UserRound } from 'lucide'
import type { Feedback } from '../../../sdk/wire/index.ts'
import { open } from '../actions/overlay.ts'
import { go } from '../address/address.ts'
import { mayEdit } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { move, shownIds } from '../inbox/inbox.ts'
import { copyLink, setSpam } from '../triage/commands.ts'
import { AssigneeMark } from '../triage/assignee.tsx'
import { nameOf } from '../triage/members.ts'
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
          <AssignButton assignee={item.assignee} />
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
            class={item.spam ? '' : 'wide-only'}
            onClick={() => setSpam(item.spam !== true, [item.id])}
          />
        </>
      )}
      {item && !mayEdit.value && (
        <span class="status-shown">
          <StatusIcon of={item.status} /> <bdi>{statusLabel(item.status)}</bdi>
        </span>
      )}
      {item && (
        <Button
          icon={Link}
          label="Copy link"
          shortcut="c"
          class={mayEdit.value ? 'wide-only' : ''}
          onClick={() => void copyLink()}
        />
      )}
      {item && mayEdit.value && (
        <Button
          icon={Ellipsis}
          label="More"
          popup="dialog"
          anchor="more"
          onClick={(event) => open({ shows: 'more', anchor: event.currentTarget as HTMLElement })}
        />
      )}
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
      <bdi>{statusLabel(status)}</bdi>
      <Icon of={ChevronDown} size={14} class="quiet" />
    </Button>
  )
}

function AssignButton({ assignee }: { assignee: string | undefined }) {
  const assigned = assignee === undefined ? 'Assign' : `Assigned to ${nameOf(assignee)}`
  return (
    <Button
      {...(assignee === undefined && { icon: UserRound })}
      label={assigned}
      shortcut="a"
      popup="dialog"
      anchor="assign"
      class="square"
      onClick={(event) => open({ shows: 'assign', anchor: event.currentTarget as HTMLElement })}
    >
      {assignee !== undefined && <AssigneeMark of={assignee} />}
    </Button>
  )
}
