import { useEffect, useState } from 'preact/hooks'
import type {
  LocalText,
  SurveyAnswer,
  SurveyDefinition,
  SurveyHistory,
  SurveyResponse,
} from '../../../sdk/wire/index.ts'
import { knownSurvey } from '../collector/surveys.ts'

/** Answers to a survey, in the words of the version that was on screen; by ids where the survey is no longer known. */
export function Answers({ survey }: { survey: SurveyResponse }) {
  const [history, setHistory] = useState<SurveyHistory | null>(null)
  useEffect(() => {
    let isCurrent = true
    setHistory(null)
    void knownSurvey(survey.id).then((found) => isCurrent && setHistory(found))
    return () => {
      isCurrent = false
    }
  }, [survey.id])
  const definition = history?.versions.find(({ version }) => version === survey.version)
  return (
    <section aria-label="Answers">
      <h3 class="part-title">
        Survey <bdi>{history?.name ?? survey.id}</bdi>, version {survey.version}
      </h3>
      <dl class="answers">
        {survey.answers.map((answer) => (
          <div class="answer" key={answer.question}>
            <dt title={answer.question} dir="auto">
              {questionText(definition, answer.question)}
            </dt>
            <dd dir="auto">{answerText(definition, answer)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function questionText(definition: SurveyDefinition | undefined, id: string): string {
  const question = definition?.questions.find((one) => one.id === id)
  return question && definition ? textIn(question.text, definition.language) : id
}

function answerText(definition: SurveyDefinition | undefined, { question: id, value }: SurveyAnswer): string {
  const question = definition?.questions.find((one) => one.id === id)
  const choiceText = (key: string) => {
    const choice = question?.choices?.find((one) => one.id === key)
    return choice && definition ? textIn(choice.text, definition.language) : key
  }
  if (Array.isArray(value)) return value.map(choiceText).join(', ')
  return typeof value === 'string' ? choiceText(value) : String(value)
}

/** In a language of the reader's, else in the survey's own. */
function textIn(text: LocalText, language: string): string {
  const wanted = [...navigator.languages.flatMap((one) => [one, one.split('-')[0] ?? one]), language]
  const found = wanted.find((one) => Object.hasOwn(text, one))
  return (found === undefined ? undefined : text[found]) ?? ''
}
