import { useState } from 'preact/hooks'
import { filters } from '../../address/address.ts'
import { filterQuery } from '../../address/view.ts'
import { project } from '../../collector/session.ts'
import { savedViews } from '../../views/saved.ts'
import { Field, TextField } from '../field.tsx'
import { filterInWords, filterOf } from './words.ts'

const own = 'own'

/** Of which items a webhook is told: all, those that a view lists, or a filter of its own. */
export function FilterField({ value, onChange }: { value: string | null; onChange: (filter: string | null) => void }) {
  const choices = choicesNow()
  const known = choices.find(({ filter }) => filter === value)
  const [chosen, setChosen] = useState(known?.key ?? own)
  const words = filterInWords(value, project.value)
  const choose = (key: string) => {
    setChosen(key)
    const choice = choices.find((one) => one.key === key)
    if (choice) onChange(choice.filter)
  }
  return (
    <>
      <Field
        label="Told of"
        hint={words === null ? 'Everything but spam, in every environment.' : `${words}. Never spam.`}
      >
        {(ids) => (
          <select {...ids} class="input" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
            {choices.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
            <option value={own}>A filter of its own</option>
          </select>
        )}
      </Field>
      {chosen === own && (
        <TextField
          label="Filter"
          code
          value={value ?? ''}
          placeholder="kind=bug&environment=production"
          hint="As it stands in the inbox’s address bar, after the question mark."
          onText={(text) => onChange(text.trim().replace(/^.*\?/, '') || null)}
        />
      )}
    </>
  )
}

function choicesNow(): { key: string; label: string; filter: string | null }[] {
  const shown = filterQuery(filters.peek()).toString()
  const choices = [
    { key: 'all', label: 'Everything', filter: null },
    { key: 'production', label: 'Production only', filter: filterOf('') },
    ...(shown === '' ? [] : [{ key: 'now', label: 'Only what the inbox lists now', filter: filterOf(shown) }]),
    ...savedViews.value.map(({ id, name, query }) => ({
      key: id,
      label: `Only what “${name}” lists`,
      filter: filterOf(query),
    })),
  ]
  // Two that select the same would be one choice with two names.
  return choices.filter(({ filter }, index) => choices.findIndex((one) => one.filter === filter) === index)
}
