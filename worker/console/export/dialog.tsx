import { Download } from 'lucide'
import { useState } from 'preact/hooks'
import { close } from '../actions/overlay.ts'
import { filters, listQuery, words } from '../address/address.ts'
import { explain } from '../collector/answer.ts'
import { countFeedback, exportUrl } from '../collector/feedback.ts'
import { project } from '../collector/session.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { Dialog } from '../controls/dialog.tsx'
import { Icon } from '../controls/icon.tsx'
import { plural } from '../controls/total.ts'
import { chipsOf } from '../filters/chips.ts'
import { list } from '../inbox/inbox.ts'

const formats = [
  { key: 'csv', name: 'CSV', use: 'Opens in Excel, Sheets and LibreOffice' },
  { key: 'ndjson', name: 'NDJSON', use: 'One item a line, for warehouses and scripts' },
  { key: 'json', name: 'JSON', use: 'One array, for small things' },
] as const
type Format = (typeof formats)[number]['key']

/** Exports exactly what is listed, and says how many rows that is before it starts. */
export function ExportDialog() {
  const [format, setFormat] = useState<Format>('csv')
  const query = listQuery.value
  const { value: total, failure } = useAnswer((given) => countFeedback(new URLSearchParams(query), given), [query])

  return (
    <Dialog label="Export" class="export" onClose={close}>
      <p class="export-what">
        {failure && explain(failure).what}
        {total && <strong>{plural(total.count, 'row')}</strong>}
        {!total && !failure && <span class="bone inline" />}
        <Selection />
      </p>
      {list.relaxed.value && (
        <p class="export-note">
          Few items hold all the words. Like the list, the export has those that hold only some of them too.
        </p>
      )}
      <fieldset class="formats">
        <legend class="hidden-text">Format</legend>
        {formats.map(({ key, name, use }) => (
          <label key={key} class={key === format ? 'format chosen' : 'format'}>
            <input type="radio" name="format" value={key} checked={key === format} onChange={() => setFormat(key)} />
            <span class="format-name">{name}</span>
            <span class="quiet">{use}</span>
          </label>
        ))}
      </fieldset>
      <p class="quiet">{fineprint(format, query)}</p>
      <div class="dialog-foot">
        <a
          class="button primary"
          href={exportUrl(exportQuery(query, format))}
          download
          onClick={() => setTimeout(close)}
        >
          <Icon of={Download} />
          {total ? `Export ${plural(total.count, 'row')}` : 'Export'}
        </a>
      </div>
    </Dialog>
  )
}

function Selection() {
  const chips = chipsOf(filters.value, project.value).map(({ label, verb, value }) => `${label} ${verb} ${value}`)
  if (words.value) chips.unshift(`search “${words.value}”`)
  const { spam } = list.hidden.value
  return (
    <span>
      {chips.length > 0 ? `: ${chips.join('; ')}.` : ': everything listed.'}
      {spam > 0 && ` ${plural(spam, 'item')} hidden as spam ${spam === 1 ? 'is' : 'are'} left out.`}
    </span>
  )
}

function exportQuery(query: string, format: Format): URLSearchParams {
  const parameters = new URLSearchParams(query)
  parameters.set('format', format)
  if (format === 'csv') parameters.set('tz', zoneOf(parameters))
  return parameters
}

/**
 * The zone of the second column of times, which spreadsheets read as dates: the one that the filter's days are counted
 * in, because the same parameter says both, else the project's own.
 */
function zoneOf(query: URLSearchParams): string {
  const days = query.has('from') || query.has('to')
  return query.get('tz') ?? (days ? 'UTC' : (project.value?.timeZone ?? 'UTC'))
}

function fineprint(format: Format, query: string): string {
  if (format === 'csv') {
    const zone = zoneOf(new URLSearchParams(query))
    return zone === 'UTC' ? 'Times in UTC.' : `Times in UTC, and once more as dates in ${zone}.`
  }
  if (format === 'ndjson') return 'The last line is an end mark with the count; a file without it is not whole.'
  return 'Each item exactly as the API gives it.'
}
