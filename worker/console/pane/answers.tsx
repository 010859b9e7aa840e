import type { SurveyResponse } from '../../../sdk/wire/index.ts'

/** Answers to a survey, by the ids of its questions. */
export function Answers({ survey }: { survey: SurveyResponse }) {
  return (
    <section aria-label="Answers">
      <h3 class="part-title">
        Survey {survey.id}, version {survey.version}
      </h3>
      <dl class="json-object">
        {survey.answers.map(({ question, value }) => (
          <div class="json-line" key={question}>
            <dt>{question}</dt>
            <dd>
              <span class="json" dir="auto">
                {Array.isArray(value) ? value.join(', ') : String(value)}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
