import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide'
import { useState } from 'preact/hooks'
import { builtInStatuses, type Status } from '../../../../sdk/wire/index.ts'
import { close, open } from '../../actions/overlay.ts'
import { isAdmin, project } from '../../collector/session.ts'
import { Button } from '../../controls/button.tsx'
import { StatusIcon } from '../../triage/status.tsx'
import { Card } from '../card.tsx'
import { keyFrom } from '../widget/catalogue.ts'
import { CountLink } from './count-link.tsx'
import { RemoveStatus } from './remove-status.tsx'
import { change, countOf } from './settings.ts'

const isBuiltIn = (key: string) => builtInStatuses.some((status) => status.key === key)

const stages = { open: 'Open', closed: 'Closed' } as const

/** Changes one status of the list as it is now. */
function changeOne(key: string, patch: Partial<Status>): void {
  void change(({ statuses }) => ({ statuses: statuses.map((one) => (one.key === key ? { ...one, ...patch } : one)) }))
}

function move(key: string, by: 1 | -1): void {
  void change(({ statuses }) => {
    const next = [...statuses]
    const from = next.findIndex((one) => one.key === key)
    const [moved] = next.splice(from, 1)
    if (moved) next.splice(from + by, 0, moved)
    return { statuses: next }
  })
}

function remove(status: Status): void {
  const count = countOf('status', status.key)
  if (count?.count === 0) {
    const without = ({ statuses }: { statuses: Status[] }) => ({
      statuses: statuses.filter(({ key }) => key !== status.key),
    })
    void change(without, `${status.label} was removed.`)
    return
  }
  open({ shows: 'dialog', View: () => <RemoveStatus status={status} onDone={close} /> })
}

/** The steps that items go through. */
export function Statuses() {
  const statuses = project.value?.statuses ?? []
  return (
    <Card
      title="Statuses"
      what="Where an item stands, in this order. Closed ones are done with. The key stays the same in files and in code, whatever a status is called."
    >
      <ol class="setup-lines setup-statuses" aria-label="Statuses">
        {statuses.map((status, index) => (
          <li key={status.key} class="setup-line">
            <StatusIcon of={status.key} />
            <InlineName key={status.label} status={status} />
            <code class="setup-line-key">{status.key}</code>
            <select
              class="input setup-small-input"
              aria-label={`Stage of ${status.label}`}
              value={status.stage}
              disabled={!isAdmin.value}
              onChange={(event) => changeOne(status.key, { stage: event.currentTarget.value as Status['stage'] })}
            >
              {Object.entries(stages).map(([stage, label]) => (
                <option key={stage} value={stage}>
                  {label}
                </option>
              ))}
            </select>
            <span class="setup-line-count">
              <CountLink name="status" value={status.key} />
            </span>
            {isAdmin.value && (
              <span class="setup-line-buttons">
                <Button
                  icon={ArrowUp}
                  label={`Move ${status.label} up`}
                  disabled={index === 0}
                  onClick={() => move(status.key, -1)}
                />
                <Button
                  icon={ArrowDown}
                  label={`Move ${status.label} down`}
                  disabled={index === statuses.length - 1}
                  onClick={() => move(status.key, 1)}
                />
                <Button
                  icon={Trash2}
                  label={
                    isBuiltIn(status.key) ? `${status.label} stays: every project has it` : `Remove ${status.label}`
                  }
                  disabled={isBuiltIn(status.key)}
                  onClick={() => remove(status)}
                />
              </span>
            )}
          </li>
        ))}
      </ol>
      {isAdmin.value && <AddStatus />}
    </Card>
  )
}

/** The name in place: Enter or leaving it stores it, Escape takes it back. */
function InlineName({ status }: { status: Status }) {
  const [text, setText] = useState(status.label)
  const store = () => {
    const label = text.trim()
    if (label === '') setText(status.label)
    else if (label !== status.label) changeOne(status.key, { label })
  }
  return (
    <input
      class="input setup-line-name"
      aria-label={`Name of ${status.label}`}
      dir="auto"
      maxLength={60}
      value={text}
      disabled={!isAdmin.value}
      onInput={(event) => setText(event.currentTarget.value)}
      onBlur={store}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setText(status.label)
      }}
    />
  )
}

function AddStatus() {
  const [text, setText] = useState('')
  const add = async (event: Event) => {
    event.preventDefault()
    const label = text.trim()
    if (label === '') return
    setText('')
    const result = await change(
      ({ statuses }) => ({ statuses: [...statuses, { key: freeKey(label, statuses), label, stage: 'open' }] }),
      `${label} was added.`,
    )
    if (!result.ok) setText((typed) => typed || label)
  }
  return (
    <form class="setup-line-add" onSubmit={(event) => void add(event)}>
      <input
        class="input"
        aria-label="Name of a new status"
        placeholder="New status, such as In review"
        dir="auto"
        maxLength={60}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" look="outline" icon={Plus} disabled={text.trim() === ''}>
        Add status
      </Button>
    </form>
  )
}

/** @example freeKey('Done', statuses) // 'done-2' */
function freeKey(label: string, statuses: readonly Status[]): string {
  const wanted = keyFrom(label) || 'status'
  let key = wanted
  for (let n = 2; statuses.some((status) => status.key === key); n++) key = `${wanted}-${n}`
  return key
}
