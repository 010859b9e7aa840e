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
  const isDense = said.length > numberedMax
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
      <ol class={isDense ? 'score-points dense' : 'score-points'}>
        {apart(said, from, until).map(({ id, createdAt, rating, count }) => (
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
              title={pointTitle(rating, createdAt, count)}
              aria-label={pointTitle(rating, createdAt, count)}
              onClick={(event) => follow(event, { item: id })}
            >
              {!isDense && (scale === 'thumbs' ? (rating.value === 1 ? '+' : '−') : rating.value)}
            </a>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** More than these are small points without their number, which stands in the title and at the edges of the scale. */
const numberedMax = 8
/** As many points as stand beside one another. */
const slots = 40

/** The oldest first; of those that would cover each other, the latest alone, with how many they are. */
function apart(said: readonly Rated[], from: number, until: number): (Rated & { count: number })[] {
  const points = new Map<string, Rated & { count: number }>()
  for (const item of said) {
    const slot = Math.round(((Date.parse(item.createdAt) - from) / (until - from || 1)) * slots)
    const key = `${slot} ${item.rating.value}`
    const there = points.get(key)
    if (there) there.count += 1
    else points.set(key, { ...item, count: 1 })
  }
  return [...points.values()].toReversed()
}

function pointTitle(rating: Rating, createdAt: string, count: number): string {
  const others = count > 1 ? `, the latest of ${count}` : ''
  return `${ratingTitle(rating)}, ${moment(createdAt)}${others}`
}
