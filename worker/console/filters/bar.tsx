import { X } from 'lucide'
import { useEffect } from 'preact/hooks'
import { open, overlay } from '../actions/overlay.ts'
import { filters, place, setFilters, words } from '../address/address.ts'
import { withFilter, withoutFilters } from '../address/view.ts'
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
  // Where there is no search field, words that narrow what is shown would be seen nowhere.
  const searched = place.value.at === 'inbox' ? '' : words.value
  if (chips.length === 0 && searched === '') return null
  return (
    <div class="filter-bar" role="group" aria-label="Filters">
      {searched !== '' && <WordsChip of={searched} />}
      {chips.map((chip) => (
        <FilterChip key={`${chip.field} ${chip.verb}`} chip={chip} />
      ))}
      {chips.length + (searched ? 1 : 0) > 1 && (
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

function WordsChip({ of }: { of: string }) {
  return (
    <span class="chip">
      <span class="chip-part">Words</span>
      <bdi class="chip-part chip-value" title={of}>
        {of}
      </bdi>
      <button
        type="button"
        class="chip-part action chip-remove"
        aria-label={`Remove the words ${of}`}
        onClick={() => setFilters(withFilter(filters.peek(), 'q', []))}
      >
        <Icon of={X} size={12} />
      </button>
    </span>
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
      <bdi class="chip-part">{chip.label}</bdi>
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

/** Words stay where their own field shows them. */
function onlySearch() {
  const kept = place.peek().at === 'inbox' ? ['q', 'sort'] : ['sort']
  const names = [...filters.peek().keys()].filter((name) => !kept.includes(name))
  return withoutFilters(filters.peek(), names)
}
