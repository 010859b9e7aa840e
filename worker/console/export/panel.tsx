import { Download } from 'lucide'
import { filters, listQuery, words } from '../address/address.ts'
import { explain } from '../collector/answer.ts'
import { countExport, listColumns } from '../collector/export.ts'
import { project } from '../collector/session.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { Button } from '../controls/button.tsx'
import { plural } from '../controls/total.ts'
import { chipsOf } from '../filters/chips.ts'
import { choice, choose, delimiterHere, delimiters, exportQuery, formats, isTable, zoneOf } from './choice.ts'
import { ColumnChoice } from './columns.tsx'
import { Heard, RunPanel } from './progress.tsx'
import { run, startExport } from './run.ts'
import { ZoneChoice } from './zone.tsx'

/** What the dialog holds: the choices, or what became of them. */
export function ExportPanel() {
  return (
    <>
      <Heard />
      {run.value.phase === 'idle' ? <Choices /> : <RunPanel />}
    </>
  )
}

/** An address is cut off beyond this by servers on the way. */
const queryMaxChars = 12_000

function Choices() {
  const list = new URLSearchParams(listQuery.value)
  const { format, shape, columns, images } = choice.value
  const isLong = isTable(format) && shape === 'long'
  const { zone, isFixed } = zoneOf(list, choice.value.zone, project.value?.timeZone ?? 'UTC')
  const query = exportQuery(list, choice.value, zone)
  const counted = new URLSearchParams(list)
  if (isLong) counted.set('shape', 'long')
  const { value: total, failure } = useAnswer((given) => countExport(counted, given), [counted.toString()])
  const columnQuery = new URLSearchParams({ tz: zone, shape })
  const known = useAnswer(
    (given) => (isTable(format) ? listColumns(columnQuery, given) : null),
    [isTable(format), columnQuery.toString()],
  )
  const wrong =
    isTable(format) && columns?.length === 0
      ? 'Choose one column at least.'
      : query.toString().length > queryMaxChars
        ? 'These are too many columns for one address. Take all columns, or fewer.'
        : null

  function start(): void {
    const day = new Date().toISOString().slice(0, 10)
    const extension = query.has('attachments') ? 'zip' : format
    void startExport(query, format, `earshot-${day}.${extension}`)
  }

  return (
    <form
      class="export-form"
      onSubmit={(event) => {
        event.preventDefault()
        start()
      }}
    >
      <p class="export-what" aria-live="polite">
        {failure && (
          <span class="tone-bad">{`The rows were not counted. ${explain(failure).what} ${explain(failure).next} `}</span>
        )}
        {total && <strong>{plural(total.total, 'row')}</strong>}
        {!total && !failure && <span class="bone inline" />}
        {failure && <strong>What is listed</strong>}
        <Selection isLong={isLong} hidden={total?.hidden.spam ?? 0} merged={total?.hidden.merged ?? 0} />
      </p>
      {total?.relaxed && (
        <p class="export-note">
          Few items hold all the words. Like the list, the export has those that hold only some of them too.
        </p>
      )}
      <fieldset class="formats">
        <legend class="hidden-text">Format</legend>
        {formats.map(({ key, name, use }) => (
          <label key={key} class={key === format ? 'format chosen' : 'format'}>
            <input
              type="radio"
              name="format"
              value={key}
              checked={key === format}
              onChange={() => choose({ format: key })}
            />
            <span class="format-name">{name}</span>
            <span class="quiet">{use}</span>
          </label>
        ))}
      </fieldset>
      {isTable(format) && (
        <>
          <fieldset class="export-line">
            <legend>Rows</legend>
            <label>
              <input type="radio" name="shape" checked={!isLong} onChange={() => choose({ shape: 'wide' })} />
              One for each item
            </label>
            <label>
              <input type="radio" name="shape" checked={isLong} onChange={() => choose({ shape: 'long' })} />
              One for each survey answer
            </label>
          </fieldset>
          {format === 'csv' && <DelimiterChoice />}
          <ColumnChoice known={known.value?.columns ?? null} failure={known.failure} />
          <ZoneChoice zone={zone} isFixed={isFixed} />
          <label class="export-images">
            <input
              type="checkbox"
              checked={images}
              onChange={(event) => choose({ images: event.currentTarget.checked })}
            />
            With the images: a ZIP with the table and up to 800 images
          </label>
        </>
      )}
      {!isTable(format) && (
        <p class="quiet">
          {format === 'ndjson'
            ? 'Each item exactly as the API gives it. The last line is an end mark with the count; a file without it is not whole.'
            : 'Each item exactly as the API gives it. A file that broke off cannot be read as JSON.'}
        </p>
      )}
      <div class="dialog-foot">
        {wrong && (
          <span class="tone-bad" role="alert">
            {wrong}
          </span>
        )}
        <Button type="submit" look="primary" icon={Download} disabled={wrong !== null}>
          {total ? `Export ${plural(total.total, 'row')}` : 'Export'}
        </Button>
      </div>
    </form>
  )
}

/** What stands between two cells. Another program than Excel asks, or finds out. */
function DelimiterChoice() {
  const here = delimiterHere()
  const chosen = choice.value.delimiter ?? here
  return (
    <fieldset class="export-line">
      <legend>Separator</legend>
      {delimiters.map(({ key, name }) => (
        <label key={key}>
          <input
            type="radio"
            name="delimiter"
            checked={key === chosen}
            onChange={() => choose({ delimiter: key === here ? null : key })}
          />
          {key === here && here !== 'comma' ? `${name}, as Excel expects here` : name}
        </label>
      ))}
    </fieldset>
  )
}

/** Which items they are, in words, and how many are left out. */
function Selection({ isLong, hidden, merged }: { isLong: boolean; hidden: number; merged: number }) {
  const chips = chipsOf(filters.value, project.value).map(({ label, verb, value }) => `${label} ${verb} ${value}`)
  if (words.value) chips.unshift(`search “${words.value}”`)
  return (
    <span>
      {isLong && ', one for each answer'}
      {chips.length > 0 ? `: ${chips.join('; ')}.` : ': everything listed.'}
      {hidden > 0 && ` ${plural(hidden, 'item')} hidden as spam ${hidden === 1 ? 'is' : 'are'} left out.`}
      {merged > 0 && ` ${plural(merged, 'item')} merged into others ${merged === 1 ? 'is' : 'are'} left out.`}
    </span>
  )
}
