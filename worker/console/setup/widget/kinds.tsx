import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Plus, Trash2 } from 'lucide'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { KindConfig } from '../../../../sdk/wire/index.ts'
import { project } from '../../collector/session.ts'
import { Button } from '../../controls/button.tsx'
import { Icon } from '../../controls/icon.tsx'
import { Picker, type Option } from '../../controls/picker.tsx'
import { Popover } from '../../controls/popover.tsx'
import { Card } from '../card.tsx'
import { Choice, TextField } from '../field.tsx'
import { keyFrom, kindNames, nameOf } from './catalogue.ts'
import type { WidgetDraft } from './check.ts'
import { edit, errorOf } from './draft.ts'

const most = 12

/** What people can choose between, in order. */
export function KindSettings({ draft: { kinds } }: { draft: WidgetDraft }) {
  const [openAt, setOpenAt] = useState<number | null>(null)
  const atFault = kinds.findIndex((_, index) => hasFault(index))
  // Opened by what is wrong in it, it stays open while that is mended.
  useEffect(() => {
    if (atFault >= 0) setOpenAt(atFault)
  }, [atFault])
  const set = (next: KindConfig[]) => edit({ kinds: next })
  const move = (from: number, by: 1 | -1) => {
    const next = [...kinds]
    const [moved] = next.splice(from, 1)
    if (moved) next.splice(from + by, 0, moved)
    set(next)
    setOpenAt(null)
  }
  const add = (kind: KindConfig) => {
    set([...kinds, kind])
    setOpenAt(kinds.length)
  }
  return (
    <Card
      title="Kinds"
      what="What people choose between, in this order. With one kind or none, nothing is asked."
      actions={<AddKind kinds={kinds} onAdd={add} />}
    >
      {kinds.length === 0 && <p class="setup-card-empty">No kinds: everything comes in as “other”.</p>}
      <ol class="setup-kind-list" aria-label="Kinds">
        {kinds.map((kind, index) => {
          const isOpen = openAt === index || hasFault(index)
          const name = kind.label ?? nameOf(kind.key).label
          return (
            <li key={index} class="setup-kind-item">
              <div class="setup-kind-line">
                <button
                  type="button"
                  class="setup-kind-open"
                  aria-expanded={isOpen}
                  onClick={() => setOpenAt(openAt === index ? null : index)}
                >
                  <Icon of={isOpen ? ChevronDown : ChevronRight} size={14} />
                  <span class="setup-kind-name" dir="auto">
                    {name}
                  </span>
                  <code>{kind.key}</code>
                  {kind.url !== undefined && <span class="quiet">leads to an address</span>}
                  {kind.handler && <span class="quiet">handled by the page</span>}
                </button>
                <Button
                  icon={ArrowUp}
                  label={`Move ${name} up`}
                  disabled={index === 0}
                  onClick={() => move(index, -1)}
                />
                <Button
                  icon={ArrowDown}
                  label={`Move ${name} down`}
                  disabled={index === kinds.length - 1}
                  onClick={() => move(index, 1)}
                />
                <Button
                  icon={Trash2}
                  label={`Remove ${name}`}
                  onClick={() => {
                    set(kinds.filter((_, at) => at !== index))
                    setOpenAt(null)
                  }}
                />
              </div>
              {isOpen && (
                <KindFields
                  kind={kind}
                  path={`kinds.${index}`}
                  onChange={(next) => set(kinds.map((one, at) => (at === index ? next : one)))}
                />
              )}
            </li>
          )
        })}
      </ol>
    </Card>
  )
}

function hasFault(index: number): boolean {
  return ['key', 'label', 'prompt', 'url'].some((field) => errorOf(`kinds.${index}.${field}`) !== undefined)
}

type Way = 'form' | 'url' | 'handler'

function KindFields(props: { kind: KindConfig; path: string; onChange: (kind: KindConfig) => void }) {
  const { kind, path, onChange } = props
  const { url: _url, handler: _handler, ...plain } = kind
  const way: Way = kind.handler ? 'handler' : kind.url === undefined ? 'form' : 'url'
  const name = nameOf(kind.key)
  /** An empty field leaves it to the widget, in each visitor's language. */
  const text = (field: 'label' | 'prompt', value: string) => {
    const { [field]: _before, ...others } = kind
    onChange(value === '' ? others : { ...others, [field]: value })
  }
  return (
    <div class="setup-kind-fields">
      <TextField
        label="Name"
        value={kind.label ?? ''}
        placeholder={name.label}
        maxLength={60}
        error={errorOf(`${path}.label`) ?? errorOf(`${path}.key`)}
        hint="Left empty, the widget says it in the visitor’s language."
        onText={(value) => text('label', value)}
      />
      <TextField
        label="Question above the text"
        value={kind.prompt ?? ''}
        placeholder={name.prompt}
        maxLength={200}
        error={errorOf(`${path}.prompt`)}
        onText={(value) => text('prompt', value)}
      />
      <Choice<Way>
        label="Leads to"
        value={way}
        choices={[
          ['form', 'The form'],
          ['url', 'An address'],
          ['handler', 'The page’s own code'],
        ]}
        onChoose={(next) =>
          onChange({
            ...plain,
            ...(next === 'url' && { url: 'https://' }),
            ...(next === 'handler' && { handler: true }),
          })
        }
        hint={
          way === 'handler' ? (
            <>
              The form closes, and the page hears <code>earshot.on('kind', …)</code>, say to open a help desk.
            </>
          ) : undefined
        }
      />
      {way === 'url' && (
        <TextField
          label="Address"
          inputMode="url"
          code
          value={kind.url ?? ''}
          error={errorOf(`${path}.url`)}
          hint="Opens in a new tab."
          onText={(url) => onChange({ ...plain, url })}
        />
      )}
    </div>
  )
}

function AddKind({ kinds, onAdd }: { kinds: readonly KindConfig[]; onAdd: (kind: KindConfig) => void }) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const offered = new Set(kinds.map(({ key }) => key))
  const options = (project.value?.kinds ?? [])
    .filter(({ key }) => !offered.has(key))
    .map(({ key, label }): Option => ({ key, label: kindNames.get(key)?.label ?? label, run: () => onAdd({ key }) }))
  return (
    <>
      <Button
        icon={Plus}
        look="outline"
        buttonRef={button}
        popup="dialog"
        expanded={isOpen}
        disabled={kinds.length >= most}
        onClick={() => setOpen(!isOpen)}
      >
        Add a kind
      </Button>
      {isOpen && (
        <Popover label="Add a kind" anchor={button.current} onClose={() => setOpen(false)}>
          <Picker
            label="Choose a kind, or name a new one"
            options={options}
            empty="Type a name to make a kind."
            create={{
              title: (text) => `New kind “${text}”`,
              icon: Plus,
              run: (text) => {
                setOpen(false)
                onAdd({ key: keyFrom(text) || `kind-${kinds.length + 1}`, label: text })
              },
            }}
            onClose={() => setOpen(false)}
          />
        </Popover>
      )}
    </>
  )
}
