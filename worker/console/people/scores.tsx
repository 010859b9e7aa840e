import { ratingScales, type Feedback, type Rating, type RatingScale } from '../../../sdk/wire/index.ts'
import { follow, itemHref } from '../address/address.ts'
import { moment } from '../filters/date.ts'
import { bandOf, scaleNames } from '../filters/rating.ts'
import { ratingTitle } from '../inbox/rating.tsx'

type Rated = Feedback & { rating: Rating }

/** Scores over time, a line for each scale, the oldest at the left; each point opens its item. */
export function Scores({ said }: { said: readonly Feedback[] }) {
  const rated = said.filter((item): item is Rated => item.rating !== undefined)
  const scales = [...new Set(rated.map(({ rating }) => rating.scale))]
  if (scales.length === 0) return null
  const times = rated.map(({ createdAt }) => Date.parse(createdAt))
  const [first, last] = [Math.min(...times), Math.max(...times)]
  return (
    <section class="scores" aria-label="Scores over time">
      <h3 class="part-title">Scores over time</h3>
      {scales.map((scale) => (
        <ScaleLine
          key={scale}
          scale={scale}
          said={rated.filter(({ rating }) => rating.scale === scale)}
          from={first}
          until={last}
        />
      ))}
      <p class="scores-days quiet">
        <span>{moment(new Date(first).toISOString().slice(0, 10))}</span>
        {last > first && <span>{moment(new Date(last).toISOString().slice(0, 10))}</span>}
      </p>
    </section>
  )
}

function ScaleLine(props: { scale: RatingScale; said: readonly Rated[]; from: number; until: number }) {
  const { scale, said, from, until } = props
  const { min, max } = ratingScales[scale]
  const share = (value: number, low: number, high: number) => (high === low ? 0.5 : (value - low) / (high - low))
  return (
    <div class="score-line">
      <span class="person-score-name">
        {scaleNames[scale]}
        <span class="quiet">
          {' '}
          {min} to {max}
        </span>
      </span>
      <ol class="score-points">
        {said.toReversed().map(({ id, createdAt, rating }) => (
          <li
            key={id}
            style={{
              left: `${share(Date.parse(createdAt), from, until) * 100}%`,
              bottom: `${share(rating.value, min, max) * 100}%`,
            }}
          >
            <a
              class={`score-point tone-${bandOf(scale, rating.value)?.tone ?? 'plain'}`}
              href={itemHref(id)}
              title={`${ratingTitle(rating)}, ${moment(createdAt)}`}
              aria-label={`${ratingTitle(rating)}, ${moment(createdAt)}`}
              onClick={(event) => follow(event, { item: id })}
            >
              {scale === 'thumbs' ? (rating.value === 1 ? '+' : '−') : rating.value}
            </a>
          </li>
        ))}
      </ol>
    </div>
  )
}
