import { useEffect, useRef, useState } from 'preact/hooks'
import { isAdmin, project } from '../../collector/session.ts'
import { Button } from '../../controls/button.tsx'
import { Picker, type Option } from '../../controls/picker.tsx'
import { Popover } from '../../controls/popover.tsx'
import { Card } from '../card.tsx'
import { Choice, Field, TextField } from '../field.tsx'
import { change } from './settings.ts'

/** Name, time zone, first day of the week. */
export function General() {
  const { name = '', weekStart = 'monday' } = project.value ?? {}
  return (
    <Card title="General">
      <div class="setup-card-fields">
        <Name name={name} />
        <TimeZone />
        <Choice
          label="A week begins on"
          value={weekStart}
          choices={[
            ['monday', 'Monday'],
            ['sunday', 'Sunday'],
          ]}
          disabled={!isAdmin.value}
          onChoose={(next) => void change(() => ({ weekStart: next }), 'Saved.')}
        />
      </div>
    </Card>
  )
}

function Name({ name }: { name: string }) {
  const [text, setText] = useState(name)
  const shown = useRef(name)
  const isSaving = useRef(false)
  const wanted = text.trim()
  const isEmpty = wanted === ''
  const isChanged = wanted !== name
  // Somebody else's name is shown where nobody types another one.
  useEffect(() => {
    if (isSaving.current) return
    if (wanted === shown.current) setText(name)
    shown.current = name
  }, [name])
  const save = async (event: Event) => {
    event.preventDefault()
    if (isEmpty || !isChanged) return
    isSaving.current = true
    const result = await change(() => ({ name: wanted }), 'Saved.')
    isSaving.current = false
    // What was typed is not lost with what was refused.
    if (result.ok) shown.current = wanted
  }
  return (
    <form class="setup-inline-form" onSubmit={(event) => void save(event)}>
      <TextField
        label="Name"
        value={text}
        maxLength={100}
        disabled={!isAdmin.value}
        error={isEmpty ? 'Give the project a name.' : undefined}
        hint="Shown in the console and in the files that are exported."
        onText={setText}
      />
      {isChanged && (
        <Button type="submit" look="primary" disabled={isEmpty}>
          Save name
        </Button>
      )}
    </form>
  )
}

function TimeZone() {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const current = project.value?.timeZone ?? 'UTC'
  return (
    <Field
      label="Time zone"
      hint={`Days and weeks of numbers, filters and exports follow it. It is ${timeIn(current)} there now.`}
    >
      {({ id, 'aria-describedby': described }) => (
        <>
          <button
            ref={button}
            id={id}
            type="button"
            class="input setup-select-button"
            aria-haspopup="dialog"
            aria-expanded={isOpen}
            aria-describedby={described}
            disabled={!isAdmin.value}
            onClick={() => setOpen(!isOpen)}
          >
            {spoken(current)}
          </button>
          {isOpen && (
            <Popover label="Time zone" anchor={button.current} onClose={() => setOpen(false)}>
              <Picker
                label="Search by city or region"
                options={zones(current)}
                empty="No zone has this name. Try the nearest large city."
                onClose={() => setOpen(false)}
              />
            </Popover>
          )}
        </>
      )}
    </Field>
  )
}

/** Every zone that the browser knows, this machine's own first. */
function zones(current: string): Option[] {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const all = [...new Set([here, 'UTC', ...Intl.supportedValuesOf('timeZone')])]
  return all.map((zone) => ({
    key: zone,
    label: spoken(zone),
    checked: zone === current,
    ...(zone === here && { detail: 'this computer' }),
    run: () => void change(() => ({ timeZone: zone }), 'Saved. Charts count their days anew.'),
  }))
}

const spoken = (zone: string): string => zone.replaceAll('_', ' ')

function timeIn(timeZone: string): string {
  return new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date())
}
