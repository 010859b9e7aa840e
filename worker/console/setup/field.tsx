import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

interface FieldProps {
  label: string
  /** One line on what it does. */
  hint?: ComponentChildren
  /** What is wrong with it. */
  error?: string | undefined
}

/** What a control needs to be named and described by its field. */
export interface Ids {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean
}

/** A control under its label, with what it does and what is wrong with it. */
export function Field({ label, hint, error, children }: FieldProps & { children: (ids: Ids) => ComponentChildren }) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div class="setup-field">
      <label class="setup-field-label" for={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error !== undefined })}
      {error && (
        <p class="setup-field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint && (
        <p class="setup-field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

interface TextProps extends FieldProps {
  value: string
  onText: (text: string) => void
  placeholder?: string
  maxLength?: number
  disabled?: boolean
  code?: boolean
  /** Takes the focus when it appears, as the first field of a dialog does. */
  first?: boolean
  /** Which keyboard a phone shows. */
  inputMode?: 'url' | 'email'
}

export function TextField({ label, hint, error, value, onText, code = false, first = false, ...rest }: TextProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (first) input.current?.select()
  }, [])
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <input
          {...ids}
          {...rest}
          ref={input}
          type="text"
          class={code ? 'input code' : 'input'}
          dir={code ? 'ltr' : 'auto'}
          autocomplete="off"
          spellcheck={!code}
          value={value}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  hint?: ComponentChildren
  value: T
  choices: readonly (readonly [value: T, label: string])[]
  onChoose: (value: T) => void
  disabled?: boolean
  /** Shows no legend: the words around it say what is chosen. */
  bare?: boolean
}

/** One of a few, all of them in sight. */
export function Choice<T extends string>({ label, hint, value, choices, onChoose, disabled, bare }: ChoiceProps<T>) {
  const name = useId()
  return (
    <fieldset class="setup-field" disabled={disabled}>
      <legend class={bare ? 'hidden-text' : 'setup-field-label'}>{label}</legend>
      <div class="segments">
        {choices.map(([one, words]) => (
          <label key={one} class={one === value ? 'segment chosen' : 'segment'}>
            <input
              type="radio"
              class="hidden-text"
              name={name}
              checked={one === value}
              onChange={() => onChoose(one)}
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
      {hint && <p class="setup-field-hint">{hint}</p>}
    </fieldset>
  )
}

export function Check(props: {
  label: string
  checked: boolean
  onCheck: (checked: boolean) => void
  disabled?: boolean
}) {
  return (
    <label class="setup-check">
      <input
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onCheck(event.currentTarget.checked)}
      />
      <span>{props.label}</span>
    </label>
  )
}
