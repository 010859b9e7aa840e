import { ChartLine, ListFilter } from 'lucide'
import { type PeriodUnit, periodUnits } from '../../../sdk/wire/index.ts'
import { open, overlay } from '../actions/overlay.ts'
import { filters, setFilters, setOptions } from '../address/address.ts'
import { project } from '../collector/session.ts'
import { Blank } from '../controls/blank.tsx'
import { Button } from '../controls/button.tsx'
import { FilterBar } from '../filters/bar.tsx'
import { datePresets, withDays, withoutDays } from '../filters/date.ts'
import { ResponsesSection } from './responses.tsx'
import { ScoresSection } from './scores.tsx'
import { by } from './state.ts'
import { VolumeSection } from './volume.tsx'
import { PlaceFrame } from '../frame/place.tsx'
import { isUnused, StartLink } from '../setup/offer.tsx'
import { dayIn } from '../controls/moment.ts'
import { addSheet } from '../controls/sheet.ts'
import css from './numbers.css'

addSheet(css)

/** Scores, volume and response rates of what the filters select, each with how sure it is. */
export default function NumbersView() {
  const hasNothing = isUnused.value && filters.value.size === 0
  return (
    <PlaceFrame title="Numbers" actions={!hasNothing && <Controls />} below={<FilterBar />}>
      {hasNothing ? (
        <NoNumbers />
      ) : (
        <div class="numbers">
          <p class="numbers-scope">{scopeInWords()}</p>
          <ScoresSection />
          <VolumeSection />
          <ResponsesSection />
        </div>
      )}
    </PlaceFrame>
  )
}

function NoNumbers() {
  return (
    <Blank icon={ChartLine} title="Nothing to count yet" action={<StartLink />}>
      How people score your product, and what they speak of, week by week. It begins with the first item that comes in.
    </Blank>
  )
}

function scopeInWords(): string {
  const zone = project.value?.timeZone ?? 'UTC'
  const start = project.value?.weekStart === 'sunday' ? 'Sunday' : 'Monday'
  const where = filters.value.get('environment')?.join(' or ') ?? 'production'
  const days = by.value === 'week' ? `weeks from ${start}` : `${by.value}s`
  return `What came from ${where}, spam left out; ${days} in ${zone}. Every number opens the items behind it.`
}

const unitNames: Record<PeriodUnit, string> = { day: 'Day', week: 'Week', month: 'Month' }

function Controls() {
  const shown = overlay.value
  return (
    <>
      <RangeSelect />
      <div class="segments" role="group" aria-label="Divide time by">
        {periodUnits.map((unit) => (
          <button
            key={unit}
            type="button"
            class="segment"
            aria-pressed={by.value === unit}
            onClick={() => setOptions({ by: unit }, 'replace')}
          >
            {unitNames[unit]}
          </button>
        ))}
      </div>
      <Button
        icon={ListFilter}
        look="outline"
        popup="dialog"
        anchor="filter"
        expanded={shown?.shows === 'filter'}
        onClick={(event) => open({ shows: 'filter', anchor: event.currentTarget as HTMLElement })}
      >
        Filter
      </Button>
    </>
  )
}

const byDefault: Record<PeriodUnit, string> = { day: 'Last 30 days', week: 'Last 12 weeks', month: 'Last 12 months' }

function RangeSelect() {
  const zone = project.value?.timeZone ?? 'UTC'
  const day = dayIn(zone, Date.now())
  const [from] = filters.value.get('from') ?? []
  const [to] = filters.value.get('to') ?? []
  const chosen = datePresets.find(({ days }) => days(day).from === from && days(day).to === to)
  const value = chosen?.key ?? (from || to ? 'own' : '')
  return (
    <label class="sort">
      <span class="hidden-text">Range</span>
      <select
        value={value}
        onChange={(event) => {
          const preset = datePresets.find(({ key }) => key === event.currentTarget.value)
          setFilters(preset ? withDays(filters.value, preset.days(day), zone) : withoutDays(filters.value), 'replace')
        }}
      >
        <option value="">{byDefault[by.value]}</option>
        {datePresets.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
        {value === 'own' && <option value="own">As filtered</option>}
      </select>
    </label>
  )
}
