import { useEffect, useState } from 'preact/hooks'
import { type Drafted, draftRow, type Mapping } from '../../../sdk/mapping/row.ts'
import type { CsvRow } from '../../../sdk/mapping/csv.ts'
import { project } from '../collector/session.ts'
import { check, type Checked } from './check.ts'
import { mapping, settings } from './state.ts'
import type { Table } from './table.ts'
import { wordsOf } from './words.ts'

const rowsShown = 10

/** Ten rows as they will be stored; of one that will be refused, why. */
export function Preview({ of: { rows, headers } }: { of: Table }) {
  const by = mapping.value
  if (by === null) return null
  return (
    <ol class="import-preview">
      {rows.slice(0, rowsShown).map((row) => (
        <PreviewRow key={row.line} row={row} width={headers.length} by={by} />
      ))}
    </ol>
  )
}

function PreviewRow({ row, width, by }: { row: CsvRow; width: number; by: Mapping }) {
  const { line, cells } = row
  const drafted = cells.length === width ? draftRow(cells, by) : null
  if (drafted === null || 'reason' in drafted) {
    const reason = drafted ? wordsOf(drafted) : `It has ${cells.length} cells where the first line has ${width}.`
    return (
      <li class="import-row refused">
        <span class="import-line">Line {line}</span>
        <p>
          <strong class="tone-bad">Will be refused.</strong> {reason}
        </p>
      </li>
    )
  }
  return (
    <li class="import-row">
      <span class="import-line">Line {line}</span>
      <div>
        <p class="import-facts">
          {factsOf(drafted).map(([name, value]) => (
            <span key={name}>
              <bdi class="quiet">{name}</bdi> <span dir="auto">{value}</span>
            </span>
          ))}
        </p>
        {drafted.draft.message && (
          <p class="import-words" dir="auto">
            {drafted.draft.message}
          </p>
        )}
      </div>
    </li>
  )
}

type Taken = Exclude<Drafted, { reason: string }>

/** Everything but the words, each with its name. */
function factsOf({ draft, missing }: Taken): [name: string, value: string][] {
  const { person, tags = {} } = draft
  const facts: [string, string | undefined][] = [
    ['Score', draft.rating && `${draft.rating.value} of ${draft.rating.scale.toUpperCase()}`],
    ['Score', missing.includes('rating') ? 'none: empty, or outside the scale' : undefined],
    ['Said at', timeOf(draft.createdAt) ?? 'the time of the import'],
    ['Kind', draft.kind],
    ['Status', statusOf(draft.status)],
    ['Labels', draft.labels?.join(', ')],
    ['Person', [person?.name, person?.email, person?.id].filter(Boolean).join(', ')],
    ['Account', [person?.account?.id, person?.account?.name, person?.account?.plan].filter(Boolean).join(', ')],
    ['Revenue', person?.account?.revenue?.toLocaleString()],
    ['E-mail', draft.email],
    ['Page', draft.page?.url],
    ['Language', draft.page?.locale],
    ['Release', draft.release],
    ['Source', draft.source],
    ...Object.entries(tags).map(([name, value]): [string, string] => [name, String(value)]),
    ...Object.entries(person?.traits ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '')
}

/** A status that the project does not have is stored as the first one. */
function statusOf(key: string | undefined): string | undefined {
  const isKnown = project.value?.statuses.some((status) => status.key === key) ?? true
  return key === undefined || isKnown ? key : `new, because there is no “${key}”`
}

function timeOf(iso: string | undefined): string | undefined {
  if (iso === undefined) return undefined
  const timeZone = project.value?.timeZone ?? 'UTC'
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  return `${format.format(new Date(iso))} (${timeZone})`
}

/** How many rows will not be stored as they stand; null while they are looked through. */
export function useChecked(table: Table | null, by: Mapping | null): Checked | null {
  const [found, setFound] = useState<Checked | null>(null)
  useEffect(() => {
    setFound(null)
    if (table === null || by === null) return undefined
    let wanted = true
    const look = async () => {
      const checked = await check(table, by, () => wanted)
      if (wanted) setFound(checked)
    }
    void look()
    return () => {
      wanted = false
    }
  }, [table, by])
  return settings.value === null ? null : found
}
