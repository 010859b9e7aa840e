import { CircleCheck } from 'lucide'
import { useState } from 'preact/hooks'
import { follow, goTo, hrefOf, place } from '../../address/address.ts'
import { readOutcomes } from '../../collector/admission.ts'
import { project } from '../../collector/session.ts'
import { useAnswer } from '../../collector/use-answer.ts'
import { Icon } from '../../controls/icon.tsx'
import { addDays } from '../../controls/moment.ts'
import { Card, CardBones, NotLoaded } from '../card.tsx'
import { QuotaNote } from '../quota-note.tsx'
import { ChartLater } from './chart-later.tsx'
import { DayTable } from './day-table.tsx'
import { Reasons } from './reasons.tsx'
import { countOf, daysOf, groupNames, groups, reasonsOf, spamOf } from './words.ts'

/** What became of everything that was sent. */
export function HealthSection() {
  const [round, setRound] = useState(0)
  const shown = shownNow()
  const { value, failure } = useAnswer((signal) => readOutcomes(shown, signal), [JSON.stringify(shown), round])
  if (failure) return <NotLoaded failure={failure} onAgain={() => setRound(round + 1)} />
  if (value === null) {
    return (
      <Card title="What became of what was sent" actions={<Controls />}>
        <CardBones lines={6} />
      </Card>
    )
  }
  const days = daysOf(value.from, value.to, value.items)
  // What was before anything came is no part of the picture.
  const first = days.findIndex(({ counts }) => groups.some((group) => counts[group] > 0))
  const sent = first === -1 ? [] : days.slice(first)
  const reasons = reasonsOf(value.total)
  return (
    <>
      <QuotaNote of={value.quota} ways={['quota', 'keys']} />
      <Card
        title="What became of what was sent"
        what="By widgets and other senders, each request once. Days are those of UTC, by receipt."
        actions={<Controls />}
      >
        <dl class="health-tiles">
          {groups.map((group) => (
            <div key={group} class={`health-tile ${group}`}>
              <dt>{groupNames[group].name}</dt>
              <dd>
                <b>{countOf(value.total, group).toLocaleString()}</b>
                <span>
                  {groupNames[group].what}
                  {group === 'accepted' && <SetAside count={spamOf(value.total)} environment={value.environment} />}
                </span>
              </dd>
            </div>
          ))}
        </dl>
        {sent.length > 1 && <ChartLater days={sent} />}
        <DayTable days={days} />
      </Card>
      <Card title="Why" what="What was not stored, by reason, and what to do about it.">
        {reasons.length === 0 ? (
          <p class="health-fine">
            <Icon of={CircleCheck} />
            Nothing was refused, and no sender gave anything up.
          </p>
        ) : (
          <Reasons of={reasons} />
        )}
      </Card>
    </>
  )
}

/** How many of what was accepted came into the spam tray, as the way there. */
function SetAside({ count, environment }: { count: number; environment: string }) {
  if (count === 0) return null
  const filters = new Map([['spam', ['only']]])
  if (environment !== 'production') filters.set('environment', [environment])
  const to = { filters, item: null, options: new Map<string, string>() }
  return (
    <>
      {' '}
      <a class="text-button" href={hrefOf(to)} onClick={(event) => follow(event, to)}>
        {count.toLocaleString()} went to Spam
      </a>
    </>
  )
}

const today = (): string => new Date().toISOString().slice(0, 10)

const ranges = { week: 7, month: 30, quarter: 90, year: 365 } as const
const rangeNames = {
  week: 'Last 7 days',
  month: 'Last 30 days',
  quarter: 'Last 90 days',
  year: 'Last 365 days',
} as const
type Range = keyof typeof ranges

/** What the address asks for. */
function shownNow(): Record<string, string> {
  const { value } = place
  return { ...(value.at === 'setup' ? value.show : {}) }
}

function Controls() {
  const shown = shownNow()
  const set = (next: Record<string, string | null>) => {
    const kept = Object.entries({ ...shown, ...next }).filter((entry): entry is [string, string] => entry[1] !== null)
    goTo({ at: 'setup', section: 'health', show: Object.fromEntries(kept) }, {}, 'replace')
  }
  const from = (range: Range) => addDays(today(), 1 - ranges[range])
  const isOwn = shown['from'] !== undefined || shown['to'] !== undefined
  const known = (Object.keys(ranges) as Range[]).find((range) => !shown['to'] && shown['from'] === from(range))
  const range = known ?? (isOwn ? 'own' : 'month')
  return (
    <div class="health-controls">
      <label>
        <span class="hidden-text">Environment</span>
        <select
          class="input"
          value={shown['environment'] ?? 'production'}
          onChange={(event) => set({ environment: event.currentTarget.value })}
        >
          {[...new Set(['production', ...(project.value?.environments ?? [])])].map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <label>
        <span class="hidden-text">Range</span>
        <select
          class="input"
          value={range}
          onChange={(event) => set({ from: from(event.currentTarget.value as Range), to: null })}
        >
          {(Object.keys(ranges) as Range[]).map((one) => (
            <option key={one} value={one}>
              {rangeNames[one]}
            </option>
          ))}
          {range === 'own' && (
            <option value="own">
              {shown['from'] ?? '…'} to {shown['to'] ?? 'today'}
            </option>
          )}
        </select>
      </label>
    </div>
  )
}
