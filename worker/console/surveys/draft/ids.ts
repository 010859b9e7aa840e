import type { SurveyDefinition, SurveyQuestion } from '../../../../sdk/wire/index.ts'
import type { Draft } from './draft.ts'

/**
 * The ids that answers may carry, by question: those of its choices. They are never changed, and never given to
 * something else.
 */
export type KeptIds = ReadonlyMap<string, ReadonlySet<string>>

const longestId = 40
const provisional = /^(question|choice)(-\d+)?$/

/** Every id that a survey's versions ever had. */
export function keptIds(versions: readonly Pick<SurveyDefinition, 'questions'>[]): KeptIds {
  const kept = new Map<string, Set<string>>()
  for (const { id, choices = [] } of versions.flatMap(({ questions }) => questions)) {
    const ids = kept.get(id) ?? new Set()
    for (const choice of choices) ids.add(choice.id)
    kept.set(id, ids)
  }
  return kept
}

/**
 * An id that a person can read in an export; empty where the text has none of its letters.
 *
 * @example idFrom('What is missing?') // 'what-is-missing'
 */
export function idFrom(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (plain.length <= longestId) return plain
  const cut = plain.slice(0, longestId + 1)
  return cut.includes('-') ? cut.slice(0, cut.lastIndexOf('-')) : cut.slice(0, longestId)
}

/** @example freeId('why', new Set(['why'])) // 'why-2' */
export function freeId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`
  return id
}

/** What a new question may not be called. */
export function takenIds({ questions }: Draft, kept: KeptIds): Set<string> {
  return new Set(['end', ...kept.keys(), ...questions.map(({ id }) => id)])
}

/** Gives what is new its id by its text, once; what answers may carry, or what was named before, keeps its own. */
export function settleIds(draft: Draft, kept: KeptIds): Draft {
  let next = draft
  for (const [index, { id, text }] of draft.questions.entries()) {
    const wanted = kept.has(id) || !provisional.test(id) ? '' : idFrom(text[draft.language] ?? '')
    if (wanted !== '') next = renameQuestion(next, index, freeId(wanted, takenIds(next, kept)))
  }
  const questions = next.questions.map((question) => settleChoices(question, draft.language, kept.get(question.id)))
  return questions.some((one, index) => one !== next.questions[index]) ? { ...next, questions } : next
}

/** Renames a question, and the branches that lead to it. */
export function renameQuestion(draft: Draft, index: number, id: string): Draft {
  const before = draft.questions[index]?.id
  const questions = draft.questions.map((question, at) => ({
    ...question,
    ...(at === index && { id }),
    ...(question.next && { next: question.next.map((one) => (one.go === before ? { ...one, go: id } : one)) }),
  }))
  return { ...draft, questions }
}

function settleChoices(question: SurveyQuestion, language: string, kept = new Set() as ReadonlySet<string>) {
  let next = question
  for (const [index, { id, text }] of (question.choices ?? []).entries()) {
    const wanted = kept.has(id) || !provisional.test(id) ? '' : idFrom(text[language] ?? '')
    if (wanted === '') continue
    const taken = new Set([...kept, ...(next.choices ?? []).map((one) => one.id)])
    next = renameChoice(next, index, freeId(wanted, taken))
  }
  return next
}

function renameChoice(question: SurveyQuestion, index: number, id: string): SurveyQuestion {
  const before = question.choices?.[index]?.id
  return {
    ...question,
    ...(question.choices && { choices: question.choices.map((one, at) => (at === index ? { ...one, id } : one)) }),
    ...(question.next && {
      next: question.next.map((one) =>
        one.when.is
          ? { ...one, when: { ...one.when, is: one.when.is.map((value) => (value === before ? id : value)) } }
          : one,
      ),
    }),
  }
}
