import type { LocalText, SurveyQuestion } from '../../../../sdk/wire/index.ts'
import { type Draft, forCollector } from './draft.ts'
import { languagesOf } from './languages.ts'
import { whoSees } from './targeting.ts'

/** What saving would change. */
export interface Changes {
  /** True when what is asked changes, so that a new version begins. */
  isVersion: boolean
  /** One sentence each. */
  lines: string[]
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What is different for people and for the team between two states of a survey. */
export function changesBetween(before: Draft, after: Draft, languageName: (tag: string) => string): Changes {
  const [old, next] = [forCollector(before), forCollector(after)]
  const asked = ({ language, questions, thanks }: Draft) => ({ language, questions, thanks })
  const lines = [
    ...questionLines(old, next),
    ...languageLines(old, next, languageName),
    ...(same(old.thanks, next.thanks) ? [] : ['The thanks at the end are worded differently.']),
    ...(same(old.targeting ?? {}, next.targeting ?? {})
      ? []
      : [`Who sees it changes: ${lowerFirst(whoSees(next.targeting))}`]),
    ...(old.name === next.name ? [] : ['Its name in the console changes; people never see it.']),
  ]
  const isVersion = !same(asked(old), asked(next))
  if (lines.length === 0 && !same(old, next)) lines.push('Something that the builder does not show changes.')
  return { isVersion, lines }
}

function questionLines(before: Draft, after: Draft): string[] {
  const old = new Map(before.questions.map((question) => [question.id, question]))
  const kept = new Set(after.questions.map(({ id }) => id))
  const lines: string[] = []
  for (const question of before.questions) {
    if (!kept.has(question.id)) lines.push(`${quoted(question, before.language)} is not asked any more.`)
  }
  for (const question of after.questions) {
    const was = old.get(question.id)
    const name = quoted(question, after.language)
    if (was === undefined) lines.push(`${name} is new.`)
    else lines.push(...differences(was, question, name))
  }
  const order = ({ questions }: Draft) => questions.map(({ id }) => id).filter((id) => old.has(id) && kept.has(id))
  if (!same(order(before), order(after))) lines.push('The questions come in another order.')
  return lines
}

function differences(was: SurveyQuestion, is: SurveyQuestion, name: string): string[] {
  const texts = ({ text, hint, low, high, choices }: SurveyQuestion) =>
    [text, hint, low, high, ...(choices ?? []).map((one) => one.text)] as (LocalText | undefined)[]
  const ids = ({ choices = [] }: SurveyQuestion) => choices.map(({ id }) => id)
  const lines: string[] = []
  if (!same(ids(was), ids(is))) lines.push(`${name} offers other choices.`)
  else if (!same(texts(was), texts(is))) lines.push(`${name} is worded differently or translated.`)
  if (was.type !== is.type) lines.push(`${name} asks for another kind of answer.`)
  if (!!was.required !== !!is.required)
    lines.push(is.required ? `${name} must be answered.` : `${name} may be skipped.`)
  if (!same(was.next ?? [], is.next ?? [])) lines.push(`${name} leads on differently.`)
  return lines
}

function languageLines(before: Draft, after: Draft, languageName: (tag: string) => string): string[] {
  const [old, next] = [languagesOf(before), languagesOf(after)]
  return [
    ...next.filter((tag) => !old.includes(tag)).map((tag) => `It can be read in ${languageName(tag)}.`),
    ...old.filter((tag) => !next.includes(tag)).map((tag) => `It is not shown in ${languageName(tag)} any more.`),
    ...(before.language === after.language ? [] : [`Its default language is ${languageName(after.language)}.`]),
  ]
}

const quoted = ({ text, id }: SurveyQuestion, language: string): string => `“${text[language] || id}”`
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
