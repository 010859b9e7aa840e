import { Field } from '../field.tsx'
import { type End, endChoices } from './end.ts'

interface Props {
  end: End
  error?: string | undefined
  onEnd: (end: End) => void
}

/** When a key stops by itself. */
export function EndField({ end, error, onEnd }: Props) {
  const isOwn = end.choice === 'at'
  return (
    <>
      <Field label="Stops" hint={isOwn ? undefined : 'From then on whatever uses it is refused.'}>
        {(ids) => (
          <select
            {...ids}
            class="input"
            value={end.choice}
            onChange={({ currentTarget: { value } }) => onEnd({ ...end, choice: value as End['choice'] })}
          >
            {endChoices.map(([choice, words]) => (
              <option key={choice} value={choice}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      {isOwn && (
        <Field
          label="Day and time"
          error={error}
          hint="As the clock of this browser has it. From then on whatever uses the key is refused."
        >
          {(ids) => (
            <input
              {...ids}
              class="input"
              type="datetime-local"
              value={end.at}
              onInput={({ currentTarget: { value } }) => onEnd({ choice: 'at', at: value })}
            />
          )}
        </Field>
      )}
    </>
  )
}
