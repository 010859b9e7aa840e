import { isUnused, StartLink } from '../offer.tsx'
import { dayInWords } from './day.ts'
import { type Day, groupNames, groups } from './words.ts'

/** The numbers behind the chart, the latest day first; days without anything are left out. */
export function DayTable({ days }: { days: readonly Day[] }) {
  const busy = days.filter(({ counts }) => groups.some((group) => counts[group] > 0)).toReversed()
  if (busy.length === 0) return <NothingSent />
  return (
    <details class="setup-policy" open={busy.length <= 7}>
      <summary>Table by day</summary>
      <div class="health-scroll" role="region" tabIndex={0} aria-label="Outcomes by day, as a table">
        <table class="health-table">
          <caption class="hidden-text">Outcomes by day</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {groups.map((group) => (
                <th key={group} scope="col">
                  {groupNames[group].name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {busy.map(({ day, counts }) => (
              <tr key={day}>
                <th scope="row">{dayInWords(day)}</th>
                {groups.map((group) => (
                  <td key={group} class={counts[group] === 0 ? 'quiet' : ''}>
                    {counts[group].toLocaleString()}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

function NothingSent() {
  if (!isUnused.value) return <p class="setup-card-empty">Nothing was sent in these days.</p>
  return (
    <div class="health-none">
      <p class="setup-card-empty">Nothing was ever sent. Each request of a widget is counted here, taken or refused.</p>
      <StartLink />
    </div>
  )
}
