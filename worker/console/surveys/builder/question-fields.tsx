import type { QuestionType, SurveyQuestion } from '../../../../sdk/wire/index.ts'
import { isScale, questionTypes } from '../../../../sdk/wire/index.ts'
import type { Draft } from '../draft/draft.ts'
import { setOptionalText, setQuestion } from '../draft/questions.ts'
import { isChoice, typeWords, usualEnds } from '../draft/types.ts'
import type { Ways } from '../draft/ways.ts'
import { change, kept } from '../workbench.ts'
import { BranchFields } from './branch-fields.tsx'
import { ChoiceFields } from './choice-fields.tsx'
import { Editable } from './editable.tsx'
import { Field, TextField } from './field.tsx'

interface FieldsProps {
  draft: Draft
  question: SurveyQuestion
  index: number
  ways: Ways
  onType: (type: QuestionType) => void
}

/** Everything about one question. */
export function QuestionFields({ draft, question, index, ways, onType }: FieldsProps) {
  const { language } = draft
  const at = `questions[${index}]`
  const optional = (name: 'hint' | 'low' | 'high') => (said: string) =>
    change((before) => setOptionalText(before, index, name, language, said))
  const set = (patch: Partial<SurveyQuestion>) => change((before) => setQuestion(before, index, patch))
  const [low = 'nothing', high = 'nothing'] = usualEnds[question.type] ?? []
  return (
    <Editable label={`Question ${index + 1}`} class="question-fields">
      <TextField
        label="Question"
        path={`${at}.text`}
        language={language}
        value={question.text[language] ?? ''}
        isLong
        onInput={(said) => set({ text: { ...question.text, [language]: said } })}
      />
      <Field label="Kind of answer" paths={[`${at}.type`]} hint={typeWords[question.type].about}>
        {(attributes) => (
          <select
            {...attributes}
            class="input"
            value={question.type}
            onChange={(event) => {
              const type = questionTypes.find((one) => one === event.currentTarget.value)
              if (type) onType(type)
            }}
          >
            {questionTypes.map((type) => (
              <option key={type} value={type}>
                {typeWords[type].name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {isChoice(question.type) && <ChoiceFields question={question} index={index} language={language} />}
      {isScale(question.type) && question.type !== 'thumbs' && (
        <div class="field-pair">
          <TextField
            label="Words at the low end"
            path={`${at}.low`}
            language={language}
            value={question.low?.[language] ?? ''}
            placeholder={low}
            onInput={optional('low')}
          />
          <TextField
            label="Words at the high end"
            path={`${at}.high`}
            language={language}
            value={question.high?.[language] ?? ''}
            placeholder={high}
            onInput={optional('high')}
          />
        </div>
      )}
      <TextField
        label="Hint below the question (optional)"
        path={`${at}.hint`}
        language={language}
        value={question.hint?.[language] ?? ''}
        onInput={optional('hint')}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={question.required ?? false}
          onChange={(event) => set({ required: event.currentTarget.checked })}
        />
        <span>Must be answered</span>
        <span class="quiet">Otherwise people may skip it.</span>
      </label>
      <BranchFields draft={draft} question={question} index={index} ways={ways} />
      <p class="field-hint question-id">
        {kept.value.has(question.id) ? (
          <>
            Answers and exports know it as <code data-path={`${at}.id`}>{question.id}</code>, whatever it says.
          </>
        ) : (
          <span data-path={`${at}.id`}>
            Its id in answers and exports is made from its text once, when it is saved.
          </span>
        )}
      </p>
    </Editable>
  )
}
