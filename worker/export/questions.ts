import type { Feedback, KnownName, LocalText, SurveyDefinition, SurveyQuestion } from '../../sdk/wire/index.ts'
import { type Cell, cellOf, type Column } from './column.ts'

/** Columns of questions beyond this many go into the column of JSON: spreadsheets have 16,384 columns in all. */
const questionColumnsMax = 2_000

/** A question as some version of a survey asks it. */
export interface KnownQuestion {
  survey: string
  question: SurveyQuestion
  /** In the survey's own language, as it was asked last. */
  text: string
}

/** Every question that any version of these surveys asks, each once, the newest wording of it. */
export function questionsOf(versions: readonly SurveyDefinition[]): KnownQuestion[] {
  const known = new Map<string, KnownQuestion>()
  for (const { id, language, questions } of versions) {
    for (const question of questions) {
      const key = answerKey(id, question.id)
      if (!known.has(key)) known.set(key, { survey: id, question, text: textOf(question.text, language) })
    }
  }
  return [...known.values()]
}

/** The text of a language, on one line. */
export const textOf = (text: LocalText, language: string): string =>
  (text[language] ?? Object.values(text)[0] ?? '').replace(/\s+/g, ' ').trim()

/** A survey's id has no dot, so that two questions never share a key. */
const answerKey = (survey: string, question: string): string => `answer.${survey}.${question}`

/** The columns of answers. */
export interface QuestionColumns {
  /** One for each question of each survey. */
  shown: Column[]
  /** One for each id of a question, whatever the survey, for whoever asks for it. Shown where no known survey asks it. */
  byId: Column[]
  /** The answers that no shown column has: those to a deleted survey whose ids another one uses, and the like. */
  rest: (item: Feedback) => Record<string, unknown>
}

/**
 * Makes the columns of answers, in the shape `wide`. Two surveys may use one id for different questions, so each question
 * of each survey has a column of its own.
 */
export function questionColumns(
  catalogue: readonly KnownName[],
  versions: readonly SurveyDefinition[],
): QuestionColumns {
  const known = questionsOf(versions)
  const asked = known.slice(0, questionColumnsMax)
  const ids = new Set(known.map(({ question }) => question.id))
  const byId = catalogue.filter(({ name }) => name.startsWith('question.')).map(idColumn)
  const unasked = byId.filter(({ key }) => !ids.has(key.slice('question.'.length)))
  const shown = [...asked.map(questionColumn), ...unasked.slice(0, questionColumnsMax - asked.length)]
  const keys = new Set(shown.map(({ key }) => key))
  return {
    shown,
    byId,
    rest: ({ survey }) => {
      if (survey === undefined) return {}
      const ids = survey.answers.map(({ question }) => question)
      const hasColumn = (id: string) => keys.has(answerKey(survey.id, id)) || keys.has(`question.${id}`)
      // A column holds the first answer to a question; nobody keeps a sender from giving two.
      const left = survey.answers.filter(({ question }, i) => !hasColumn(question) || ids.indexOf(question) !== i)
      return Object.fromEntries(left.map(({ question, value }) => [`question.${question}`, value]))
    },
  }
}

const questionColumn = ({ survey, question, text }: KnownQuestion): Column => ({
  key: answerKey(survey, question.id),
  header: `Question: ${text} (${survey}.${question.id})`,
  group: 'question',
  cell: (item) => (item.survey?.id === survey ? answerTo(item, question.id) : undefined),
  width: question.type === 'long' ? 40 : 16,
})

function idColumn({ name }: KnownName): Column {
  const id = name.slice('question.'.length)
  return { key: name, header: `Question: ${id}`, group: 'question', cell: (item) => answerTo(item, id) }
}

function answerTo({ survey }: Feedback, question: string): Cell {
  for (const answer of survey?.answers ?? []) if (answer.question === question) return cellOf(answer.value)
  return undefined
}
