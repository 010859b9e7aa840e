import type { Issue, LocalText, NewSurvey, Survey } from '../../../../sdk/wire/index.ts'
import { shapeFaults } from './shape.ts'

/**
 * A survey while it is being made: as it is sent, but for translations that are still empty. Fields that this console
 * does not know stand in it too, and stay.
 */
export type Draft = Omit<NewSurvey, 'version' | 'state'>

/** A draft, or why a text is none. */
export type Reading = { ok: true; draft: Draft } | { ok: false; issues: Issue[] }

/** Reads what stands in the editor. */
export function readDraft(text: string): Reading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'cannot be read'
    return { ok: false, issues: [{ path: '', reason: `This is no JSON: ${reason}.` }] }
  }
  const issues = shapeFaults(value)
  return issues.length > 0 ? { ok: false, issues } : { ok: true, draft: value as Draft }
}

export const asText = (value: object): string => JSON.stringify(value, null, 2)

/** What of a survey is edited. */
export function editable(survey: Survey): Draft {
  const { id, name, language, questions, thanks, targeting } = survey
  return { id, name, language, questions, ...(thanks && { thanks }), ...(targeting && { targeting }) }
}

/** As the collector takes it: a translation that is not written yet is none. */
export function forCollector(draft: Draft): Draft {
  const written = (text: LocalText): LocalText =>
    Object.fromEntries(Object.entries(text).filter(([tag, said]) => tag === draft.language || said.trim() !== ''))
  return {
    ...draft,
    questions: draft.questions.map((question) => ({
      ...question,
      text: written(question.text),
      ...(question.hint && { hint: written(question.hint) }),
      ...(question.low && { low: written(question.low) }),
      ...(question.high && { high: written(question.high) }),
      ...(question.choices && { choices: question.choices.map((one) => ({ ...one, text: written(one.text) })) }),
    })),
    ...(draft.thanks && { thanks: written(draft.thanks) }),
  }
}
