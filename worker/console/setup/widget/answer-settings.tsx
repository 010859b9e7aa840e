import type { RatingScale } from '../../../../sdk/wire/index.ts'
import { Card } from '../card.tsx'
import { Check, Choice, Field, TextField } from '../field.tsx'
import type { WidgetDraft } from './check.ts'
import { edit, errorOf } from './draft.ts'

const scales: Record<RatingScale, string> = {
  stars: 'Stars, 1 to 5',
  thumbs: 'Thumbs up or down',
  csat: 'Satisfaction (CSAT), 1 to 5',
  ces: 'Effort (CES), 1 to 7',
  nps: 'Recommendation (NPS), 0 to 10',
}

/** What is asked beside the words, and what is said after sending. */
export function AnswerSettings({ draft }: { draft: WidgetDraft }) {
  return (
    <Card title="Questions and words">
      <div class="setup-card-fields">
        <Score draft={draft} />
        <Choice
          label="E-mail address"
          value={draft.email}
          choices={[
            ['hidden', 'Not asked'],
            ['optional', 'Optional'],
            ['required', 'Required'],
          ]}
          hint="People who are signed in to your product need not be asked: say who they are in code."
          onChoose={(email) => edit({ email })}
        />
        <Consent draft={draft} />
        <TextField
          label="Privacy page"
          inputMode="url"
          code
          value={draft.privacyUrl ?? ''}
          placeholder="https://example.com/privacy"
          error={errorOf('privacyUrl')}
          hint="Linked at the foot of the form."
          onText={(text) => edit({ privacyUrl: text === '' ? null : text })}
        />
        <TextField
          label="What happens next"
          value={draft.next ?? ''}
          placeholder="Thank you. It arrived and is stored."
          maxLength={200}
          error={errorOf('next')}
          hint="One honest line, said after sending. Left empty, the line above is said in the visitor’s language."
          onText={(text) => edit({ next: text === '' ? null : text })}
        />
      </div>
    </Card>
  )
}

function Score({ draft: { rating } }: { draft: WidgetDraft }) {
  return (
    <>
      <Field label="Score">
        {(ids) => (
          <select
            {...ids}
            class="input"
            value={rating?.scale ?? ''}
            onChange={({ currentTarget: { value } }) =>
              edit({ rating: value === '' ? null : { ...rating, scale: value as RatingScale } })
            }
          >
            <option value="">None</option>
            {Object.entries(scales).map(([scale, words]) => (
              <option key={scale} value={scale}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      {rating && (
        <TextField
          label="Question above the score"
          value={rating.label ?? ''}
          placeholder="How would you rate this?"
          maxLength={100}
          error={errorOf('rating.label')}
          onText={(label) => edit({ rating: label === '' ? { scale: rating.scale } : { ...rating, label } })}
        />
      )}
    </>
  )
}

function Consent({ draft: { mayContact } }: { draft: WidgetDraft }) {
  return (
    <>
      <Check
        label="Ask whether people may be contacted"
        checked={mayContact !== null}
        onCheck={(checked) =>
          edit({ mayContact: checked ? { text: 'You may contact me about this.', version: '1' } : null })
        }
      />
      {mayContact && (
        <div class="setup-indented">
          <TextField
            label="What people agree to"
            value={mayContact.text}
            maxLength={300}
            error={errorOf('mayContact.text')}
            hint="A box that people may tick; nobody has to, and it is never ticked before."
            onText={(text) => edit({ mayContact: { ...mayContact, text } })}
          />
          <TextField
            label="Version of these words"
            value={mayContact.version}
            maxLength={40}
            code
            error={errorOf('mayContact.version')}
            hint="Kept with each answer. Change it whenever you change the words."
            onText={(version) => edit({ mayContact: { ...mayContact, version } })}
          />
        </div>
      )}
    </>
  )
}
