import type { Score, ScorePeriod, Scores } from '../../sdk/wire/insight.ts'
import { ratingScales, type RatingScale } from '../../sdk/wire/submission.ts'
import type { Span, Timeline } from './period.ts'
import { answersIn, change, type Counts, estimate } from './score.ts'

/** How many people gave a value within a range, by the range's place in its list. */
export interface AnswerLine {
  range: number
  value: number
  people: number
  answers: number
  late: number
}

/** An answer that comes this long after its period is over, in ms, is counted beside the number. */
export const lateAfterMs = 86_400_000

/** A range with the instant from which on an answer to it is late. */
export interface AnswerRange {
  from: number
  to: number
  late: number
}

const rangeOf = ({ from, to }: Pick<Span, 'from' | 'to'>): AnswerRange => ({ from, to, late: to + lateAfterMs })

/** What is to be counted for a chart of scores: the periods with the one before them, the whole, the one before that. */
export function scoreRanges({ periods, before, total, previous }: Timeline): AnswerRange[][] {
  return [[before, ...periods].map(rangeOf), [rangeOf(total)], [rangeOf(previous)]]
}

interface Summed {
  score: Score
  counts: Counts
}

function sumUp(scale: RatingScale, lines: readonly AnswerLine[]): Summed {
  const counts = new Map(lines.map(({ value, people }) => [value, people]))
  const { min, max } = ratingScales[scale]
  const values = Array.from({ length: max - min + 1 }, (_, i) => min + i)
  const total = (of: 'answers' | 'late') => lines.reduce((sum, line) => sum + line[of], 0)
  const score = {
    ...estimate(scale, counts),
    n: answersIn(counts),
    answers: total('answers'),
    counts: Object.fromEntries(values.map((value) => [String(value), counts.get(value) ?? 0])),
    late: total('late'),
  }
  return { score, counts }
}

/** Puts a chart together from what was counted in `scoreRanges`. */
export function scoresOf(
  scale: RatingScale,
  { periods, total, previous }: Timeline,
  counted: readonly (readonly AnswerLine[])[],
): Pick<Scores, 'periods' | 'total' | 'previous'> {
  const [byPeriod = [], whole = [], earlier = []] = counted
  const summed = [-1, ...periods.keys()].map((index) =>
    sumUp(
      scale,
      byPeriod.filter(({ range }) => range === index + 1),
    ),
  )
  const [all, past] = [sumUp(scale, whole), sumUp(scale, earlier)]
  const at = ({ period }: Span, { score, counts }: Summed, than: Summed | undefined): ScorePeriod => ({
    period,
    ...score,
    change: than === undefined ? null : change(scale, counts, than.counts),
  })
  return {
    periods: periods.map((span, i) => at(span, summed[i + 1] ?? sumUp(scale, []), summed[i])),
    total: at(total, all, past),
    previous: at(previous, past, undefined),
  }
}
