import { RotateCw } from 'lucide'
import type { Webhook } from '../../../../sdk/wire/index.ts'
import { goTo, place } from '../../address/address.ts'
import { explain } from '../../collector/answer.ts'
import { resendDelivery, resendFailed } from '../../collector/webhooks.ts'
import { Button } from '../../controls/button.tsx'
import { notify } from '../../controls/notices.ts'
import { plural, totalInWords } from '../../controls/total.ts'
import { Card, CardBones, NotLoaded } from '../card.tsx'
import { DeliveryLine } from './delivery.tsx'
import { useDeliveries } from './use-deliveries.ts'

const states = { failed: 'Failed', pending: 'Waiting', delivered: 'Delivered' } as const

/** What became of every message of the last 30 days. */
export function Deliveries({ of, round, onChange }: { of: Webhook; round: number; onChange: () => void }) {
  const here = place.value
  const state = (here.at === 'setup' && here.show?.['state']) || null
  const { items, next, failure, more, reload } = useDeliveries(of.id, state, round)
  const show = (wanted: string | null) =>
    goTo({ at: 'setup', section: 'webhooks', part: of.id, ...(wanted && { show: { state: wanted } }) }, {}, 'replace')

  const send = async (delivery: string | null) => {
    const answer = delivery === null ? await resendFailed(of.id) : await resendDelivery(of.id, delivery)
    if (!answer.ok) {
      const { what, next: todo } = explain(answer.failure)
      notify({ tone: 'bad', text: `Not sent again. ${what} ${todo}` })
      return
    }
    const count = 'count' in answer.value ? answer.value.count : 1
    notify({ tone: 'plain', text: count === 1 ? 'It is sent again.' : `${plural(count, 'message')} are sent again.` })
    onChange()
  }

  return (
    <Card
      title="Deliveries"
      what="Every message of the last 30 days with every attempt. What fails is tried ten times over three days."
      actions={
        of.failed.count > 0 && (
          <Button icon={RotateCw} look="outline" disabled={of.state === 'off'} onClick={() => void send(null)}>
            Send {of.failed.count === 1 ? 'the failed one' : `all ${totalInWords(of.failed)} failed`} again
          </Button>
        )
      }
    >
      <div class="segments" role="group" aria-label="Show">
        {[[null, 'All'] as const, ...Object.entries(states)].map(([key, label]) => (
          <button key={label} type="button" class="segment" aria-pressed={state === key} onClick={() => show(key)}>
            {label}
          </button>
        ))}
      </div>
      {failure && items === null && <NotLoaded failure={failure} onAgain={reload} />}
      {!failure && items === null && <CardBones lines={3} />}
      {items?.length === 0 && (
        <p class="setup-card-empty">
          {state === null ? 'Nothing was sent yet. Send a test to see that it arrives.' : 'None.'}
        </p>
      )}
      {items !== null && items.length > 0 && (
        <ul class="hook-deliveries" aria-label="Deliveries">
          {items.map((one) => (
            <DeliveryLine key={one.id} of={one} isOff={of.state === 'off'} onAgain={() => send(one.id)} />
          ))}
        </ul>
      )}
      {next !== null && (
        <Button look="outline" class="hook-older" onClick={more}>
          Show older ones
        </Button>
      )}
    </Card>
  )
}
