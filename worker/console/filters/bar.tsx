import { X } from 'lucide'
import { useEffect } from 'preact/hooks'
import { open, overlay } from '../actions/overlay.ts'
import { filters, setFilters } from '../address/address.ts'
import { withoutFilters } from '../address/view.ts'
import { listValues } from '../collector/feedback.ts'
import { project } from '../collector/session.ts'
import { Icon } from '../controls/icon.tsx'
import { isUnnamed } from '../inbox/views.ts'
import { chipsOf, type Chip } from './chips.ts'
import { learnedLabel, learnLabels } from './labels.ts'

/** Every filter in force, each in words, each with its own way out. */
export function FilterBar() {
  const chips = chipsOf(filters.value, project.value)
  useEffect(() => void learnNames(filters.value), [filters.value])
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

/** An address names people, accounts and surveys by their ids; the chips say what they are called. */
async function learnNames(current: typeof filters.value): Promise<void> {
  for (const name of ['person', 'account', 'survey', 'assignee']) {
    const values = [...(current.get(name) ?? []), ...(current.get(`not.${name}`) ?? [])]
    for (const value of values.filter((one) => one !== 'none' && !learnedLabel(name, one))) {
      const answer = await listValues(name, value)
      // Without an answer the id stands there, which is true as well.
      if (answer.ok) learnLabels(name, answer.value.items)
    }
  }
}

function FilterChip({ chip }: { chip: Chip }) {
  const { negated, verb, opposite } = chip
  const shown = overlay.value
  const expanded = shown?.shows === 'filter' && shown.field === chip.field
  return (
    <span class="chip">
      <span class="chip-part">{chip.label}</span>
      {negated ? (
        <button
          type="button"
          class="chip-part action"
          title={`Change to “${opposite}”`}
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
