import { FileText } from 'lucide'
import { encodings, type Encoding } from '../../../sdk/mapping/encoding.ts'
import { Icon } from '../controls/icon.tsx'
import { plural } from '../controls/total.ts'
import { knownSource, read, reading, table } from './state.ts'
import type { Chosen } from './table.ts'

const encodingNames: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
  'windows-1252': 'Windows-1252 (Western)',
}

const delimiterNames: [sign: string, name: string][] = [
  [',', 'Comma'],
  [';', 'Semicolon'],
  ['\t', 'Tab'],
  ['|', 'Bar'],
]

/** Which file it is, and how it is read: found out, and open to correction. */
export function Reader({ file }: { file: Chosen }) {
  const how = reading.value
  const found = table.value
  const source = knownSource.value
  if (how === null) return null
  return (
    <section class="import-file" aria-label="File">
      <Icon of={FileText} />
      <p class="import-file-name">
        <strong dir="auto">{file.name}</strong>
        <span class="quiet">
          {found ? `${plural(found.rows.length, 'row')}, ${plural(found.headers.length, 'column')}` : 'Reading…'}
          {source && `, from ${source.name} by the look of it`}
        </span>
      </p>
      <label class="import-choice">
        <span>Encoding</span>
        <select
          value={how.encoding}
          onChange={(event) => void read({ ...how, encoding: event.currentTarget.value as Encoding })}
        >
          {encodings.map((key) => (
            <option key={key} value={key}>
              {encodingNames[key]}
            </option>
          ))}
        </select>
      </label>
      <label class="import-choice">
        <span>Delimiter</span>
        <select value={how.delimiter} onChange={(event) => void read({ ...how, delimiter: event.currentTarget.value })}>
          {delimiterNames.map(([sign, name]) => (
            <option key={sign} value={sign}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </section>
  )
}
