import { Plus } from 'lucide'
import { useState } from 'preact/hooks'
import type { Webhook, WebhookType } from '../../../../sdk/wire/index.ts'
import { close, open } from '../../actions/overlay.ts'
import { followTo, placeHref } from '../../address/address.ts'
import { project } from '../../collector/session.ts'
import { useAnswer } from '../../collector/use-answer.ts'
import { listWebhooks } from '../../collector/webhooks.ts'
import { Button } from '../../controls/button.tsx'
import { Time } from '../../controls/time.tsx'
import { totalInWords } from '../../controls/total.ts'
import { Card, CardBones, NotLoaded } from '../card.tsx'
import { WebhookForm } from './form.tsx'
import { Mark, Notice } from './parts.tsx'
import { Verify } from './secret.tsx'
import { eventNames, filterInWords, stateOf } from './words.ts'

/** Every webhook of the project, and making new ones. */
export function WebhookList() {
  const [round, setRound] = useState(0)
  const { value, failure } = useAnswer(listWebhooks, [round])
  const reload = () => setRound(round + 1)
  if (failure) return <NotLoaded failure={failure} onAgain={reload} />
  if (value === null) return <CardBones lines={6} />
  const slack = value.items.filter(({ type }) => type === 'slack')
  const signed = value.items.filter(({ type }) => type === 'signed')
  const make = (type: WebhookType) =>
    open({ shows: 'dialog', View: () => <WebhookForm type={type} of={null} onClose={close} onDone={reload} /> })
  return (
    <>
      {value.items.map((one) => one.notice && <Notice key={one.id} of={one} />)}
      <Card
        title="Slack"
        what="Tells a channel what people say, a moment after they said it. Of Slack, or of what takes its messages, such as Mattermost, Rocket.Chat and Discord (with /slack after its address)."
        actions={
          slack.length === 0 && (
            <Button icon={Plus} look="outline" onClick={() => make('slack')}>
              Connect Slack
            </Button>
          )
        }
      >
        <Lines of={slack} label="Slack" />
      </Card>
      <Card
        title="Webhooks"
        what="Post what happens to your own server, signed, as Standard Webhooks. What is not taken is sent again for three days."
        actions={
          <Button icon={Plus} look="outline" onClick={() => make('signed')}>
            New webhook
          </Button>
        }
      >
        <Lines of={signed} label="Webhooks" />
        {signed.length > 0 && <Verify />}
      </Card>
    </>
  )
}

function Lines({ of, label }: { of: readonly Webhook[]; label: string }) {
  if (of.length === 0) return <p class="setup-card-empty">None yet.</p>
  return (
    <ul class="setup-lines" aria-label={label}>
      {of.map((one) => (
        <Line key={one.id} of={one} />
      ))}
    </ul>
  )
}

/** One webhook: what it is, how it stands, what of. */
function Line({ of }: { of: Webhook }) {
  const at = { at: 'setup', section: 'webhooks', part: of.id } as const
  const events = of.type === 'slack' ? null : of.events.map((event) => eventNames[event]).join(', ')
  const filter = filterInWords(of.filter, project.value) ?? 'Everything'
  return (
    <li class="hook-line">
      <a class="hook-line-link" href={placeHref(at)} onClick={(event) => followTo(event, at)}>
        <span class="hook-line-name" dir="auto">
          {of.name}
        </span>
        <Mark said={stateOf(of)} />
        <span class="hook-line-url">{of.url}</span>
        <span class="hook-line-what">{[events, filter].filter(Boolean).join(' · ')}</span>
        <span class="hook-line-when">
          <Latest of={of} />
        </span>
      </a>
    </li>
  )
}

/** What of it is worth a look from outside. */
function Latest({ of }: { of: Webhook }) {
  if (of.failed.count > 0) return <span class="tone-bad">{totalInWords(of.failed)} failed</span>
  if (of.off !== null) {
    return (
      <span class="quiet">
        Since <Time at={of.off.at} />
      </span>
    )
  }
  if (of.failingSince !== null) {
    return (
      <span class="quiet">
        First failed <Time at={of.failingSince} />
      </span>
    )
  }
  if (of.lastSuccessAt === null) return <span class="quiet">Nothing sent yet</span>
  return (
    <span class="quiet">
      Delivered <Time at={of.lastSuccessAt} />
    </span>
  )
}
