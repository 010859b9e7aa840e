import { type RatingScale, ratingScales, type Scores } from '../../../sdk/wire/index.ts'
import { filters, setOptions } from '../address/address.ts'
import type { Answer } from '../collector/answer.ts'
import { readScores } from '../collector/insight.ts'
import { ScoreChart } from './score-chart.tsx'
import { by, shownScale } from './state.ts'
import { ChartFailure, ChartSkeleton } from './states.tsx'
import { useNumbers } from './use-numbers.ts'
import { changeInWords, fewAnswers, inWords, measured, scaleNames, verdict, verdictInWords } from './words.ts'
import { Verdict } from './verdict.tsx'

const scales = Object.keys(ratingScales) as RatingScale[]

/** Every scale that has an answer, with its number; one of them over time. */
export function ScoresSection() {
  const { value, failure, isStale, retry } = useNumbers(readAll, [[...filters.value], by.value])
  const known = value?.filter(({ total, previous }) => total.n + previous.n > 0) ?? []
  const [first, ...others] = known
  const shown = known.find(({ scale }) => scale === shownScale.value) ?? others.reduce(moreAnswers, first)
  return (
    <section class="numbers-part" aria-label="Scores" aria-busy={(value === null && failure === null) || isStale}>
      <h3 class="numbers-title">Scores</h3>
      <p class="hidden-text" role="status">
        {value !== null && !isStale && !failure && spoken(known)}
      </p>
      {failure && <ChartFailure failure={failure} onRetry={retry} />}
      {!failure && value === null && <ChartSkeleton />}
      {!failure && value !== null && known.length === 0 && (
        <p class="numbers-none">
          Nobody gave a score in this range. Ask for one in the widget’s form, or with a survey; it is counted here a
          moment later.
        </p>
      )}
      {!failure && known.length > 0 && (
        <div class="score-tiles" role="group" aria-label="Scale">
          {known.map((one) => (
            <ScoreTile key={one.scale} of={one} isShown={one === shown} />
          ))}
        </div>
      )}
      {!failure && shown && <ScoreChart key={shown.scale} of={shown} />}
    </section>
  )
}

/** What the tiles say, for whoever changed the range and hears the page. */
const spoken = (known: readonly Scores[]): string =>
  known
    .map(({ scale, measure, total }) => {
      const words = total.value === null ? 'none' : measured(measure, total.value)
      return `${scaleNames[scale].name} ${words}`
    })
    .join(', ') || 'No scores in this range'

const moreAnswers = (most: Scores | undefined, one: Scores): Scores =>
  most && most.total.n >= one.total.n ? most : one

async function readAll(signal: AbortSignal): Promise<Answer<Scores[]>> {
  const answers = await Promise.all(scales.map((scale) => readScores(filters.peek(), scale, by.peek(), signal)))
  const failed = answers.find((answer) => !answer.ok)
  if (failed && !failed.ok) return failed
  return { ok: true, value: answers.flatMap((answer) => (answer.ok ? [answer.value] : [])) }
}

function ScoreTile({ of: { scale, measure, total }, isShown }: { of: Scores; isShown: boolean }) {
  const change = total.change ?? { value: null, interval: null }
  return (
    <button
      type="button"
      class={`score-tile ${total.n < fewAnswers ? 'few' : ''}`}
      aria-pressed={isShown}
      title={scaleNames[scale].what}
      onClick={() => setOptions({ show: scale }, 'replace')}
    >
      <span class="score-name">{scaleNames[scale].name}</span>
      <span class="score-value">{total.value === null ? 'none' : measured(measure, total.value)}</span>
      <span class="score-range">{inWords(measure, total.interval)}</span>
      <span class="score-n">
        {total.n.toLocaleString()} {total.n === 1 ? 'person' : 'people'}
        {total.n < fewAnswers && ', few'}
      </span>
      <span class={`score-change ${verdict(change)}`}>
        <Verdict of={change} />
        {change.value === null ? 'nothing before' : `${changeInWords(measure, change)}: ${verdictInWords(change)}`}
      </span>
    </button>
  )
}
