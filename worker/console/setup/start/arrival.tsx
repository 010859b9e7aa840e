import { CircleCheck, Radio } from 'lucide'
import { useEffect, useMemo } from 'preact/hooks'
import type { Feedback, Key } from '../../../../sdk/wire/index.ts'
import { follow, hrefOf } from '../../address/address.ts'
import { explain } from '../../collector/answer.ts'
import { Button } from '../../controls/button.tsx'
import { Icon } from '../../controls/icon.tsx'
import { Time } from '../../controls/time.tsx'
import { loadCounts } from '../../inbox/counts.ts'
import { KindMark } from '../../inbox/kind.tsx'
import { Help } from './help.tsx'
import type { Way } from './snippets.ts'
import { watch } from './watch.ts'

interface Props {
  environment: string
  way: Way
  publishableKey: Key | null
}

/** After so many looks without anything, what to check is opened by itself: about a minute. */
const patience = 12

/** Waits for what comes next, and shows it when it is there. */
export function Arrival({ environment, way, publishableKey }: Props) {
  const watching = useMemo(() => watch(environment), [environment])
  useEffect(() => watching.stop, [watching])
  const { before, arrived, failure, asked } = watching.state.value
  useEffect(() => {
    if (arrived) void loadCounts()
  }, [arrived?.id])
  const problem = failure && explain(failure)
  return (
    <>
      <p class="setup-card-what">Open a page of yours, click the button in its corner, write a word and send it.</p>
      <div class={arrived ? 'arrival there' : 'arrival'}>
        <p class="arrival-title" role="status">
          <Icon of={arrived ? CircleCheck : Radio} class={arrived ? 'tone-good' : 'setup-listening'} />
          {arrived
            ? 'It arrived. Everything works.'
            : problem
              ? `${problem.what} It is tried again by itself.`
              : `Waiting for feedback from ${environment}`}
        </p>
        {!arrived && (
          <Button look="outline" onClick={watching.now}>
            Look now
          </Button>
        )}
        {arrived && <Said item={arrived} environment={environment} />}
      </div>
      {!arrived && before && (
        <div class="arrival-before">
          <p class="setup-card-what">
            The latest so far came <Time at={before.receivedAt} />:
          </p>
          <Said item={before} environment={environment} />
        </div>
      )}
      {!arrived && <Help way={way} publishableKey={publishableKey} isOpen={asked > patience} />}
    </>
  )
}

/** What somebody said, as a link to it. */
function Said({ item, environment }: { item: Feedback; environment: string }) {
  const view = {
    filters: new Map<string, string[]>([
      ...(environment === 'production' ? [] : [['environment', [environment]] as [string, string[]]]),
      ...(item.spam ? [['spam', ['only']] as [string, string[]]] : []),
    ]),
    item: item.id,
    options: new Map<string, string>(),
  }
  return (
    <a class="arrival-item" href={hrefOf(view)} onClick={(event) => follow(event, view)}>
      <span class="arrival-words" dir="auto">
        {item.message || 'No words, a score only'}
      </span>
      <span class="arrival-facts">
        <KindMark of={item.kind} />
        {item.page?.url && <span class="arrival-page">{item.page.url}</span>}
        {item.spam && <span class="tone-notice">in the spam tray</span>}
        <Time at={item.receivedAt} />
      </span>
      <span class="arrival-open">Open it</span>
    </a>
  )
}
