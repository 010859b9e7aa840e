import { Check, type IconNode } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from './icon.tsx'
import { Keycap } from './keycap.tsx'

export interface Option {
  key: string
  label: string
  /** Text by which it is found besides its label. */
  also?: string
  section?: string
  icon?: ComponentChildren
  /** At the right edge, quieter: a count. */
  detail?: string
  shortcut?: string
  checked?: boolean
  run: () => void
}

interface PickerProps {
  /** Says what is being chosen; also the placeholder of the search field. */
  label: string
  options: readonly Option[]
  /** Several may be ticked: picking keeps the menu open. */
  multiple?: boolean
  loading?: boolean
  /** Where nothing fits what was typed. */
  empty?: string
  /** Offers what was typed as a new value. */
  create?: { title: (text: string) => string; icon: IconNode; run: (text: string) => void }
  onText?: (text: string) => void
  onClose: () => void
  /** Backspace in the empty field: one step back. */
  onBack?: () => void
  header?: ComponentChildren
  footer?: ComponentChildren
}

/** A search field over a list of choices: the body of every menu, and of the palette. */
export function Picker(props: PickerProps) {
  const { label, options, multiple = false, create } = props
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const id = useId()

  const wanted = text.trim()
  const found = options.filter(({ label, also = '' }) =>
    [label, also].some((one) => one.toLowerCase().includes(wanted.toLowerCase())),
  )
  const exact = options.some((option) => option.label.toLowerCase() === wanted.toLowerCase())
  const rows: Option[] = [...found]
  if (create && wanted && !exact) {
    rows.push({
      key: 'create',
      label: create.title(wanted),
      icon: <Icon of={create.icon} />,
      run: () => {
        create.run(wanted)
        type('')
      },
    })
  }
  const current = Math.min(active, rows.length - 1)

  // Before the next key arrives: whoever types fast loses nothing. `autofocus` is for the moment the menu floats up.
  useLayoutEffect(() => field.current?.focus(), [])
  useLayoutEffect(() => {
    box.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' })
  }, [current, text])

  function type(next: string): void {
    setText(next)
    setActive(0)
    props.onText?.(next)
  }

  function pick(option: Option | undefined): void {
    if (!option) return
    if (!multiple) props.onClose()
    option.run()
  }

  function onKeyDown(event: KeyboardEvent): void {
    const last = rows.length - 1
    if (event.isComposing) return
    if (event.key === 'ArrowDown') setActive(current === last ? 0 : current + 1)
    else if (event.key === 'ArrowUp') setActive(current <= 0 ? last : current - 1)
    else if (event.key === 'Enter') pick(rows[current])
    else if (event.key === 'Backspace' && text === '' && props.onBack) props.onBack()
    else return
    event.preventDefault()
  }

  return (
    <div class="picker">
      {props.header}
      <input
        ref={field}
        class="picker-field"
        type="text"
        dir="auto"
        autofocus
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={rows[current] ? `${id}-${current}` : undefined}
        placeholder={label}
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div
        ref={box}
        class="picker-list"
        role="listbox"
        // Scrolls as the arrows move; Tab goes past it.
        tabIndex={-1}
        id={`${id}-list`}
        aria-label={label}
        aria-multiselectable={multiple}
      >
        {rows.map((option, index) => (
          <PickerRow
            key={option.key}
            id={`${id}-${index}`}
            option={option}
            heading={option.section !== rows[index - 1]?.section ? option.section : undefined}
            active={index === current}
            multiple={multiple}
            onPick={() => pick(option)}
            onPoint={() => setActive(index)}
          />
        ))}
      </div>
      {props.loading && rows.length === 0 && <PickerSkeleton />}
      <div role="status">
        {!props.loading && rows.length === 0 && <p class="picker-empty">{props.empty ?? 'Nothing fits.'}</p>}
      </div>
      {props.footer}
    </div>
  )
}

interface PickerRowProps {
  id: string
  option: Option
  heading: string | undefined
  active: boolean
  multiple: boolean
  onPick: () => void
  onPoint: () => void
}

function PickerRow({ id, option, heading, active, multiple, onPick, onPoint }: PickerRowProps) {
  return (
    <>
      {heading && (
        <div class="picker-heading" role="presentation">
          {heading}
        </div>
      )}
      <div
        id={id}
        role="option"
        class="picker-row"
        aria-selected={option.checked ?? active}
        data-active={active ? '' : undefined}
        onPointerMove={active ? undefined : onPoint}
        onClick={onPick}
      >
        {multiple && (
          <span class={option.checked ? 'box checked' : 'box'}>{option.checked && <Icon of={Check} size={12} />}</span>
        )}
        {option.icon}
        <span class="picker-label" dir="auto">
          {option.label}
        </span>
        {option.detail && <span class="picker-detail">{option.detail}</span>}
        {option.shortcut && <Keycap of={option.shortcut} />}
        {!multiple && option.checked && <Icon of={Check} class="picker-check" />}
      </div>
    </>
  )
}

function PickerSkeleton() {
  return (
    <div class="picker-list" aria-hidden="true">
      {[60, 44, 72, 52].map((width) => (
        <div class="picker-row" key={width}>
          <span class="bone" style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  )
}
