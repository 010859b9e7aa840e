import type { Survey } from '../../../sdk/wire/index.ts'

const names: Record<Survey['state'], { label: string; tone: string }> = {
  draft: { label: 'Draft', tone: 'quiet' },
  live: { label: 'Live', tone: 'good' },
  paused: { label: 'Paused', tone: 'notice' },
}
const states = Object.keys(names) as Survey['state'][]

export function StateMark({ state }: { state: Survey['state'] }) {
  return <span class={`survey-state tone-${names[state].tone}`}>{names[state].label}</span>
}

/** Draft, live or paused; takes effect at once. */
export function StateSwitch(props: { state: Survey['state']; onChange: (next: Survey['state']) => void }) {
  return (
    <fieldset class="state-switch">
      <legend class="hidden-text">State</legend>
      {states.map((state) => (
        <label key={state} class={state === props.state ? 'chosen' : ''}>
          <input
            type="radio"
            name="survey-state"
            class="hidden-text"
            checked={state === props.state}
            onChange={() => props.onChange(state)}
          />
          <span>{names[state].label}</span>
        </label>
      ))}
    </fieldset>
  )
}
