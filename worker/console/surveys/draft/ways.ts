import { isScale, ratingScales, type SurveyQuestion } from '../../../../sdk/wire/index.ts'
import { isChoice } from './types.ts'

/**
 * One kind of answer that branches can tell apart: a score, a choice, nothing, or something written. For several
 * choices at once each stands for the answers made of those choices that no branch before asked for.
 */
type Kind = number | string | null | true

/** A way out of a question. */
export interface Way {
  /** The branch that leads there; null for "otherwise". */
  branch: number | null
  /** A question's place, or null for the end. */
  to: number | null
}

export interface Ways {
  /** By question: the ways that some answer takes. */
  out: Way[][]
  /** Branches that no answer takes, by question. */
  never: number[][]
  /** Whether any way leads to a question. */
  reached: boolean[]
  /** Fewest and most questions that somebody sees. */
  fewest: number
  most: number
}

/**
 * Every way through a survey: from each question the first branch that holds leads on, else the next question. A branch
 * that leads back, or to nothing, is passed over, as the widget does.
 */
export function waysThrough(questions: readonly SurveyQuestion[]): Ways {
  const places = new Map(questions.map(({ id }, index) => [id, index]))
  const found = questions.map((question, index) => waysOut(question, index, questions.length, places))
  const out = found.map(({ ways }) => ways)
  const reached = questions.map((_, index) => index === 0)
  for (const [index, ways] of out.entries()) {
    if (reached[index]) for (const { to } of ways) if (to !== null) reached[to] = true
  }
  const length = (pick: (...lengths: number[]) => number): number => {
    const from: number[] = Array.from({ length: questions.length }, () => 0)
    for (let index = questions.length - 1; index >= 0; index--) {
      const after = (out[index] ?? []).map(({ to }) => (to === null ? 0 : (from[to] ?? 0)))
      from[index] = 1 + pick(...after)
    }
    return from[0] ?? 0
  }
  return { out, never: found.map(({ never }) => never), reached, fewest: length(Math.min), most: length(Math.max) }
}

function waysOut(question: SurveyQuestion, index: number, count: number, places: ReadonlyMap<string, number>) {
  let left = kindsOf(question)
  const ways: Way[] = []
  const never: number[] = []
  for (const [branch, { when, go }] of (question.next ?? []).entries()) {
    const to = go === 'end' ? null : places.get(go)
    if (to === undefined || (to !== null && to <= index)) continue
    const taken = left.filter((kind) => holds(when, kind))
    if (taken.length > 0) ways.push({ branch, to })
    else never.push(branch)
    left = left.filter((kind) => !taken.includes(kind))
  }
  if (left.length > 0) ways.push({ branch: null, to: index + 1 < count ? index + 1 : null })
  return { ways, never }
}

function kindsOf({ type, choices = [], required }: SurveyQuestion): Kind[] {
  const said: Kind[] = isScale(type)
    ? Array.from({ length: ratingScales[type].max - ratingScales[type].min + 1 }, (_, n) => ratingScales[type].min + n)
    : isChoice(type)
      ? choices.map(({ id }) => id)
      : [true]
  return required ? said : [...said, null]
}

type Condition = NonNullable<SurveyQuestion['next']>[number]['when']

function holds({ is, min, max, answered }: Condition, kind: Kind): boolean {
  return (
    (!is || is.some((wanted) => kind !== null && String(wanted) === String(kind))) &&
    (min === undefined || (typeof kind === 'number' && kind >= min)) &&
    (max === undefined || (typeof kind === 'number' && kind <= max)) &&
    (answered === undefined || answered === (kind !== null))
  )
}
