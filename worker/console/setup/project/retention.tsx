import { useState } from 'preact/hooks'
import { limits, type Retention as Rule, type RetentionPreview } from '../../../../sdk/wire/index.ts'
import { ask } from '../../actions/overlay.ts'
import { readRetention } from '../../collector/project.ts'
import { isAdmin, project } from '../../collector/session.ts'
import { useAnswer } from '../../collector/use-answer.ts'
import { Button } from '../../controls/button.tsx'
import { plural } from '../../controls/total.ts'
import { Card } from '../card.tsx'
import { Choice, TextField } from '../field.tsx'
import { daysIn, retentionInWords } from './retention-words.ts'
import { change } from './settings.ts'

/** How long what people said is kept, and what of it stays. */
export function Retention() {
  const rule = project.value?.retention ?? null
  return (
    <Card
      title="Retention"
      what="How long what people said is kept, counted from when they said it. It is looked after every hour."
    >
      <p class="retention-now">{retentionInWords(rule)}</p>
      {isAdmin.value && <RetentionForm key={JSON.stringify(rule)} rule={rule} />}
    </Card>
  )
}

function RetentionForm({ rule }: { rule: Rule | null }) {
  const [isLimited, setLimited] = useState(rule !== null)
  const [text, setText] = useState(String(rule?.days ?? 365))
  const [keep, setKeep] = useState<Rule['keep']>(rule?.keep ?? 'scores')
  const days = daysIn(text)
  const wanted: Rule | null = isLimited && days !== null ? { days, keep } : null
  const isChanged = isLimited ? days !== rule?.days || keep !== rule?.keep : rule !== null
  const { value: preview, failure } = useAnswer(
    (signal) => (wanted && isChanged ? readRetention(wanted, signal) : null),
    [isLimited, days, keep, isChanged],
  )
  const isReady = isChanged && (!isLimited || days !== null)
  const isCurrent = preview?.days === days && preview?.keep === keep
  const save = (event: Event) => {
    event.preventDefault()
    if (!isReady) return
    const store = () => void change(() => ({ retention: wanted }), 'Saved.')
    if (wanted === null) store()
    else askFirst(wanted, isCurrent ? preview : null, store)
  }
  return (
    <form class="setup-card-fields" onSubmit={save}>
      <Choice
        label="Keep feedback"
        value={isLimited ? 'limited' : 'forever'}
        choices={[
          ['forever', 'For ever'],
          ['limited', 'For a time'],
        ]}
        onChoose={(next) => setLimited(next === 'limited')}
      />
      {isLimited && (
        <>
          <div class="retention-days">
            <TextField
              label="Days"
              value={text}
              maxLength={6}
              error={
                days === null ? `Write a number from 1 to ${limits.retentionMaxDays.toLocaleString()}.` : undefined
              }
              onText={setText}
            />
          </div>
          <Choice
            label="After that"
            value={keep}
            choices={[
              ['scores', 'Keep score and date'],
              ['nothing', 'Delete it whole'],
            ]}
            hint={hints[keep]}
            onChoose={setKeep}
          />
        </>
      )}
      {isChanged && (
        <div class="retention-save">
          {wanted && isCurrent && <Meant preview={preview} />}
          {wanted && failure && <p class="quiet">How many items that means could not be counted.</p>}
          <Button type="submit" look="primary" disabled={!isReady}>
            Save retention
          </Button>
        </div>
      )}
    </form>
  )
}

const hints: Record<Rule['keep'], string> = {
  scores:
    'Words, person, page, context, images and notes go; score, kind, status, labels and dates stay, so that numbers over time stay as they are.',
  nothing: 'Items go with everything that belongs to them, and numbers over time lose them too.',
}

/** What it would do now. */
function Meant({ preview: { count, before } }: { preview: RetentionPreview }) {
  const day = new Date(before).toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
  return (
    <p role="status">
      {count === 0 ? 'Nothing is that old now.' : `Now that means ${plural(count, 'item')}, said before ${day}.`}
    </p>
  )
}

/** Nothing brings back what a retention took; so it is asked with how many there are. */
function askFirst({ days, keep }: Rule, preview: RetentionPreview | null, store: () => void): void {
  if (preview?.count === 0) return store()
  const many = preview ? plural(preview.count, 'item') : 'all items that old'
  ask({
    title: keep === 'nothing' ? `Delete ${many}?` : `Take the words from ${many}?`,
    text: `What was said more than ${plural(days, 'day')} ago ${
      keep === 'nothing' ? 'is deleted' : 'loses all but its score and date'
    }, within the hour and from then on. It cannot be undone. Export what you want to keep first.`,
    button: keep === 'nothing' ? `Delete after ${plural(days, 'day')}` : `Take words after ${plural(days, 'day')}`,
    run: store,
  })
}
