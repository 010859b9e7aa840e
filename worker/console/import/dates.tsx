import type { DateFormat } from '../../../sdk/mapping/date.ts'
import { change, settings } from './state.ts'

const formats: [key: DateFormat | '', name: string][] = [
  ['', '2026-01-31, 31 Jan 2026'],
  ['dmy', '31/01/2026 (day first)'],
  ['mdy', '01/31/2026 (month first)'],
  ['ydm', '2026-31-01 (year, day)'],
]

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** How the dates of the file are written, and where the clocks stood. */
export function Dates() {
  const dates = settings.value?.dates
  if (!dates) return null
  // The project's own zone may have an older name than the browser knows.
  const offered = zones.includes(dates.zone) ? zones : [dates.zone, ...zones]
  return (
    <>
      <select
        aria-label="How dates are written"
        value={dates.formats[0] ?? ''}
        onChange={(event) => {
          const format = event.currentTarget.value as DateFormat | ''
          change({ dates: { ...dates, formats: format === '' ? [] : [format] } })
        }}
      >
        {formats.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
      <select
        aria-label="Time zone of times without one"
        value={dates.zone}
        onChange={(event) => change({ dates: { ...dates, zone: event.currentTarget.value } })}
      >
        {offered.map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </select>
    </>
  )
}
