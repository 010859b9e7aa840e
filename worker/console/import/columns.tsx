import type { CsvRow } from '../../../sdk/mapping/csv.ts'
import { type RatingScale, ratingScales } from '../../../sdk/wire/index.ts'
import { limits } from '../../../sdk/wire/limits.ts'
import { Dates } from './dates.tsx'
import { type Column, retarget, targetGroups } from './matching.ts'
import { columns, setColumn } from './state.ts'

interface ColumnsProps {
  headers: readonly string[]
  rows: readonly CsvRow[]
}

/** A line for each column: its name, what stands in it, what it is for. */
export function Columns({ headers, rows }: ColumnsProps) {
  return (
    <ul class="import-columns">
      {headers.map((header, at) => {
        const column = columns.value[at]
        return column && <ColumnLine key={at} at={at} header={header} samples={samplesOf(rows, at)} column={column} />
      })}
    </ul>
  )
}

const samplesShown = 3
const rowsLooked = 50

/** A few different values, as they stand. */
function samplesOf(rows: readonly CsvRow[], at: number): string[] {
  const values = rows.slice(0, rowsLooked).map(({ cells }) => (cells[at] ?? '').trim())
  return [...new Set(values.filter((text) => text !== ''))].slice(0, samplesShown)
}

interface LineProps {
  at: number
  header: string
  samples: readonly string[]
  column: Column
}

function ColumnLine({ at, header, samples, column }: LineProps) {
  const name = header.trim() || `Column ${at + 1}`
  const { target } = column
  return (
    <li class={target === null ? 'import-column left-out' : 'import-column'}>
      <div class="import-column-what">
        <strong dir="auto">{name}</strong>
        <span class="import-samples" dir="auto">
          {samples.length === 0 ? 'Empty in the first rows' : samples.join(' · ')}
        </span>
      </div>
      <div class="import-column-for">
        <select
          aria-label={`What “${name}” is for`}
          value={target?.to ?? ''}
          onChange={(event) => setColumn(at, retarget(header, event.currentTarget.value, 'csat'))}
        >
          <option value="">Leave out</option>
          {targetGroups.map((group) => (
            <optgroup key={group.label} label={group.label}>
              {group.targets.map(([key, label]) => (
                <option key={key} value={key}>
                  {label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        <More at={at} name={name} column={column} />
      </div>
    </li>
  )
}

/** What a target needs besides: a name, a scale, how dates are written. */
function More({ at, name, column }: { at: number; name: string; column: Column }) {
  const { target, how } = column
  if (target === null) return null
  if (target.to === 'createdAt') return <Dates />
  if (target.to === 'tag' || target.to === 'trait') {
    return (
      <input
        type="text"
        dir="auto"
        aria-label={`Name of the ${target.to} for “${name}”`}
        maxLength={limits.nameMaxChars}
        value={target.name}
        onChange={(event) =>
          setColumn(at, { ...column, target: { ...target, name: event.currentTarget.value.trim() || name } })
        }
      />
    )
  }
  if (target.to === 'rating') {
    return (
      <>
        <select
          aria-label={`Scale of “${name}”`}
          value={target.scale}
          onChange={(event) =>
            setColumn(at, { ...column, target: { ...target, scale: event.currentTarget.value as RatingScale } })
          }
        >
          {Object.entries(ratingScales).map(([scale, { min, max }]) => (
            <option key={scale} value={scale}>
              {`${scaleNames[scale as RatingScale]} (${min} to ${max})`}
            </option>
          ))}
        </select>
        <label class="import-tick">
          <input
            type="checkbox"
            checked={how === 'reverse'}
            onChange={(event) => setColumn(at, { ...column, how: event.currentTarget.checked ? 'reverse' : 'as-is' })}
          />
          Lowest is best
        </label>
      </>
    )
  }
  if (target.to !== 'label') return null
  return (
    <label class="import-tick">
      <input
        type="checkbox"
        checked={how === 'split'}
        onChange={(event) => setColumn(at, { ...column, how: event.currentTarget.checked ? 'split' : 'as-is' })}
      />
      Several in a cell
    </label>
  )
}

const scaleNames: Record<RatingScale, string> = {
  nps: 'NPS',
  csat: 'CSAT',
  ces: 'CES',
  stars: 'Stars',
  thumbs: 'Thumbs',
}
