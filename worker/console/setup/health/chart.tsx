import { useState } from 'preact/hooks'
import { goTo, place } from '../../address/address.ts'
import { addSheet } from '../../controls/sheet.ts'
import { Chart } from '../../numbers/chart.tsx'
import css from '../../numbers/numbers.css'
import { dayInWords, dayShort } from './day.ts'
import { type Day, type Group, groupNames, groups } from './words.ts'

addSheet(css)

/** Every group by day; one alone at a click. A click on a day shows that day. */
export function DayChart({ days }: { days: readonly Day[] }) {
  const [only, setOnly] = useState<Group | null>(null)
  const drawn = groups.filter((group) => days.some(({ counts }) => counts[group] > 0))
  const lines = drawn.map((group) => ({
    name: groupNames[group].name,
    values: days.map(({ counts }) => (only === null || only === group ? counts[group] : null)),
  }))
  return (
    <>
      <Chart
        label={`Requests by day: ${drawn.map((group) => groupNames[group].name.toLowerCase()).join(', ')}`}
        lines={lines}
        labels={days.map(({ day }) => dayShort(day))}
        format={(value) => value.toLocaleString()}
        range={[0, Infinity]}
        height={180}
        whole
        onPick={(index) => showDay(days[index]?.day)}
        about={(index) => (
          <>
            <strong>{dayInWords(days[index]?.day ?? '')}</strong>
            {drawn.map((group) => (
              <span key={group}>
                {groupNames[group].name}: {days[index]?.counts[group].toLocaleString()}
              </span>
            ))}
          </>
        )}
      />
      {drawn.length > 1 && (
        <div class="series-legend" role="group" aria-label="Show one alone">
          {drawn.map((group, index) => (
            <button
              key={group}
              type="button"
              class="series-name"
              aria-pressed={only === group}
              onClick={() => setOnly(only === group ? null : group)}
            >
              <span class={`series-mark series-${index + 1}`} aria-hidden="true" />
              {groupNames[group].name}
            </button>
          ))}
        </div>
      )}
    </>
  )
}

function showDay(day: string | undefined): void {
  const here = place.peek()
  if (day === undefined || here.at !== 'setup') return
  goTo({ ...here, show: { ...here.show, from: day, to: day } })
}
