import type { LocalText, SurveyQuestion } from '../../../../sdk/wire/index.ts'
import { isLanguage, localTexts } from '../../../../sdk/wire/survey-check.ts'
import type { Draft } from './draft.ts'

/** Languages that the widget itself speaks: its buttons and what its scales mean. */
export const widgetLanguages = ['en', 'ar', 'de', 'es', 'fr', 'he', 'it', 'ja', 'ko', 'nl', 'pl', 'pt', 'tr', 'zh']

/** One text of a survey, beside its translations. */
export interface TextRow {
  /** As the collector names it: `questions[0].choices[1].text`. */
  path: string
  /** @example 'Question 1, choice 2' */
  label: string
  text: LocalText
  isLong: boolean
}

/** Every language that any text stands in, the survey's own first. */
export function languagesOf(draft: Pick<Draft, 'language' | 'questions' | 'thanks'>): string[] {
  const texts = [...localTexts(draft)].flatMap(([, text]) => Object.keys(text))
  return [...new Set([draft.language, ...texts])]
}

export function textRows(draft: Draft): TextRow[] {
  return [...localTexts(draft)].map(([path, text]) => ({
    path,
    label: placeInWords(path),
    text,
    isLong: /^questions\[\d+\]\.text$|^thanks$/.test(path),
  }))
}

const fieldWords: Record<string, string> = {
  text: '',
  hint: 'hint',
  low: 'low end',
  high: 'high end',
  choices: 'choices',
  type: 'type',
  id: 'id',
}

/**
 * Where something is, for somebody who does not program; a language is named unless it is the survey's own.
 *
 * @example placeInWords('questions[0].choices[1].text') // 'Question 1, choice 2'
 */
export function placeInWords(path: string, own = ''): string {
  if (path === '') return ''
  const [, question, choice, rule] =
    /^questions\[(\d+)\](?:\.choices\[(\d+)\])?(?:\.next\[(\d+)\])?/.exec(path)?.map(Number) ?? []
  if (question === undefined || Number.isNaN(question)) return topWords(path)
  const [, text, language] = /\.(text|hint|low|high)(?:\.([\w-]+))?$/.exec(path) ?? []
  const last = text ?? /\.([a-z]+)$/i.exec(path)?.[1] ?? ''
  const field = fieldWords[last] ?? last
  const parts = [`Question ${question + 1}`]
  if (!Number.isNaN(choice)) parts.push(`choice ${Number(choice) + 1}`)
  else if (!Number.isNaN(rule)) parts.push(`branch ${Number(rule) + 1}`)
  else if (field) parts.push(field)
  if (language && language !== own && Number.isNaN(rule)) parts.push(language)
  return parts.join(', ')
}

const topNames: Record<string, string> = {
  name: 'Name',
  id: 'Id',
  language: 'Default language',
  questions: 'Questions',
  thanks: 'Thanks',
  'targeting.paths': 'Pages',
  'targeting.event': 'Event',
  'targeting.tags': 'Tags',
  'targeting.percentage': 'Share of visitors',
  'targeting.delaySeconds': 'Delay',
  'targeting.everyDays': 'How often',
  'targeting.quietDays': 'Quiet days',
}

function topWords(path: string): string {
  const name = Object.keys(topNames).find(
    (one) => path === one || (path.startsWith(one) && /[.[]/.test(path[one.length] ?? '')),
  )
  return name === undefined ? path : (topNames[name] ?? path)
}

export function isMissing(text: LocalText, language: string): boolean {
  return (text[language] ?? '').trim() === ''
}

export function missingIn(draft: Draft, language: string): number {
  return textRows(draft).filter(({ text }) => isMissing(text, language)).length
}

/** A text by what it belongs to, so that it is found again where the order is another. */
function byOwner({ questions, ...rest }: Draft): Map<string, LocalText> {
  const owner = (path: string) =>
    path
      .replace(
        /^questions\[(\d+)\]\.choices\[(\d+)\]/,
        (_, q, c) => `${questions[q]?.id} ${questions[q]?.choices?.[c]?.id}`,
      )
      .replace(/^questions\[(\d+)\]/, (_, q) => `${questions[q]?.id}`)
  return new Map([...localTexts({ ...rest, questions })].map(([path, text]) => [owner(path), text]))
}

/** Places whose words changed in the default language since `before`, while their translation stayed as it was. */
export function outdatedIn(before: Draft, now: Draft, language: string): ReadonlySet<string> {
  const old = byOwner(before)
  const places = [...localTexts(now)].map(([path]) => path)
  const texts = [...byOwner(now)]
  return new Set(
    places.filter((_, index) => {
      const [owner, text] = texts[index] ?? ['', {}]
      const was = old.get(owner)
      if (was === undefined || isMissing(text, language)) return false
      return was[before.language] !== text[now.language] && was[language] === text[language]
    }),
  )
}

/** Whether people who speak it get the survey in it: the widget asks the first question alone. */
export function isSpoken(draft: Draft, language: string): boolean {
  return !isMissing(draft.questions[0]?.text ?? {}, language)
}

/** The tag as it is usually written; null where it is none, or there already. */
export function readLanguage(said: string, draft: Draft): string | null {
  const tag = said.trim()
  if (tag === '' || !isLanguage(tag)) return null
  const [canonical = tag] = Intl.getCanonicalLocales(tag)
  return languagesOf(draft).some((one) => one.toLowerCase() === canonical.toLowerCase()) ? null : canonical
}

/** A language to be written: its texts stand empty until then. */
export function addLanguage(draft: Draft, language: string): Draft {
  const questions = draft.questions.map((question) => ({ ...question, text: { ...question.text, [language]: '' } }))
  return { ...draft, questions }
}

/** Takes every text in a language away. The survey's own cannot go. */
export function removeLanguage(draft: Draft, language: string): Draft {
  if (language === draft.language) return draft
  return mapTexts(draft, (text) => Object.fromEntries(Object.entries(text).filter(([tag]) => tag !== language)))
}

/** The language that people get who speak none of the others. */
export function setDefaultLanguage(draft: Draft, language: string): Draft {
  return { ...draft, language }
}

/** Writes one text in one language, at its place. */
export function translate(draft: Draft, path: string, language: string, said: string): Draft {
  let at = 0
  const paths = [...localTexts(draft)].map(([place]) => place)
  return mapTexts(draft, (text) => (paths[at++] === path ? { ...text, [language]: said } : text))
}

/** In the order of `localTexts`. */
function mapTexts(draft: Draft, of: (text: LocalText) => LocalText): Draft {
  const questions = draft.questions.map((question): SurveyQuestion => ({
    ...question,
    text: of(question.text),
    ...(question.hint && { hint: of(question.hint) }),
    ...(question.low && { low: of(question.low) }),
    ...(question.high && { high: of(question.high) }),
    ...(question.choices && { choices: question.choices.map((choice) => ({ ...choice, text: of(choice.text) })) }),
  }))
  return { ...draft, questions, ...(draft.thanks && { thanks: of(draft.thanks) }) }
}

const rightToLeft = /^(ar|he|iw|fa|ur|yi|ps|sd|ug|dv|ckb)\b/i

export function directionOf(language: string): 'ltr' | 'rtl' {
  return rightToLeft.test(language) ? 'rtl' : 'ltr'
}
