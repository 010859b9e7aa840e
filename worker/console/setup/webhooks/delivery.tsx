import { ChevronRight } from 'lucide'
import { useId, useState } from 'preact/hooks'
import type { Delivery } from '../../../../sdk/wire/index.ts'
import { follow, hrefOf } from '../../address/address.ts'
import { Button } from '../../controls/button.tsx'
import { Icon } from '../../controls/icon.tsx'
import { exactTime } from '../../controls/moment.ts'
import { Time } from '../../controls/time.tsx'
import { plural } from '../../controls/total.ts'
import { Mark } from './parts.tsx'
import { attemptInWords, deliveryState, eventName } from './words.ts'

/** One message: how it stands, below it every attempt. */
export function DeliveryLine({ of, isOff, onAgain }: { of: Delivery; isOff: boolean; onAgain: () => Promise<void> }) {
  const [isOpen, setOpen] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const id = useId()
  const last = of.attempts.at(-1)
  const again = async () => {
    setBusy(true)
    await onAgain()
    setBusy(false)
  }
  return (
    <li class="hook-delivery">
      <div class="hook-delivery-line">
        <button
          type="button"
          class="hook-delivery-open"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon of={ChevronRight} size={14} class={isOpen ? 'quiet turned' : 'quiet'} />
          <Mark said={deliveryState(of)} />
          <span class="hook-delivery-event">{eventName(of.event)}</span>
          <span class="hook-delivery-last">
            {[of.attempts.length > 1 && plural(of.attempts.length, 'attempt'), last?.error && attemptInWords(last)]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <Time at={of.at} class="quiet" />
        </button>
        <span class="hook-delivery-again">
          {of.event !== 'ping' && (of.state !== 'pending' || of.attempts.length > 0) && (
            <Button disabled={isOff || isBusy} onClick={() => void again()}>
              {of.state === 'pending' ? 'Send now' : 'Send again'}
            </Button>
          )}
        </span>
      </div>
      {isOpen && <Attempts id={id} of={of} />}
    </li>
  )
}

function Attempts({ id, of }: { id: string; of: Delivery }) {
  const view = { filters: new Map<string, string[]>(), options: new Map<string, string>(), item: of.feedback }
  return (
    <div class="hook-attempts" id={id}>
      <p class="hook-delivery-ids">
        <span>
          webhook-id <code>{of.id}</code>
        </span>
        {of.feedback !== null && of.event !== 'feedback.deleted' && (
          <a class="text-button" href={hrefOf(view)} onClick={(event) => follow(event, view)}>
            Open the item
          </a>
        )}
      </p>
      {of.attempts.length === 0 ? (
        <p class="quiet">Not attempted yet.</p>
      ) : (
        <ol aria-label="Attempts">
          {of.attempts.map((one) => (
            <li key={one.at} class="hook-attempt">
              <span class={`hook-attempt-what tone-${one.error === null ? 'good' : 'bad'}`}>{attemptInWords(one)}</span>
              <span class="quiet">{one.ms.toLocaleString()} ms</span>
              <time class="quiet" dateTime={one.at}>
                {exactTime(one.at)}
              </time>
              {one.detail && <code class="hook-answer">{one.detail}</code>}
            </li>
          ))}
        </ol>
      )}
      {of.nextAttemptAt !== null && <p class="quiet">Next attempt {exactTime(of.nextAttemptAt)}.</p>}
    </div>
  )
}
