import type { RatingScale, ScorePeriod, Scores } from '../../../sdk/wire/index.ts'
import { filters, go } from '../address/address.ts'
import { behind } from './behind.ts'
import { Chart } from './chart.tsx'
import { Distribution } from './distribution.tsx'
import { NumberLink } from './number-link.tsx'
import { NumbersTable } from './table.tsx'
import {
  axisLabel,
  changeInWords,
  fewAnswers,
  inWords,
  measured,
  periodInWords,
  scaleNames,
  verdictInWords,
} from './words.ts'

/** Where a scale has natural ends, the axis never passes them. */
const ends: Partial<Record<RatingScale, readonly [number, number]>> = {
  nps: [-100, 100],
  csat: [0, 1],
  thumbs: [0, 1],
  ces: [1, 7],
  stars: [1, 5],
}

export function ScoreChart({ of }: { of: Scores }) {
  const { scale, measure, periods, timeZone } = of
  const { name, what } = scaleNames[scale]
  const listed = (period: ScorePeriod) => behind(filters.value, period.period, timeZone, { scale })
  const last = periods.at(-1)
  const range = ends[scale]
  return (
    <div class="numbers-card">
      <p class="numbers-what">
        {what}. One answer a person {of.by === 'day' ? 'a day' : `a ${of.by}`}, the latest.
      </p>
      <Chart
        label={`${name} by ${of.by}; the table below holds every number`}
        lines={[
          {
            name,
            values: periods.map(({ value }) => value),
            band: periods.map(({ interval }) => interval),
            few: periods.map(({ n }) => n < fewAnswers),
          },
        ]}
        labels={periods.map(({ period }) => axisLabel(period, of.by))}
        format={(value) => measured(measure, value)}
        {...(range && { range })}
        onPick={(index) => {
          const picked = periods[index]
          if (picked) go({ filters: listed(picked), item: null, options: new Map() })
        }}
        about={(index) => <About period={periods[index]} of={of} />}
      />
      <p class="numbers-legend">
        <span class="legend-band" aria-hidden="true" /> 95 % interval
        <span class="legend-hollow" aria-hidden="true" /> under {fewAnswers} people
        {last?.period.partial === true && <span>The last {of.by} is not over.</span>}
      </p>
      <Distribution of={of} />
      <NumbersTable
        caption={`${name} by ${of.by}`}
        head={['Period', name, '95 % interval', 'People', 'Answers', 'Against the one before', 'Late']}
        rows={periods.toReversed().map((one) => ({
          key: one.period.from,
          isFew: one.n < fewAnswers,
          cells: [
            `${periodInWords(one.period)}${one.period.partial === true ? ' (not whole)' : ''}`,
            one.value === null ? '' : measured(measure, one.value),
            one.interval === null ? '' : inWords(measure, one.interval),
            one.n.toLocaleString(),
            one.answers === 0 ? (
              '0'
            ) : (
              <NumberLink to={listed(one)} title="Open these answers in the inbox">
                {one.answers.toLocaleString()}
              </NumberLink>
            ),
            one.change?.value == null ? '' : `${changeInWords(measure, one.change)}: ${verdictInWords(one.change)}`,
            one.late === 0 ? '' : one.late.toLocaleString(),
          ],
        }))}
      />
    </div>
  )
}

function About({ period, of: { measure } }: { period: ScorePeriod | undefined; of: Scores }) {
  if (!period) return null
  return (
    <>
      <strong>{periodInWords(period.period)}</strong>
      <span>
        {period.value === null
          ? 'No answers'
          : `${measured(measure, period.value)} (${inWords(measure, period.interval)})`}
      </span>
      <span class="quiet">
        {period.n.toLocaleString()} people
        {period.late > 0 && `, ${period.late.toLocaleString()} late`}
      </span>
    </>
  )
}
