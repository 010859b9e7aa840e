import { CircleAlert, CircleCheck } from 'lucide'
import { close } from '../actions/overlay.ts'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { plural, quarters } from '../controls/total.ts'
import { type Came, cancelExport, forgetExport, run, type Run } from './run.ts'

/** How far an export has come, and what it came to. */
export function RunPanel() {
  const now = run.value
  return (
    <div class="export-run">
      {now.phase === 'running' && <Running {...now} />}
      {now.phase === 'done' && <Done {...now} />}
      {now.phase === 'failed' && <Failed {...now} />}
    </div>
  )
}

/** How far it is, four times at most, and its end; there from the start, so that it is read out. That it failed is an alert. */
export function Heard() {
  const now = run.value
  return (
    <div class="export-run" role="status">
      {now.phase === 'running' && <span class="hidden-text">{farInWords(now)}</span>}
      {now.phase === 'done' && <Ended {...now.came} />}
    </div>
  )
}

const farInWords = ({ rows, total }: Extract<Run, { phase: 'running' }>): string =>
  rows === null || !total ? 'Exporting' : quarters('Exporting', rows, total)

function Ended({ rows, announced, name, bytes }: Came) {
  return (
    <p class="export-end">
      <Icon of={CircleCheck} class="tone-good" />
      <span>
        <strong>{`${plural(rows ?? announced, 'row')}, whole.`}</strong>
        {` ${name}, ${size(bytes)}.`}
      </span>
    </p>
  )
}

function Running({ rows, total, bytes }: Extract<Run, { phase: 'running' }>) {
  const share = rows !== null && total !== null && total > 0 ? rows / total : null
  return (
    <>
      <p>
        {share !== null && rows !== null && total !== null
          ? `${rows.toLocaleString()} of ${plural(total, 'row')}, ${size(bytes)}`
          : total === null
            ? 'Beginning'
            : `${size(bytes)} of a file with ${plural(total, 'row')}`}
      </p>
      {share === null ? (
        <progress class="export-progress" aria-label="Export" />
      ) : (
        <progress class="export-progress" aria-label="Export" max={1} value={share} />
      )}
      <p class="quiet">You may close this; it goes on as long as this page is open.</p>
      <div class="dialog-foot">
        <Button look="outline" onClick={cancelExport}>
          Cancel the export
        </Button>
      </div>
    </>
  )
}

function Done({ came, save }: Extract<Run, { phase: 'done' }>) {
  const { rows, isWorkbook, announced, erased } = came
  const missing = rows === null ? 0 : announced - erased - rows
  return (
    <>
      {erased > 0 && (
        <p class="export-note">{`${plural(erased, 'announced row')} ${erased === 1 ? 'was' : 'were'} erased meanwhile.`}</p>
      )}
      {missing !== 0 && <p class="export-note">{movedInWords(missing)}</p>}
      {isWorkbook && <p class="quiet">The second sheet says what is in it, and what is left out.</p>}
      <Hidden came={came} />
      <div class="dialog-foot">
        {save && (
          <Button look="outline" onClick={save}>
            Save it again
          </Button>
        )}
        <Button look="outline" onClick={forgetExport}>
          Another export
        </Button>
        <Button
          look="primary"
          onClick={() => {
            forgetExport()
            close()
          }}
        >
          Close
        </Button>
      </div>
    </>
  )
}

function movedInWords(missing: number): string {
  return missing > 0
    ? `${plural(missing, 'announced row')} left meanwhile: they were erased, or changed so that the filters no longer select them.`
    : `${plural(-missing, 'row')} came in meanwhile: items changed so that the filters select them now.`
}

function Hidden({ came: { hidden } }: { came: Came }) {
  if (hidden.spam === 0 && hidden.merged === 0) return null
  const parts = [
    ...(hidden.spam > 0 ? [`${plural(hidden.spam, 'item')} hidden as spam`] : []),
    ...(hidden.merged > 0 ? [`${plural(hidden.merged, 'item')} merged into others`] : []),
  ]
  return <p class="quiet">{`Left out, as in the list: ${parts.join(', ')}.`}</p>
}

function Failed({ what, next }: Extract<Run, { phase: 'failed' }>) {
  return (
    <>
      <p class="export-end" role="alert">
        <Icon of={CircleAlert} class="tone-bad" />
        <span>
          <strong>{what}</strong>
          {` ${next}`}
        </span>
      </p>
      <div class="dialog-foot">
        <Button look="primary" onClick={forgetExport}>
          Choose and try again
        </Button>
      </div>
    </>
  )
}

/** @example size(3_260_000) // '3.3 MB' */
function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  const [amount, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB']
  return `${amount.toLocaleString(undefined, { maximumFractionDigits: 1 })} ${unit}`
}
