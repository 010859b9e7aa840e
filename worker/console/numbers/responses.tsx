import { useEffect, useRef } from 'preact/hooks'
import type { ResponseRate, Survey } from '../../../sdk/wire/index.ts'
import { filters, go, option, setFilters } from '../address/address.ts'
import { withFilter } from '../address/view.ts'
import { readResponses, responseFilters } from '../collector/insight.ts'
import { listSurveys } from '../collector/surveys.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { isolate } from '../controls/isolate.ts'
import { behind } from './behind.ts'
import { Chart } from './chart.tsx'
import { NumberLink } from './number-link.tsx'
import { by } from './state.ts'
import { ChartFailure, ChartSkeleton } from './states.tsx'
import { NumbersTable } from './table.tsx'
import { useNumbers } from './use-numbers.ts'
import { axisLabel, fewAnswers, inWords, measured, periodInWords } from './words.ts'

/** How many of those who saw a survey answered it. */
export function ResponsesSection() {
  const { value: listed } = useAnswer(listSurveys, [])
  const surveys = listed?.items ?? []
  const [wanted] = filters.value.get('survey') ?? []
  const survey = surveys.find(({ id }) => id === wanted) ?? surveys[0]
  const place = useRef<HTMLElement>(null)
  const isAsked = option('show') === 'responses'
  const isThere = survey !== undefined
  useEffect(() => {
    if (isAsked && isThere) place.current?.scrollIntoView()
  }, [isAsked, isThere])
  if (!survey) return null
  return (
    <section class="numbers-part" aria-label="Survey responses" ref={place}>
      <div class="numbers-line">
        <h3 class="numbers-title">Survey responses</h3>
        <span class="spring" />
        <SurveySelect surveys={surveys} chosen={survey} />
      </div>
      <Rate survey={survey} />
    </section>
  )
}

function SurveySelect({ surveys, chosen }: { surveys: readonly Survey[]; chosen: Survey }) {
  return (
    <label class="sort">
      <span class="quiet">Survey</span>
      <select
        value={chosen.id}
        onChange={(event) => setFilters(withFilter(filters.value, 'survey', [event.currentTarget.value]), 'replace')}
      >
        {surveys.map(({ id, name }) => (
          <option key={id} value={id} dir="auto">
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

function Rate({ survey }: { survey: Survey }) {
  const { value, failure, retry } = useNumbers(
    (signal) => readResponses(filters.peek(), survey.id, by.peek(), signal),
    [survey.id, [...filters.value], by.value],
  )
  if (failure) return <ChartFailure failure={failure} onRetry={retry} />
  return value === null ? <ChartSkeleton /> : <RateChart of={value} name={survey.name} />
}

function RateChart({ of, name }: { of: ResponseRate; name: string }) {
  const { periods, total, timeZone } = of
  // What displays cannot be narrowed by is left out of the link too, so that it lists what was counted.
  const kept = new Map([...filters.value].filter(([filter]) => responseFilters.includes(filter)))
  const listed = (period: (typeof periods)[number]) => behind(kept, period.period, timeZone, { survey: of.survey })
  const isNarrowed = [...filters.value.keys()].some((one) => !responseFilters.includes(one) && one !== 'survey')
  return (
    <div class="numbers-card">
      <p class="numbers-what">
        {total.value === null
          ? `${total.displays.toLocaleString()} displays, ${total.responses.toLocaleString()} responses.`
          : `${measured('share', total.value)} of ${total.displays.toLocaleString()} displays were answered (${inWords('share', total.interval)}).`}
        {isNarrowed && ' Displays are counted by day and environment alone; other filters do not narrow these numbers.'}
      </p>
      <Chart
        label={`Response rate of ${name} by ${of.by}; the table below holds every number`}
        lines={[
          {
            name: 'Response rate',
            values: periods.map(({ value }) => value),
            band: periods.map(({ interval }) => interval),
            few: periods.map(({ displays }) => displays < fewAnswers),
          },
        ]}
        labels={periods.map(({ period }) => axisLabel(period, of.by))}
        format={(value) => measured('share', value)}
        range={[0, 1]}
        height={180}
        onPick={(index) => {
          const picked = periods[index]
          if (picked) go({ filters: listed(picked), item: null, options: new Map() })
        }}
        about={(index) => {
          const one = periods[index]
          return (
            one && (
              <>
                <strong>{periodInWords(one.period)}</strong>
                <span>
                  {one.value === null
                    ? 'No rate'
                    : `${measured('share', one.value)} (${inWords('share', one.interval)})`}
                </span>
                <span class="quiet">
                  {one.responses.toLocaleString()} of {one.displays.toLocaleString()}
                </span>
              </>
            )
          )
        }}
      />
      <NumbersTable
        caption={isolate(`Response rate of ${name} by ${of.by}`)}
        head={['Period', 'Rate', '95 % interval', 'Responses', 'Displays']}
        rows={periods.toReversed().map((one) => ({
          key: one.period.from,
          isFew: one.displays < fewAnswers,
          cells: [
            periodInWords(one.period),
            one.value === null ? '' : measured('share', one.value),
            one.interval === null ? '' : inWords('share', one.interval),
            one.responses === 0 ? (
              '0'
            ) : (
              <NumberLink to={listed(one)} title="Open these responses in the inbox">
                {one.responses.toLocaleString()}
              </NumberLink>
            ),
            one.displays.toLocaleString(),
          ],
        }))}
      />
    </div>
  )
}
