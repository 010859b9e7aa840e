import type { Issue, SurveyTargeting } from '../../../../sdk/wire/index.ts'
import { limits } from '../../../../sdk/wire/limits.ts'
import { checkSurvey, localTexts } from '../../../../sdk/wire/survey-check.ts'
import { surveyIdForm } from '../../../../sdk/wire/survey.ts'
import { type Draft, forCollector } from './draft.ts'

type Add = (path: string, reason: string) => void

/**
 * What the collector will refuse, as far as it can be known here: told while somebody types. `empty` are places that
 * are not filled in yet; they are no fault until the survey is to be saved.
 */
export function checkDraft(draft: Draft): { faults: Issue[]; empty: Issue[] } {
  const faults: Issue[] = []
  const empty: Issue[] = []
  const add: Add = (path, reason) => faults.push({ path, reason })
  const sent = forCollector(draft)
  if (draft.name.trim() === '') empty.push({ path: 'name', reason: 'is empty' })
  if (draft.name.trim().length > 100) add('name', 'has at most 100 characters')
  if (!surveyIdForm.test(draft.id)) add('id', 'must be lower-case letters, digits and hyphens')
  if (draft.id.length > 60) add('id', 'has at most 60 characters')
  if (draft.questions.length === 0) empty.push({ path: 'questions', reason: 'needs at least one question' })
  if (draft.questions.length > limits.surveyQuestionsMax)
    add('questions', `has more than ${limits.surveyQuestionsMax} questions`)
  for (const [path, text] of localTexts(sent)) {
    for (const [language, said] of Object.entries(text)) {
      const place = `${path}.${language}`
      if (said.trim() === '') empty.push({ path: place, reason: 'is empty' })
      if (said.length > limits.surveyTextMaxChars) add(place, `has at most ${limits.surveyTextMaxChars} characters`)
    }
  }
  for (const [index, question] of draft.questions.entries()) {
    for (const [n, { when }] of (question.next ?? []).entries()) {
      if (when.is?.length === 0) add(`questions[${index}].next[${n}].when.is`, 'is empty, so it never holds')
    }
  }
  checkTargeting(draft.targeting ?? {}, add)
  const bytes = new TextEncoder().encode(JSON.stringify(sent)).length
  if (bytes > limits.surveyMaxBytes)
    add('questions', `the survey has ${bytes} bytes, at most ${limits.surveyMaxBytes} are taken`)
  return { faults: [...faults, ...checkSurvey(sent)], empty }
}

function checkTargeting(targeting: SurveyTargeting, add: Add): void {
  const { paths = [], event, tags = {}, percentage, delaySeconds, everyDays, quietDays } = targeting
  for (const [index, path] of paths.entries()) {
    if (!/^[/*]/.test(path)) add(`targeting.paths[${index}]`, 'must begin with / or *')
  }
  if (event === '') add('targeting.event', 'is empty')
  if (event && event.length > limits.nameMaxChars)
    add('targeting.event', `has at most ${limits.nameMaxChars} characters`)
  for (const [name, values] of Object.entries(tags)) {
    if (values.length === 0) add(`targeting.tags.${name}`, 'needs at least one value, or it fits nobody')
  }
  const between = (name: keyof SurveyTargeting, value: number | null | undefined, min: number, max: number) => {
    if (value == null) return
    if (!(value >= min && value <= max)) add(`targeting.${name}`, `must be ${min} to ${max.toLocaleString('en')}`)
    else if (name.endsWith('Days') && !Number.isInteger(value)) add(`targeting.${name}`, 'must be a whole number')
  }
  between('percentage', percentage, 0, 100)
  between('delaySeconds', delaySeconds, 0, 86_400)
  between('everyDays', everyDays, 1, 3_650)
  between('quietDays', quietDays, 0, 3_650)
}
