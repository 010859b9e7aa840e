import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { project } from '../collector/session.ts'
import type { Settings } from './matching.ts'
import { change } from './state.ts'

/** What no column says, or all of them would say alike. */
export function Same({ given }: { given: Settings }) {
  const environments = project.value?.environments ?? ['production']
  const isName = /^[a-z0-9][a-z0-9-]{0,39}$/.test(given.environment)
  return (
    <div class="import-same">
      <Field label="Source" hint="Where it was said. The inbox can be narrowed to it.">
        {(id) => (
          <input
            id={id}
            type="text"
            dir="auto"
            maxLength={60}
            value={given.source}
            onInput={(event) => change({ source: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="Kind" hint="Where no column says one.">
        {(id) => (
          <select id={id} value={given.kind} onChange={(event) => change({ kind: event.currentTarget.value })}>
            <option value="">Other</option>
            {(project.value?.kinds ?? [])
              .filter(({ key }) => key !== 'other')
              .map(({ key, label }) => (
                <option key={key} value={key} dir="auto">
                  {label}
                </option>
              ))}
          </select>
        )}
      </Field>
      <Field label="Label" hint="For each of these rows; leave it empty for none.">
        {(id) => (
          <input
            id={id}
            type="text"
            dir="auto"
            maxLength={60}
            value={given.label}
            onInput={(event) => change({ label: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label="Environment"
        hint={isName ? 'Numbers and lists show production unless told.' : 'Lower-case letters, digits and hyphens.'}
      >
        {(id) => (
          <>
            <input
              id={id}
              type="text"
              dir="auto"
              list={`${id}-known`}
              aria-invalid={!isName}
              value={given.environment}
              onInput={(event) => change({ environment: event.currentTarget.value })}
            />
            <datalist id={`${id}-known`}>
              {environments.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label="Name of this import" hint="Ids are made from it: the same name and rows again store nothing twice.">
        {(id) => (
          <input
            id={id}
            type="text"
            dir="auto"
            value={given.name}
            onInput={(event) => change({ name: event.currentTarget.value })}
          />
        )}
      </Field>
    </div>
  )
}

interface FieldProps {
  label: string
  hint: string
  children: (id: string) => ComponentChildren
}

function Field({ label, hint, children }: FieldProps) {
  const id = useId()
  return (
    <div class="import-field">
      <label for={id}>{label}</label>
      {children(id)}
      <p class="quiet">{hint}</p>
    </div>
  )
}
