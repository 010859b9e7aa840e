import { CircleAlert, CircleCheck, CirclePause, Download, Inbox } from 'lucide'
import { go } from '../address/address.ts'
import { explain } from '../collector/answer.ts'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { plural, quarters } from '../controls/total.ts'
import { cancel, downloadRefused, forgetRun, goOn, pause, type Run } from './running.ts'
import { forget } from './state.ts'

const titles: Record<Run['state'], string> = {
  sending: 'Importing',
  paused: 'Paused',
  failed: 'The import stopped',
  cancelled: 'The import was cancelled',
  done: 'The import is complete',
}

/** How far it is, and at the end what became of every row. */
export function Progress({ of }: { of: Run }) {
  const { state, rows, tally } = of
  const isOver = state === 'done' || state === 'cancelled'
  const icon = state === 'done' ? CircleCheck : state === 'failed' ? CircleAlert : CirclePause
  return (
    <section class="import-run" aria-label="Progress">
      <h3 class="import-run-title">
        {state !== 'sending' && <Icon of={icon} class={tones[state]} />}
        <span role="status">
          {titles[state]}
          <span class="hidden-text">{heard(of)}</span>
        </span>
      </h3>
      <progress max={rows} value={tally.done} aria-label="Rows that are done with" />
      <p class="quiet">
        {tally.done.toLocaleString()} of {plural(rows, 'row')}
      </p>
      <dl class="import-tally">
        <Count name="Stored" of={tally.stored} />
        <Count name="There already" of={tally.repeated} />
        <Count name="Refused" of={tally.refused.length} bad />
      </dl>
      <Message of={of} />
      <div class="import-run-actions">
        {state === 'sending' && (
          <Button look="outline" onClick={pause}>
            Pause
          </Button>
        )}
        {state === 'paused' && (
          <Button look="primary" onClick={() => void goOn()}>
            Go on
          </Button>
        )}
        {state === 'failed' && (
          <Button look="primary" onClick={() => void goOn()}>
            Try again
          </Button>
        )}
        {!isOver && <Button onClick={cancel}>Cancel the import</Button>}
        {isOver && <Ends of={of} />}
      </div>
      {isOver && tally.refused.length > 0 && <RefusedRows of={of} />}
    </section>
  )
}

/** After its title: how far it is in quarters, and what became of the rows; that it stopped is an alert. */
function heard({ state, rows, tally }: Run): string {
  if (state === 'sending') return quarters('', tally.done, rows)
  if (state === 'failed') return ''
  return `. ${tally.stored.toLocaleString()} stored, ${tally.repeated.toLocaleString()} there already, ${tally.refused.length.toLocaleString()} refused.`
}

const tones: Record<Run['state'], string> = {
  sending: '',
  paused: 'tone-quiet',
  failed: 'tone-bad',
  cancelled: 'tone-quiet',
  done: 'tone-good',
}

function Count({ name, of, bad = false }: { name: string; of: number; bad?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={bad && of > 0 ? 'tone-bad' : ''}>{of.toLocaleString()}</dd>
    </div>
  )
}

function Message({ of: { state, failure, tally } }: { of: Run }) {
  if (failure) {
    const { what, next } = explain(failure)
    return (
      <p class="import-fault" role="alert">
        {what} {next} What is stored stays; trying again goes on from there.
      </p>
    )
  }
  if (state === 'cancelled') {
    return <p>What is stored stays. The same file with the same settings goes on from there.</p>
  }
  if (state !== 'done' || tally.notes.size === 0) return null
  return (
    <ul class="import-notes">
      {[...tally.notes].map(([name, count]) => (
        <li key={name}>
          {plural(count, 'row')} noted: {name}
        </li>
      ))}
    </ul>
  )
}

function Ends({ of: { tally, source } }: { of: Run }) {
  const inbox = () => go({ filters: new Map([['source', [source]]]), item: null })
  return (
    <>
      {tally.refused.length > 0 && (
        <Button look="outline" icon={Download} onClick={downloadRefused}>
          {`Download ${plural(tally.refused.length, 'refused row')}`}
        </Button>
      )}
      {tally.stored + tally.repeated > 0 && (
        <Button look="primary" icon={Inbox} onClick={inbox}>
          Show them in the inbox
        </Button>
      )}
      <Button
        onClick={() => {
          forgetRun()
          forget()
        }}
      >
        Import another file
      </Button>
    </>
  )
}

const refusedShown = 20

function RefusedRows({ of: { tally } }: { of: Run }) {
  const more = tally.refused.length - refusedShown
  return (
    <ol class="import-preview" aria-label="Refused rows">
      {tally.refused.slice(0, refusedShown).map(({ row, reason }) => (
        <li key={row.line} class="import-row refused">
          <span class="import-line">Line {row.line}</span>
          <p dir="auto">{reason}</p>
        </li>
      ))}
      {more > 0 && <li class="quiet">and {more.toLocaleString()} more in the file to download</li>}
    </ol>
  )
}
