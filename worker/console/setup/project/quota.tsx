import { useState } from 'preact/hooks'
import { limits, quotaWarnsFrom } from '../../../../sdk/wire/index.ts'
import { readOutcomes } from '../../collector/admission.ts'
import { isAdmin, project } from '../../collector/session.ts'
import { useAnswer } from '../../collector/use-answer.ts'
import { Button } from '../../controls/button.tsx'
import { Card } from '../card.tsx'
import { TextField } from '../field.tsx'
import { clock, QuotaNote } from '../quota-note.tsx'
import { change } from './settings.ts'

/** How many items a day may add, and how many did today. */
export function Quota() {
  const perDay = project.value?.quota.perDay ?? 0
  return (
    <Card
      title="Daily quota"
      what="New items that pages may add a day, in all environments. What is more is not lost: it waits in people’s browsers and comes the day after."
    >
      <QuotaField key={perDay} perDay={perDay} />
      <Used perDay={perDay} />
    </Card>
  )
}

function QuotaField({ perDay }: { perDay: number }) {
  const [text, setText] = useState(String(perDay))
  const wanted = Number(text.replaceAll(/[\s.,'’]/g, ''))
  const isNumber = Number.isInteger(wanted) && wanted >= 1 && wanted <= limits.quotaMaxPerDay
  const isChanged = wanted !== perDay
  const save = (event: Event) => {
    event.preventDefault()
    if (isNumber && isChanged) void change(() => ({ quota: { perDay: wanted } }), 'Saved.')
  }
  return (
    <form class="setup-inline-form quota-field" onSubmit={save}>
      <TextField
        label="Items a day"
        value={text}
        maxLength={14}
        disabled={!isAdmin.value}
        error={isNumber ? undefined : `Write a number from 1 to ${limits.quotaMaxPerDay.toLocaleString()}.`}
        onText={setText}
      />
      {isChanged && (
        <Button type="submit" look="primary" disabled={!isNumber}>
          Save quota
        </Button>
      )}
    </form>
  )
}

function Used({ perDay }: { perDay: number }) {
  const today = new Date().toISOString().slice(0, 10)
  const { value } = useAnswer((signal) => readOutcomes({ from: today, to: today }, signal), [])
  if (value === null) return null
  const { used, resetsAt } = value.quota
  return (
    <div class="quota-used">
      <QuotaNote of={{ ...value.quota, perDay }} ways={['health', 'keys']} />
      <meter
        aria-label="Used today"
        min={0}
        max={perDay}
        high={perDay * quotaWarnsFrom}
        optimum={0}
        value={Math.min(used, perDay)}
      />
      <span>
        {used.toLocaleString()} of {perDay.toLocaleString()} today. The next day begins at {clock(resetsAt)}.
      </span>
    </div>
  )
}
