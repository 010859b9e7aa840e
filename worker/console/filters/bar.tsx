import { X } from 'lucide'
import { open, overlay } from '../actions/overlay.ts'
import { filters, setFilters } from '../address/address.ts'
import { withoutFilters } from '../address/view.ts'
import { project } from '../collector/session.ts'
import { Icon } from '../controls/icon.tsx'
import { isUnnamed } from '../inbox/views.ts'
import { chipsOf, type Chip } from './chips.ts'

/** Every filter in force, each in words, each with its own way out. */
export function FilterBar() {
  const chips = chipsOf(filters.value, project.value)
  if (chips.length === 0) return null
  return (
    <div class="filter-bar" role="group" aria-label="Filters">
      {chips.map((chip) => (
        <FilterChip key={`${chip.field} ${chip.verb}`} chip={chip} />
      ))}
      {chips.length > 1 && (
        <button type="button" class="text-button" onClick={() => setFilters(onlySearch())}>
          Clear all
        </button>
      )}
      {isUnnamed.value && (
        <button type="button" class="text-button" onClick={() => open({ shows: 'view', id: null })}>
          Save view
        </button>
      )}
    </div>
  )
}

function FilterChip({ chip }: { chip: Chip }) {
  const { negated, verb } = chip
  const shown = overlay.value
  const expanded = shown?.shows === 'filter' && shown.field === chip.field
  return (
    <span class="chip">
      <span class="chip-part">{chip.label}</span>
      {negated ? (
        <button
          type="button"
          class="chip-part action"
          title={`Change to “${verb === 'is' ? 'is not' : 'is'}”`}
          onClick={() => setFilters(negated)}
        >
          {verb}
        </button>
      ) : (
        <span class="chip-part quiet">{verb}</span>
      )}
      <button
        type="button"
        class="chip-part action chip-value"
        dir="auto"
        title={chip.value}
        aria-haspopup="dialog"
        aria-expanded={expanded}
        onClick={(event) => open({ shows: 'filter', field: chip.field, anchor: event.currentTarget })}
      >
        {chip.value}
      </button>
      <button
        type="button"
        class="chip-part action chip-remove"
        aria-label={`Remove the filter ${chip.label} ${verb} ${chip.value}`}
        onClick={() => setFilters(chip.removed)}
      >
        <Icon of={X} size={12} />
      </button>
    </span>
  )
}

function onlySearch() {
  const names = [...filters.peek().keys()].filter((name) => name !== 'q' && name !== 'sort')
  return withoutFilters(filters.peek(), names)
}
