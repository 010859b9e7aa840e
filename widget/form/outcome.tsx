import type { Sent } from '../../sdk/index.ts'
import type { Strings } from '../strings.ts'
import { Icon } from './icons.tsx'

interface OutcomeProps {
  sent: Sent
  next: string | null
  strings: Strings
  onAgain: () => void
  onDone: () => void
}

/** What became of it: stored, or kept until it can be. Only a receipt shows "sent". */
export function Outcome({ sent, next, strings, onAgain, onDone }: OutcomeProps) {
  const { receipt, reason } = sent
  const blocked = reason === 'blocked'
  const waiting = blocked ? strings.blockedText : reason === 'offline' ? strings.offlineText : strings.queuedText
  return (
    <div class={receipt ? 'outcome good' : 'outcome'}>
      <Icon name={receipt ? 'check' : 'clock'} />
      <h3 tabIndex={-1}>{receipt ? strings.sent : blocked ? strings.blocked : strings.queued}</h3>
      <p>{receipt ? (next ?? strings.sentText) : waiting}</p>
      {receipt ? (
        <p class="reference">
          {strings.reference} <code>{receipt.reference}</code>
        </p>
      ) : (
        sent.kept === 'page' && <p>{strings.pageOnlyText}</p>
      )}
      <footer>
        <button type="button" onClick={onAgain}>
          {strings.another}
        </button>
        <button type="button" class="primary" onClick={onDone}>
          {strings.done}
        </button>
      </footer>
    </div>
  )
}
