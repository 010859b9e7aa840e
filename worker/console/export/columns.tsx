import { ArrowDown, ArrowUp, Plus, X } from 'lucide'
import { useState } from 'preact/hooks'
import type { ColumnGroup, ExportColumn } from '../../../sdk/wire/index.ts'
import { explain, type Failure } from '../collector/answer.ts'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { choice, choose, firstColumns } from './choice.ts'

interface ColumnChoiceProps {
  /** Null while they are on the way. */
  known: readonly ExportColumn[] | null
  failure: Failure | null
}

/** All columns, or chosen ones in their order. */
export function ColumnChoice({ known, failure }: ColumnChoiceProps) {
  const { columns } = choice.value
  const all = known?.filter(({ isDefault }) => isDefault).length
  const first = () => firstColumns.filter((key) => known?.some((column) => column.key === key) !== false)
  return (
    <>
      <fieldset class="export-line">
        <legend>Columns</legend>
        <label>
          <input type="radio" name="columns" checked={columns === null} onChange={() => choose({ columns: null })} />
          {all === undefined ? 'All' : `All ${all}`}
        </label>
        <label>
          <input type="radio" name="columns" checked={columns !== null} onChange={() => choose({ columns: first() })} />
          Chosen ones
        </label>
      </fieldset>
      {failure && columns !== null && (
        <p class="tone-bad">{`The columns did not load. ${explain(failure).what} ${explain(failure).next}`}</p>
      )}
      {columns !== null && known !== null && <Chooser known={known} chosen={columns} />}
    </>
  )
}

function Chooser({ known, chosen }: { known: readonly ExportColumn[]; chosen: readonly string[] }) {
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const others = known.filter(({ key }) => !chosen.includes(key))
  const found = others.filter(({ header, key }) => `${header}\n${key}`.toLowerCase().includes(wanted))
  const headerOf = (key: string) => known.find((column) => column.key === key)?.header
  const set = (columns: string[]) => choose({ columns })
  const move = (index: number, by: number) => {
    const next = [...chosen]
    const [moved] = next.splice(index, 1)
    if (moved !== undefined) next.splice(index + by, 0, moved)
    set(next)
  }
  return (
    <div class="chooser">
      <section aria-label="Chosen columns">
        <h3>Chosen, in this order</h3>
        <ol class="chooser-list">
          {chosen.map((key, index) => (
            <li key={key} class="chosen-column">
              <span class={headerOf(key) === undefined ? 'chosen-name tone-bad' : 'chosen-name'} dir="auto">
                {headerOf(key) ?? `${key}: not in this project`}
              </span>
              <Button
                class="small"
                icon={ArrowUp}
                label={`Move ${headerOf(key) ?? key} up`}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              />
              <Button
                class="small"
                icon={ArrowDown}
                label={`Move ${headerOf(key) ?? key} down`}
                disabled={index === chosen.length - 1}
                onClick={() => move(index, 1)}
              />
              <Button
                class="small"
                icon={X}
                label={`Leave out ${headerOf(key) ?? key}`}
                onClick={() => set(chosen.filter((one) => one !== key))}
              />
            </li>
          ))}
          {chosen.length === 0 && <li class="chooser-empty">None yet.</li>}
        </ol>
      </section>
      <section aria-label="Further columns">
        <input
          class="chooser-field"
          type="search"
          dir="auto"
          aria-label="Find a column to add"
          placeholder="Find a column to add"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [one] = found
            if (event.key !== 'Enter') return
            // Enter adds; it must not start the export.
            event.preventDefault()
            if (one && wanted) {
              set([...chosen, one.key])
              setText('')
            }
          }}
        />
        <ul class="chooser-list">
          {found.map(({ key, header, group }) => (
            <li key={key}>
              <button
                type="button"
                class="further-column"
                aria-label={`Add ${header}`}
                onClick={() => set([...chosen, key])}
              >
                <Icon of={Plus} size={14} />
                <span class="chosen-name" dir="auto">
                  {header}
                </span>
                <span class="quiet">{groups[group]}</span>
              </button>
            </li>
          ))}
          {found.length === 0 && <li class="chooser-empty">No further column has this name.</li>}
        </ul>
      </section>
    </div>
  )
}

const groups: Record<ColumnGroup, string> = {
  field: '',
  survey: 'Survey',
  question: 'Question',
  tag: 'Tag',
  trait: 'Trait',
  context: 'Context',
  more: '',
}
