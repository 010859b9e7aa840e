import type { Webhook } from '../../../../sdk/wire/index.ts'
import { project } from '../../collector/session.ts'
import { Time } from '../../controls/time.tsx'
import { totalInWords } from '../../controls/total.ts'
import { MessagePreview } from './preview.tsx'
import { Verify } from './secret.tsx'
import { eventNames, filterInWords } from './words.ts'

/** What a webhook is set to, and how it went. */
export function Facts({ of }: { of: Webhook }) {
  const events = of.events.map((event) => eventNames[event]).join(', ')
  return (
    <>
      <dl class="hook-facts">
        <dt>URL</dt>
        <dd>
          <code>{of.url}</code>
        </dd>
        <dt>Told of</dt>
        <dd>
          {events}. {filterInWords(of.filter, project.value) ?? 'In every environment'}; never spam.
        </dd>
        {of.secretHint !== null && (
          <>
            <dt>Secret</dt>
            <dd>
              <code>{of.secretHint}</code>
              {of.rotatingUntil !== null && (
                <span class="quiet"> The one before signs too until {moment(of.rotatingUntil)}.</span>
              )}
            </dd>
          </>
        )}
        {of.off !== null && (
          <>
            <dt>Off since</dt>
            <dd>
              <Time at={of.off.at} />
            </dd>
          </>
        )}
        <dt>Last delivered</dt>
        <dd>{of.lastSuccessAt === null ? 'Never' : <Time at={of.lastSuccessAt} />}</dd>
        {of.failingSince !== null && (
          <>
            <dt>First failed</dt>
            <dd>
              <Time at={of.failingSince} />
            </dd>
          </>
        )}
        {of.waiting.count > 0 && (
          <>
            <dt>Waiting</dt>
            <dd>{totalInWords(of.waiting)}</dd>
          </>
        )}
      </dl>
      {of.type === 'slack' ? <MessagePreview filter={of.filter} /> : <Verify />}
    </>
  )
}

const moment = (at: string): string =>
  new Date(at).toLocaleString(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' })
