import { Plus, X } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import type { Primitive } from '../../../../sdk/wire/index.ts'
import { listNames, listValues } from '../../collector/feedback.ts'
import { useAnswer } from '../../collector/use-answer.ts'
import { Button } from '../../controls/button.tsx'
import { readValues, setTag } from '../draft/targeting.ts'
import { change } from '../workbench.ts'
import { FaultLines, faultsAt } from './field.tsx'

/** Tags that visitors must carry: each has one of its values. Names and values that were seen are suggested. */
export function TagFields({ tags }: { tags: Record<string, Primitive[]> }) {
  const [adding, setAdding] = useState(false)
  const names = useAnswer(listNames, []).value?.items ?? []
  const known = names.flatMap(({ name }) => (name.startsWith('tag.') ? [name.slice('tag.'.length)] : []))
  const entries = Object.entries(tags)
  const set = (before: string | null, name: string, values: readonly Primitive[]) =>
    change((draft) => setTag(draft, before, name, values))
  return (
    <div class="tags" data-path="targeting.tags" tabIndex={-1}>
      <datalist id="known-tags">
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <ul class="rows-of-fields">
        {entries.map(([name, values], index) => (
          <TagRow
            key={index}
            name={name}
            values={values}
            taken={entries.map(([one]) => one).filter((one) => one !== name)}
            onChange={(next, given) => set(name, next, given)}
            onRemove={() => set(name, '', [])}
          />
        ))}
        {adding && (
          <TagRow
            key={entries.length}
            name=""
            values={[]}
            taken={entries.map(([one]) => one)}
            onChange={(name, values) => {
              set(null, name, values)
              setAdding(false)
            }}
            onRemove={() => setAdding(false)}
          />
        )}
      </ul>
      {!adding && (
        <Button icon={Plus} onClick={() => setAdding(true)}>
          {entries.length === 0 ? 'Only people with a certain tag' : 'And another tag'}
        </Button>
      )}
    </div>
  )
}

interface TagRowProps {
  name: string
  values: readonly Primitive[]
  taken: readonly string[]
  onChange: (name: string, values: readonly Primitive[]) => void
  onRemove: () => void
}

function TagRow({ name, values, taken, onChange, onRemove }: TagRowProps) {
  const [typed, setTyped] = useState(name)
  const [listed, setListed] = useState(values.join(', '))
  useEffect(() => {
    if (name !== '' && typed !== name && !taken.includes(typed)) setTyped(name)
  }, [name])
  const seen = useAnswer(() => (name === '' ? null : listValues(`tag.${name}`, '')), [name]).value?.items ?? []
  const wrong = typed !== name && taken.includes(typed) ? ['This tag stands in another line already.'] : []
  const list = `values-of-${name}`
  return (
    <li>
      <div class="sentence">
        <span>whose tag</span>
        <input
          class="input"
          aria-label="Name of the tag"
          list="known-tags"
          autocomplete="off"
          spellcheck={false}
          autofocus={name === ''}
          placeholder="plan"
          value={typed}
          onInput={(event) => {
            const said = event.currentTarget.value
            setTyped(said)
            if (name !== '' && said !== '' && !taken.includes(said)) onChange(said, values)
          }}
          onChange={() => {
            if (name === '' && typed !== '' && !taken.includes(typed)) onChange(typed, values)
          }}
        />
        <span>is</span>
        <input
          class="input grow"
          aria-label={`Values of ${name || 'the tag'}`}
          data-path={`targeting.tags.${name}`}
          list={list}
          autocomplete="off"
          spellcheck={false}
          placeholder="pro, team"
          value={listed}
          disabled={name === ''}
          onInput={(event) => {
            setListed(event.currentTarget.value)
            onChange(name, readValues(event.currentTarget.value))
          }}
          onBlur={() => setListed(values.join(', '))}
        />
        <datalist id={list}>
          {seen.map(({ value }) => (
            <option key={value} value={value} />
          ))}
        </datalist>
        <Button icon={X} label={`Remove the tag ${name}`} onClick={onRemove} />
      </div>
      <FaultLines of={[...wrong, ...faultsAt(`targeting.tags.${name}`)]} />
    </li>
  )
}
