import { Plus, X } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { isScale, ratingScales, type RatingScale } from '../../../sdk/wire/index.ts'
import { close } from '../actions/overlay.ts'
import { explain, type Failure } from '../collector/answer.ts'
import { listValues } from '../collector/feedback.ts'
import { project } from '../collector/session.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { Icon } from '../controls/icon.tsx'
import { Keycap } from '../controls/keycap.tsx'
import { bandOf, scaleNames } from '../filters/rating.ts'
import { enter } from './enter.ts'
import { emptyEntry, type Entry, entry, localTime, scoresOf } from './entry.ts'

const usualSources = ['call', 'e-mail', 'meeting', 'chat', 'support ticket', 'event', 'review']

/** Feedback that somebody gave elsewhere, entered on their behalf. */
export function EntryDialog() {
  const typed = entry.value
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const first = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => first.current?.focus(), [])
  const set = (next: Partial<Entry>) => {
    entry.value = { ...entry.peek(), ...next }
  }
  const saysNothing = typed.message.trim() === '' && (typed.scale === '' || typed.score === '')
  const send = async () => {
    if (saysNothing || isBusy) return
    setBusy(true)
    setFailure(await enter(entry.peek()))
    setBusy(false)
  }
  const text = (name: 'name' | 'email' | 'person' | 'account') => (
    <input
      class="input"
      type="text"
      dir="auto"
      inputMode={name === 'email' ? 'email' : 'text'}
      value={typed[name]}
      autocomplete="off"
      onInput={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <Dialog label="Add feedback" class="form-dialog entry-dialog" onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
        }}
      >
        <div class="form-body">
          <Field label="What they said">
            <textarea
              ref={first}
              class="input said"
              rows={5}
              dir="auto"
              value={typed.message}
              onInput={(event) => set({ message: event.currentTarget.value })}
            />
          </Field>
          <div class="form-grid">
            <Field label="Kind">
              <select class="input" value={typed.kind} onChange={(event) => set({ kind: event.currentTarget.value })}>
                {(project.value?.kinds ?? []).map(({ key, label }) => (
                  <option key={key} value={key} dir="auto">
                    {label}
                  </option>
                ))}
              </select>
            </Field>
            <Rating typed={typed} onChange={set} />
            <Field label="Their name">{text('name')}</Field>
            <Field label="Their e-mail">{text('email')}</Field>
            <Field label="Account id">{text('account')}</Field>
            <Field label="Their id in your product" hint="It counts as theirs, verified.">
              {text('person')}
            </Field>
            <Field label="Where it was said">
              <Source value={typed.source} onChange={(source) => set({ source })} />
            </Field>
            <Field label="When" hint="Empty is now.">
              <input
                class="input"
                type="datetime-local"
                value={typed.at}
                max={localTime(Date.now())}
                onInput={(event) => set({ at: event.currentTarget.value })}
              />
            </Field>
          </div>
          <TagRows tags={typed.tags} onChange={(tags) => set({ tags })} />
          <Refusal failure={failure} />
        </div>
        <div class="form-foot">
          <Button
            onClick={() => {
              entry.value = emptyEntry()
              setFailure(null)
              first.current?.focus()
            }}
          >
            Clear
          </Button>
          <span class="spring" />
          <span class="field-hint form-key">
            <Keycap of="Mod+Enter" />
          </span>
          <Button look="primary" type="submit" disabled={saysNothing || isBusy}>
            Add feedback
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Field({ label, hint, children }: { label: string; hint?: string; children: ComponentChildren }) {
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      {children}
      {hint && <span class="field-hint">{hint}</span>}
    </label>
  )
}

function Rating({ typed, onChange }: { typed: Entry; onChange: (next: Partial<Entry>) => void }) {
  const { scale, score } = typed
  return (
    <div class="field" role="group" aria-label="Rating">
      <span class="field-label">Rating</span>
      <div class="field-pair">
        <select
          class="input"
          aria-label="Scale"
          value={scale}
          onChange={({ currentTarget: { value } }) => onChange({ scale: isScale(value) ? value : '', score: '' })}
        >
          <option value="">None</option>
          {(Object.keys(ratingScales) as RatingScale[]).map((one) => (
            <option key={one} value={one}>
              {scaleNames[one]}
            </option>
          ))}
        </select>
        <select
          class="input"
          aria-label="Score"
          value={score}
          disabled={scale === ''}
          onChange={(event) => onChange({ score: event.currentTarget.value })}
        >
          <option value="">Score</option>
          {scale !== '' &&
            scoresOf(scale).map((value) => (
              <option key={value} value={value}>
                {scale === 'thumbs' ? bandOf(scale, value)?.label : value}
              </option>
            ))}
        </select>
      </div>
    </div>
  )
}

function Source({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const known = useAnswer(() => listValues('source', ''), []).value?.items ?? []
  const own = ['widget', 'sdk', 'import', 'team']
  const offered = [...new Set([...known.map((one) => one.value), ...usualSources])].filter((one) => !own.includes(one))
  return (
    <>
      <input
        class="input"
        type="text"
        dir="auto"
        list="sources"
        maxLength={60}
        placeholder="call, meeting, e-mail…"
        value={value}
        autocomplete="off"
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id="sources">
        {offered.map((one) => (
          <option key={one} value={one} dir="auto" />
        ))}
      </datalist>
    </>
  )
}

function TagRows({ tags, onChange }: { tags: Entry['tags']; onChange: (tags: Entry['tags']) => void }) {
  const change = (at: number, part: 0 | 1, value: string) =>
    onChange(tags.map((tag, index) => (index === at ? (part === 0 ? [value, tag[1]] : [tag[0], value]) : tag)))
  return (
    <div class="field" role="group" aria-label="Tags">
      {tags.length > 0 && <span class="field-label">Tags</span>}
      {tags.map(([name, value], index) => (
        <div class="tag-row" key={index}>
          <input
            class="input"
            dir="auto"
            aria-label={`Name of tag ${index + 1}`}
            placeholder="Name"
            value={name}
            maxLength={64}
            onInput={(event) => change(index, 0, event.currentTarget.value)}
          />
          <input
            class="input"
            dir="auto"
            aria-label={`Value of tag ${index + 1}`}
            placeholder="Value"
            value={value}
            maxLength={256}
            onInput={(event) => change(index, 1, event.currentTarget.value)}
          />
          <Button
            icon={X}
            label={`Remove tag ${index + 1}`}
            onClick={() => onChange(tags.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <button type="button" class="add-label add-tag" onClick={() => onChange([...tags, ['', '']])}>
        <Icon of={Plus} size={12} />
        Tag
      </button>
    </div>
  )
}

/** Why it was not taken; nothing that was typed is lost. */
function Refusal({ failure }: { failure: Failure | null }) {
  const { what, next } = failure ? explain(failure) : { what: '', next: '' }
  return (
    <p class="field-error" role="alert">
      {what && `Not stored. ${what} ${next}`}
    </p>
  )
}
