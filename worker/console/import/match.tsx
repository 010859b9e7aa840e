import { ArrowRight } from 'lucide'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { plural } from '../controls/total.ts'
import { checkedInWords } from './check.ts'
import { Columns } from './columns.tsx'
import { explainFlaw } from './matching.ts'
import { Preview, useChecked } from './preview.tsx'
import { Reader } from './reader.tsx'
import { start } from './running.ts'
import { Same } from './same.tsx'
import { flaw, mapping, settings, table } from './state.ts'
import type { Chosen } from './table.ts'

/** The file, what its columns are for, and what that makes of its first rows. */
export function Match({ file }: { file: Chosen }) {
  const found = table.value
  return (
    <div class="import-parts">
      <Reader file={file} />
      {found === null && <Reading />}
      {found !== null && found.headers.length === 0 && (
        <p class="import-fault" role="alert">
          The file holds no line that can be read. Try another encoding, or another file.
        </p>
      )}
      {found !== null && found.headers.length > 0 && settings.value && (
        <>
          {found.fault && (
            <p class="import-fault" role="alert">
              From line {found.fault.line} on this is no CSV: {found.fault.reason} Mend that line, or choose another
              delimiter. Nothing of the file is imported until all of it can be read.
            </p>
          )}
          <section class="import-part" aria-label="Columns">
            <h3>What the columns are for</h3>
            <Columns headers={found.headers} rows={found.rows} />
          </section>
          <section class="import-part" aria-label="The same for every row">
            <h3>The same for every row</h3>
            <Same given={settings.value} />
          </section>
          <section class="import-part" aria-label="Preview">
            <h3>The first rows as they will be stored</h3>
            <Preview of={found} />
          </section>
          <Foot />
        </>
      )}
    </div>
  )
}

function Reading() {
  return (
    <div class="import-part" aria-busy="true" aria-label="Reading the file">
      {[68, 44, 56, 60, 40].map((width) => (
        <span key={width} class={`bone import-bone w${width}`} />
      ))}
    </div>
  )
}

function Foot() {
  const found = table.value
  const checked = useChecked(found, mapping.value)
  if (found === null) return null
  const wrong =
    found.rows.length === 0 ? 'There is no row below the first line.' : flaw.value ? explainFlaw(flaw.value) : null
  const taken = found.rows.length - (checked?.refused ?? 0)
  const isReady = wrong === null && found.fault === null && taken > 0
  return (
    <footer class="import-foot">
      <p class={wrong ? 'tone-bad' : 'quiet'} role="status">
        {wrong ?? (found.fault ? null : checkedInWords(found.rows.length, checked))}
      </p>
      <Button look="primary" disabled={!isReady} onClick={start}>
        {`Import ${plural(taken, 'row')}`}
        <Icon of={ArrowRight} />
      </Button>
    </footer>
  )
}
