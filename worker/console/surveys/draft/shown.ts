import type { SurveyDefinition } from '../../../../sdk/wire/index.ts'
import { type Draft, forCollector } from './draft.ts'
import { isSpoken } from './languages.ts'

/**
 * A draft as its preview gets it, from one question on; null while there is none. Branches only lead forward, so that
 * what is left out is never missed.
 */
export function shownFrom(draft: Draft, from: number, language: string, version: number): SurveyDefinition | null {
  const sent = forCollector(draft)
  const questions = sent.questions.slice(from)
  const [first, ...rest] = questions
  if (!first) return null
  // The widget takes the language of the first question that it gets, which is not the survey's first here.
  const own = first.text[draft.language] ?? ''
  const spoken = isSpoken(draft, language) ? { [language]: own, ...first.text } : first.text
  const { id, thanks } = sent
  return {
    id: id || 'preview',
    version,
    language: draft.language,
    questions: [{ ...first, text: spoken }, ...rest],
    ...(thanks && { thanks }),
  }
}
