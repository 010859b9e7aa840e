import { Merge, Pencil, Plus, Tags, Trash2 } from 'lucide'
import { useState } from 'preact/hooks'
import { close, open } from '../../actions/overlay.ts'
import { isAdmin, project } from '../../collector/session.ts'
import { Button } from '../../controls/button.tsx'
import { Icon } from '../../controls/icon.tsx'
import { Card } from '../card.tsx'
import { CountLink } from './count-link.tsx'
import { LabelDialog, type LabelTask } from './label-dialog.tsx'
import { change } from './settings.ts'

const ask = (task: LabelTask, label: string) =>
  open({ shows: 'dialog', View: () => <LabelDialog task={task} label={label} onDone={close} /> })

/** More than fit on a screen are searched through. */
const searchFrom = 12

/** What items are sorted by: in use, or offered before anybody uses it. */
export function Labels() {
  const [wanted, setWanted] = useState('')
  const all = project.value?.labels ?? []
  const shown = all.filter((label) => label.toLowerCase().includes(wanted.trim().toLowerCase()))
  return (
    <Card title="Labels" what="What items are sorted by. Whoever triages can add more while doing so.">
      {all.length > searchFrom && (
        <input
          class="input setup-line-search"
          type="search"
          dir="auto"
          aria-label="Search the labels"
          placeholder={`Search ${all.length} labels`}
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      {all.length === 0 && (
        <p class="setup-card-empty">No labels yet. Add those that you will need, or make them while you triage.</p>
      )}
      {all.length > 0 && shown.length === 0 && <p class="setup-card-empty">No label has these letters.</p>}
      <ul class="setup-lines" aria-label="Labels">
        {shown.map((label) => (
          <li key={label} class="setup-line">
            <Icon of={Tags} size={14} class="quiet" />
            <span class="setup-line-name" dir="auto">
              {label}
            </span>
            <span class="setup-line-count">
              <CountLink name="label" value={label} />
            </span>
            {isAdmin.value && (
              <span class="setup-line-buttons">
                <Button icon={Pencil} label={`Rename ${label}`} onClick={() => ask('rename', label)} />
                <Button
                  icon={Merge}
                  label={`Merge ${label} into another`}
                  disabled={all.length < 2}
                  onClick={() => ask('merge', label)}
                />
                <Button icon={Trash2} label={`Delete ${label}`} onClick={() => ask('delete', label)} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {isAdmin.value && <AddLabel />}
    </Card>
  )
}

function AddLabel() {
  const [text, setText] = useState('')
  const label = text.trim()
  const isKnown = project.value?.labels.includes(label) === true
  const add = async (event: Event) => {
    event.preventDefault()
    if (label === '' || isKnown) return
    setText('')
    const result = await change(
      ({ labels }) => ({ labels: [...labels, label].sort((a, b) => a.localeCompare(b)) }),
      `${label} was added.`,
    )
    if (!result.ok) setText((typed) => typed || label)
  }
  return (
    <form class="setup-line-add" onSubmit={(event) => void add(event)}>
      <input
        class="input"
        aria-label="Name of a new label"
        placeholder="New label"
        dir="auto"
        maxLength={60}
        value={text}
        aria-invalid={isKnown}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" look="outline" icon={Plus} disabled={label === '' || isKnown}>
        Add label
      </Button>
      {isKnown && (
        <p class="setup-field-error" role="alert">
          There is such a label.
        </p>
      )}
    </form>
  )
}
