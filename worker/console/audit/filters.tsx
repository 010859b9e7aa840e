import { X } from 'lucide'
import type { Key, Member } from '../../../sdk/wire/index.ts'
import { goTo } from '../address/address.ts'
import { project } from '../collector/session.ts'
import { Icon } from '../controls/icon.tsx'
import { isolate } from '../controls/isolate.ts'
import { actionGroups, nameOfAction } from './actions-in-words.ts'
import { valueOf, withValue } from './query.ts'

/** Who did it, what was done, and when; each in the address bar. */
export function AuditFilters(props: { query: string; members: readonly Member[]; keys: readonly Key[] }) {
  const { query } = props
  const timeZone = project.value?.timeZone ?? 'UTC'
  const set = (name: string, value: string) =>
    goTo({ at: 'audit', query: withValue(query, name, value, timeZone) }, {}, 'replace')
  return (
    <div class="audit-filters" role="group" aria-label="Filters">
      <Select
        label="Who"
        all="Everybody"
        value={valueOf(query, 'actor')}
        groups={actorGroups(props)}
        onChoose={(value) => set('actor', value)}
      />
      <Select
        label="What"
        all="Everything"
        value={valueOf(query, 'action')}
        groups={whatGroups}
        onChoose={(value) => set('action', value)}
      />
      {(['from', 'to'] as const).map((name) => (
        <label key={name} class="audit-filter">
          <span>{name === 'from' ? 'From' : 'To'}</span>
          <input
            class="input"
            type="date"
            title={`Days in ${timeZone}`}
            value={valueOf(query, name).slice(0, 10)}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
        </label>
      ))}
      {valueOf(query, 'target') !== '' && (
        <span class="chip">
          <span class="chip-part">About one thing only</span>
          <button
            type="button"
            class="chip-part action chip-remove"
            aria-label="Show what was done to everything"
            onClick={() => set('target', '')}
          >
            <Icon of={X} size={12} />
          </button>
        </span>
      )}
      {query !== '' && (
        <button type="button" class="text-button" onClick={() => goTo({ at: 'audit', query: '' })}>
          Clear filters
        </button>
      )}
    </div>
  )
}

type Choice = readonly [value: string, words: string]

interface Group {
  name: string
  choices: readonly Choice[]
}

function actorGroups({ members, keys }: { members: readonly Member[]; keys: readonly Key[] }): Group[] {
  const secret = keys.filter(({ type }) => type === 'secret')
  return [
    {
      name: 'Members',
      choices: [['member', 'Any member'], ...members.map(({ id, name }) => [`member:${id}`, name] as const)],
    },
    {
      name: 'Keys',
      choices: [['key', 'Any key'], ...secret.map(({ name, hint }) => [`key:${hint}`, `${name} (${hint}…)`] as const)],
    },
    {
      name: 'Others',
      choices: [
        ['operator', 'The operator'],
        ['system', 'Earshot itself'],
      ],
    },
  ]
}

const whatGroups: readonly Group[] = actionGroups.map(({ thing, name, actions }) => {
  const each = actions.map((action) => [action, nameOfAction(action)] as const)
  return { name, choices: each.length > 1 ? [[thing, `${name}: everything`], ...each] : each }
})

interface SelectProps {
  label: string
  /** What it says where nothing is chosen. */
  all: string
  value: string
  groups: readonly Group[]
  onChoose: (value: string) => void
}

function Select({ label, all, value, groups, onChoose }: SelectProps) {
  const isKnown = value === '' || groups.some(({ choices }) => choices.some(([one]) => one === value))
  return (
    <label class="audit-filter">
      <span>{label}</span>
      <select class="input" value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{all}</option>
        {/* Somebody who left, several at once, or what is none: the address says it, so it is shown. */}
        {!isKnown && <option value={value}>{value}</option>}
        {groups.map(({ name, choices }) => (
          <optgroup key={name} label={name}>
            {choices.map(([one, words]) => (
              <option key={one} value={one}>
                {isolate(words)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  )
}
