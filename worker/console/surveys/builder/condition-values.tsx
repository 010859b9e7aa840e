import { type BranchCondition, isScale, ratingScales, type SurveyQuestion } from '../../../../sdk/wire/index.ts'
import { type Sentence, valuesOf } from '../draft/conditions.ts'

interface ConditionValuesProps {
  question: SurveyQuestion
  when: BranchCondition
  sentence: Sentence
  language: string
  onChange: (when: BranchCondition) => void
}

/** The part of a branch's sentence that says which scores or choices. */
export function ConditionValues({ question, when, sentence, language, onChange }: ConditionValuesProps) {
  const bound = (name: 'min' | 'max', label: string) => (
    <ScoreSelect
      question={question}
      label={label}
      value={when[name]}
      onChange={(n) => onChange({ ...when, [name]: n })}
    />
  )
  switch (sentence) {
    case 'atMost':
      return bound('max', 'Highest score')
    case 'atLeast':
      return bound('min', 'Lowest score')
    case 'between':
      return (
        <>
          {bound('min', 'Lowest score')}
          <span>and</span>
          {bound('max', 'Highest score')}
        </>
      )
    case 'oneOf':
      return <OneOf question={question} is={when.is ?? []} language={language} onChange={(is) => onChange({ is })} />
    case 'answered':
    case 'unanswered':
    case 'always':
    case 'other':
      return null
  }
}

interface ScoreSelectProps {
  question: SurveyQuestion
  label: string
  value: number | undefined
  onChange: (value: number) => void
}

function ScoreSelect({ question, label, value, onChange }: ScoreSelectProps) {
  const { min, max } = isScale(question.type) ? ratingScales[question.type] : { min: 0, max: 0 }
  const scores = Array.from({ length: max - min + 1 }, (_, n) => min + n)
  return (
    <select
      class="input"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
    >
      {scores.map((score) => (
        <option key={score} value={score}>
          {score}
        </option>
      ))}
    </select>
  )
}

interface OneOfProps {
  question: SurveyQuestion
  is: readonly (string | number)[]
  language: string
  onChange: (is: (string | number)[]) => void
}

/** Each value on or off. */
function OneOf({ question, is, language, onChange }: OneOfProps) {
  return (
    <span class="one-of" role="group" aria-label="Which ones">
      {valuesOf(question, language).map(({ value, label }) => (
        <label key={value} class="one-of-value">
          <input
            type="checkbox"
            class="hidden-text"
            checked={is.includes(value)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...is, value] : is.filter((one) => one !== value))
            }
          />
          <span dir="auto">{label}</span>
        </label>
      ))}
    </span>
  )
}
