import { useState } from 'preact/hooks'
import { volumeDimensions, type VolumeSeries, type Volume } from '../../../sdk/wire/index.ts'
import { filters, go, setOptions } from '../address/address.ts'
import { listNames } from '../collector/feedback.ts'
import { readVolume } from '../collector/insight.ts'
import { project } from '../collector/session.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { isolate } from '../controls/isolate.ts'
import { fieldOf, valueLabel } from '../filters/fields.ts'
import { behind } from './behind.ts'
import { Chart } from './chart.tsx'
import { seriesCount } from './plot.ts'
import { by, split } from './state.ts'
import { ChartFailure, ChartSkeleton } from './states.tsx'
import { useNumbers } from './use-numbers.ts'
import { VolumeTable } from './volume-table.tsx'
import { axisLabel, measured, periodInWords } from './words.ts'

/** How much was said, and about what. */
export function VolumeSection() {
  const asked = useNumbers(
    (signal) => readVolume(filters.peek(), by.peek(), split.peek(), signal),
    [[...filters.value], by.value, split.value],
  )
  const { value, failure, isStale, retry } = asked
  return (
    <section class="numbers-part" aria-label="Volume" aria-busy={(value === null && failure === null) || isStale}>
      <div class="numbers-line">
        <h3 class="numbers-title">Volume</h3>
        <span class="spring" />
        <SplitSelect />
      </div>
      {failure && <ChartFailure failure={failure} onRetry={retry} />}
      {!failure && value === null && <ChartSkeleton />}
      {!failure && value && <VolumeChart of={value} />}
    </section>
  )
}

function SplitSelect() {
  const { value: known } = useAnswer(listNames, [])
  const named = (known?.items ?? []).map(({ name }) => name).filter((name) => /^(tag|trait)\./.test(name))
  return (
    <label class="sort">
      <span class="quiet">Split by</span>
      <select
        value={split.value ?? 'none'}
        onChange={(event) => setOptions({ split: event.currentTarget.value }, 'replace')}
      >
        <option value="none">Nothing</option>
        {[...volumeDimensions, ...named].map((name) => (
          <option key={name} value={name}>
            {isolate(name.startsWith('trait.') ? `${fieldOf(name).label} (trait)` : fieldOf(name).label)}
          </option>
        ))}
        {known?.more && <option disabled>More tags were sent than are listed</option>}
      </select>
    </label>
  )
}

function VolumeChart({ of }: { of: Volume }) {
  const [only, setOnly] = useState<string | null>(null)
  const drawn = of.series.length === 0 ? [of.total] : of.series.slice(0, seriesCount)
  const shown = only === null ? drawn : drawn.filter((one) => keyOf(one) === only)
  const title = (series: VolumeSeries) => seriesTitle(of, series)
  const first = of.periods[0]
  if (of.total.counts.every((count) => count === 0)) {
    return <p class="numbers-none">Nothing came in. Choose a longer range, or take away a filter.</p>
  }
  const last = of.periods.at(-1)
  return (
    <div class="numbers-card">
      <Chart
        label={`Items by ${of.by}; the table below holds every number`}
        lines={drawn.map((series) => ({
          name: title(series),
          values: series.counts.map((count) => (shown.includes(series) ? count : null)),
        }))}
        labels={of.periods.map((period) => axisLabel(period, of.by))}
        format={(value) => measured('count', value)}
        range={[0, Infinity]}
        whole
        onPick={(index) => {
          const period = of.periods[index]
          if (period) go({ filters: behind(filters.value, period, of.timeZone), item: null, options: new Map() })
        }}
        about={(index) => (
          <>
            <strong>{of.periods[index] && periodInWords(of.periods[index])}</strong>
            {shown.map((series) => (
              <span key={keyOf(series)}>
                {title(series)}: {series.counts[index]?.toLocaleString()}
              </span>
            ))}
            {of.series.length > 0 && <span class="quiet">All: {of.total.counts[index]?.toLocaleString()}</span>}
          </>
        )}
      />
      {of.series.length > 0 && (
        <div class="series-legend" role="group" aria-label="Show one alone">
          {drawn.map((series, index) => (
            <button
              key={keyOf(series)}
              type="button"
              class="series-name"
              aria-pressed={only === keyOf(series)}
              onClick={() => setOnly(only === keyOf(series) ? null : keyOf(series))}
            >
              <span class={`series-mark series-${index + 1}`} aria-hidden="true" />
              <bdi>{title(series)}</bdi>
            </button>
          ))}
        </div>
      )}
      {last?.partial === true && <p class="numbers-legend">The last {of.by} is not over.</p>}
      {first && last && <VolumeTable of={of} range={{ from: first.from, to: last.to }} titleOf={title} />}
    </div>
  )
}

const keyOf = ({ value }: VolumeSeries): string => (value === null ? '' : `=${value}`)

function seriesTitle({ dimension, series }: Volume, { value }: VolumeSeries): string {
  if (dimension === null) return 'All'
  if (value === null) return series.length > 1 ? 'Others, and none' : 'None'
  return valueLabel(dimension, value, project.value)
}
