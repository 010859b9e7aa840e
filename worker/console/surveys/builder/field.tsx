import { CircleAlert } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { languageName } from '../../filters/fields.ts'
import { Icon } from '../../controls/icon.tsx'
import { directionOf } from '../draft/languages.ts'
import { draft, faults } from '../workbench.ts'

/** What is wrong at these places, in sentences. */
export function faultsAt(...paths: string[]): string[] {
  const found = faults.value.filter(({ path }) => paths.includes(path))
  return [...new Set(found.map(({ reason }) => inWords(reason)))]
}

/** @example inWords('needs at least two choices') // 'Needs at least two choices.' */
export function inWords(reason: string): string {
  if (reason === 'is empty') return 'Write something here.'
  if (reason === 'taken') return 'Another survey has this id, or had it once. Choose another.'
  if (reason.startsWith('has no text in the survey')) {
    return `Write this in ${languageName(draft.value?.language ?? '')}, the default language.`
  }
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}${/[.?]$/.test(reason) ? '' : '.'}`
}

export function FaultLines({ id, of }: { id?: string; of: readonly string[] }) {
  if (of.length === 0) return null
  return (
    <p class="field-fault" id={id}>
      <Icon of={CircleAlert} size={14} />
      <span>{of.join(' ')}</span>
    </p>
  )
}

interface FieldProps {
  label: string
  /** Where in the survey this is; faults of these places are shown here. */
  paths: readonly string[]
  hint?: ComponentChildren
  hiddenLabel?: boolean
  children: (attributes: FieldAttributes) => ComponentChildren
}

export interface FieldAttributes {
  id: string
  'data-path': string | undefined
  'aria-invalid': boolean
  'aria-describedby': string | undefined
}

/** A label, its control, a hint, and what is wrong with it. */
export function Field({ label, paths, hint, hiddenLabel = false, children }: FieldProps) {
  const id = useId()
  const wrong = faultsAt(...paths)
  const described = [hint ? `${id}-hint` : '', wrong.length > 0 ? `${id}-fault` : ''].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label class={hiddenLabel ? 'hidden-text' : 'field-label'} for={id}>
        {label}
      </label>
      {children({
        id,
        'data-path': paths[0],
        'aria-invalid': wrong.length > 0,
        'aria-describedby': described || undefined,
      })}
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FaultLines id={`${id}-fault`} of={wrong} />
    </div>
  )
}

interface TextFieldProps {
  label: string
  path: string
  value: string
  onInput: (said: string) => void
  /** BCP 47, of what is written here. */
  language?: string
  hint?: ComponentChildren
  placeholder?: string
  hiddenLabel?: boolean
  /** Several lines. */
  isLong?: boolean
  autofocus?: boolean
}

/** A text of the survey in one language. */
export function TextField(props: TextFieldProps) {
  const { label, path, value, language, placeholder } = props
  const own = { lang: language, dir: language ? directionOf(language) : 'auto', value, placeholder } as const
  return (
    <Field
      label={label}
      paths={language ? [path, `${path}.${language}`] : [path]}
      hint={props.hint}
      hiddenLabel={props.hiddenLabel ?? false}
    >
      {(attributes) =>
        props.isLong ? (
          <GrowingText {...attributes} {...own} onText={props.onInput} />
        ) : (
          <input
            {...attributes}
            {...own}
            type="text"
            dir="auto"
            class="input"
            autocomplete="off"
            autofocus={props.autofocus}
            onInput={(event) => props.onInput(event.currentTarget.value)}
          />
        )
      }
    </Field>
  )
}

type GrowingProps = FieldAttributes & {
  lang: string | undefined
  dir: 'ltr' | 'rtl' | 'auto'
  value: string
  placeholder: string | undefined
  onText: (said: string) => void
}

/** As high as what is written in it. */
function GrowingText({ onText, ...attributes }: GrowingProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const { current } = area
    if (!current || CSS.supports('field-sizing', 'content')) return
    current.style.height = 'auto'
    current.style.height = `${current.scrollHeight + 2}px`
  }, [attributes.value])
  return (
    <textarea
      {...attributes}
      ref={area}
      class="input growing"
      rows={1}
      onInput={(event) => onText(event.currentTarget.value.replace(/\n/g, ' '))}
      onKeyDown={(event) => {
        // A text of the survey is one paragraph.
        if (event.key === 'Enter' && !event.isComposing) event.preventDefault()
      }}
    />
  )
}
