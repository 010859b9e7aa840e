import { limits } from './limits.ts'
import type { Issue } from './problem.ts'
import { isScale, ratingScales } from './submission.ts'
import type { LocalText, SurveyDefinition, SurveyQuestion } from './survey.ts'

/** What decides whether a survey can be answered. */
type Asked = Pick<SurveyDefinition, 'language' | 'questions' | 'thanks'>

/**
 * What a survey's form alone cannot tell: that every text has the survey's language, that ids are unique, that choices
 * stand where they are needed, and that every branch leads forward to something that exists. Answers with every fault at
 * its place. The collector refuses by it, and whoever writes a survey is told by it before.
 */
export function checkSurvey(survey: Asked): Issue[] {
  const issues: Issue[] = []
  const add = (path: string, reason: string) => issues.push({ path, reason })
  if (!isLanguage(survey.language)) add('language', 'is no BCP 47 language, such as en or pt-BR')
  for (const [path, text] of localTexts(survey)) {
    const bad = Object.keys(text).find((language) => !isLanguage(language))
    if (bad !== undefined) add(path, `'${bad}' is no BCP 47 language, such as en or pt-BR`)
    if (!Object.hasOwn(text, survey.language)) add(path, `has no text in the survey’s own language, ${survey.language}`)
  }
  const ids = survey.questions.map(({ id }) => id)
  for (const [index, question] of survey.questions.entries()) {
    const at = `questions[${index}]`
    if (question.id === 'end') add(`${at}.id`, "must not be 'end', which branches use for the end")
    if (ids.indexOf(question.id) < index) add(`${at}.id`, `'${question.id}' stands twice`)
    checkChoices(question, at, add)
    checkEnds(question, at, add)
    checkBranches(question, at, ids, index, add)
  }
  return issues
}

type Add = (path: string, reason: string) => void

/** Whether this is a BCP 47 tag by its form. */
export function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    // Not well-formed.
    return false
  }
}

const isChoice = ({ type }: SurveyQuestion): boolean => type === 'single' || type === 'multiple'
const scaleOf = ({ type }: SurveyQuestion) => (isScale(type) ? ratingScales[type] : null)

function checkChoices(question: SurveyQuestion, at: string, add: Add): void {
  const choices = question.choices ?? []
  if (!isChoice(question)) {
    if (choices.length > 0) add(`${at}.choices`, `is for single and multiple only, not for ${question.type}`)
    return
  }
  if (choices.length < 2) add(`${at}.choices`, 'needs at least two choices')
  if (choices.length > limits.surveyChoicesMax) add(`${at}.choices`, `has more than ${limits.surveyChoicesMax} choices`)
  const seen = new Set<string>()
  for (const [index, { id }] of choices.entries()) {
    if (seen.has(id)) add(`${at}.choices[${index}].id`, `'${id}' stands twice`)
    seen.add(id)
  }
}

function checkEnds(question: SurveyQuestion, at: string, add: Add): void {
  if (scaleOf(question) !== null) return
  for (const end of ['low', 'high'] as const) {
    if (question[end] !== undefined) add(`${at}.${end}`, `is for scales only, not for ${question.type}`)
  }
}

function checkBranches(question: SurveyQuestion, at: string, ids: readonly string[], index: number, add: Add): void {
  for (const [i, { when, go }] of (question.next ?? []).entries()) {
    const place = `${at}.next[${i}]`
    if (go !== 'end' && !ids.includes(go)) add(`${place}.go`, `no question has the id '${go}'`)
    else if (go !== 'end' && ids.indexOf(go) <= index)
      add(`${place}.go`, `'${go}' does not come later: go forward only`)
    const scale = scaleOf(question)
    for (const bound of ['min', 'max'] as const) {
      const value = when[bound]
      if (value === undefined) continue
      if (scale === null) add(`${place}.when.${bound}`, `is for scales only, not for ${question.type}`)
      else if (value < scale.min || value > scale.max) {
        add(`${place}.when.${bound}`, `is outside of the scale, ${scale.min} to ${scale.max}`)
      }
    }
    if (when.min !== undefined && when.max !== undefined && when.min > when.max) {
      add(`${place}.when.min`, 'is above max, so it never holds')
    }
    for (const [n, value] of (when.is ?? []).entries()) checkValue(question, value, `${place}.when.is[${n}]`, add)
  }
}

function checkValue(question: SurveyQuestion, value: string | number, place: string, add: Add): void {
  const scale = scaleOf(question)
  if (scale !== null) {
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= scale.min && value <= scale.max
    if (!fits) add(place, `is no whole number from ${scale.min} to ${scale.max}`)
  } else if (isChoice(question)) {
    const known = (question.choices ?? []).some(({ id }) => id === value)
    if (!known) add(place, `no choice of this question has the id '${value}'`)
  } else add(place, `cannot be asked of ${question.type}: use answered`)
}

/** Every text of a survey, with its place. */
export function* localTexts(survey: Asked): Generator<[path: string, text: LocalText]> {
  for (const [index, question] of survey.questions.entries()) {
    const at = `questions[${index}]`
    yield [`${at}.text`, question.text]
    for (const name of ['hint', 'low', 'high'] as const) {
      const text = question[name]
      if (text !== undefined) yield [`${at}.${name}`, text]
    }
    for (const [i, choice] of (question.choices ?? []).entries()) yield [`${at}.choices[${i}].text`, choice.text]
  }
  if (survey.thanks !== undefined) yield ['thanks', survey.thanks]
}
