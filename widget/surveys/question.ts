import { limits, ratingScales } from '../../sdk/wire/index.ts'
import type { RatingScale, SurveyAnswer, SurveyQuestion } from '../../sdk/wire/index.ts'
import { element } from '../element.ts'
import type { SurveyStrings } from '../strings.ts'
import { draw } from '../form/icons.ts'
import { face, strokes } from './icons.ts'
import type { Words } from './words.ts'

/** One question on screen, built of native fields: `FormData` reads it, the arrow keys move in it. */
export interface QuestionView {
  node: HTMLElement
  /** Takes the focus when the question comes. */
  title: HTMLElement
  /** The answer as it stands, or undefined. */
  read: () => SurveyAnswer['value'] | undefined
}

/** True for the types that one tap answers: a score, or one choice. */
export function isTap({ type }: SurveyQuestion): boolean {
  return type in ratingScales || type === 'single'
}

/** Builds the fields of a question with what was answered before. */
export function questionView(
  question: SurveyQuestion,
  before: SurveyAnswer['value'] | undefined,
  words: Words,
  strings: SurveyStrings,
): QuestionView {
  const { type, text, hint, required, choices = [] } = question
  const written = type === 'short' || type === 'long'
  const title = element('span', { id: 'title', tabIndex: -1 }, words.of(text))
  const note = hint && element('p', { id: 'hint' }, words.of(hint))
  const described = hint ? 'missing hint' : 'missing'
  const had = [before ?? []].flat().map(String)

  if (written) {
    const field = element(type === 'long' ? 'textarea' : 'input', {
      name: 'answer',
      dir: 'auto',
      maxLength: limits.messageMaxChars,
      ariaRequired: String(!!required),
      value: had.join(''),
    })
    field.setAttribute('aria-describedby', described)
    const node = element('label', { className: 'words' }, title, note, field)
    return { node, title, read: () => field.value.trim() || undefined }
  }

  const tick = (value: string | number, properties: Partial<HTMLInputElement>, ...shown: (Node | string)[]) =>
    element(
      'label',
      { className: 'tick' },
      element('input', {
        type: type === 'multiple' ? 'checkbox' : 'radio',
        name: 'answer',
        value: String(value),
        checked: had.includes(String(value)),
        ...properties,
      }),
      ...shown,
    )
  const ticks =
    type in ratingScales
      ? scaleTicks(question, type as RatingScale, words, strings, tick)
      : choices.map(({ id, text }) => tick(id, {}, element('span', null, words.of(text))))
  const node = element(
    'fieldset',
    { className: type },
    element('legend', null, title),
    note,
    element('div', { className: type in ratingScales ? 'scale' : 'choices' }, ...ticks),
    ...scaleEnds(question, words, strings),
  )
  node.setAttribute('aria-describedby', described)
  // A group of radio buttons may be required, a group of boxes may not say so.
  if (type !== 'multiple') {
    node.setAttribute('role', 'radiogroup')
    node.ariaRequired = String(!!required)
  }
  const read = () => {
    const checked = [...node.querySelectorAll<HTMLInputElement>(':checked')].map(({ value }) => value)
    if (checked.length === 0) return undefined
    return type === 'multiple' ? checked : type in ratingScales ? Number(checked[0]) : checked[0]
  }
  return { node, title, read }
}

type Tick = (value: number, properties: Partial<HTMLInputElement>, ...shown: (Node | string)[]) => HTMLElement

function scaleTicks(question: SurveyQuestion, scale: RatingScale, words: Words, strings: SurveyStrings, tick: Tick) {
  const { min, max } = ratingScales[scale]
  const [low, high] = endsOf(question, words, strings)
  const ticks: HTMLElement[] = []
  for (let value: number = min; value <= max; value++) {
    const meaning = value === min ? low : value === max ? high : undefined
    const count = `${value} / ${max}`
    const name = scale === 'thumbs' ? strings[`thumbs${value as 0}`] : meaning ? `${count}, ${meaning}` : count
    const shown =
      scale === 'csat'
        ? draw(face(value))
        : scale in strokes
          ? draw(strokes[scale as 'stars'])
          : element('span', { ariaHidden: 'true' }, String(value))
    ticks.push(tick(value, { ariaLabel: name }, shown))
  }
  return ticks
}

/** What the ends mean, below the scale; the names of the buttons say it too. */
function scaleEnds(question: SurveyQuestion, words: Words, strings: SurveyStrings): HTMLElement[] {
  const [low, high] = endsOf(question, words, strings)
  if (!low && !high) return []
  return [
    element('p', { className: 'ends', ariaHidden: 'true' }, element('span', null, low), element('span', null, high)),
  ]
}

function endsOf({ type, low, high }: SurveyQuestion, words: Words, strings: SurveyStrings) {
  return [words.of(low) ?? strings[`${type as 'nps'}Low`], words.of(high) ?? strings[`${type as 'nps'}High`]]
}
