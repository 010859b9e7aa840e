import type { Facts } from '../../sdk/index.ts'
import type { Strings } from '../strings.ts'

export type Part = keyof Facts

interface AlongProps {
  facts: Facts
  without: Part[]
  strings: Strings
  onToggle: (part: Part) => void
}

/** Everything that goes along, in full, each part with its switch. */
export function Along({ facts, without, strings, onToggle }: AlongProps) {
  const parts = Object.keys(facts) as Part[]
  if (parts.length === 0) return null
  const going = parts.filter((part) => !without.includes(part))
  return (
    <details>
      <summary>
        {strings.along}: {going.map((part) => (part === 'tags' ? flat(facts.tags) : strings[part])).join(', ')}
        {going.length === 0 && strings.alongNothing}
      </summary>
      {parts.map((part) => (
        <label class="part">
          <input type="checkbox" checked={!without.includes(part)} onChange={() => onToggle(part)} />
          <span>
            <b>{strings[part]}</b>
            {lines(facts[part]).map((line) => (
              <small>{line}</small>
            ))}
          </span>
        </label>
      ))}
    </details>
  )
}

function lines(value: unknown): string[] {
  return value && typeof value === 'object'
    ? Object.entries(value).map(([key, item]) => (Array.isArray(value) ? flat(item) : `${key}: ${flat(item)}`))
    : [String(value)]
}

function flat(value: unknown): string {
  return value && typeof value === 'object' ? lines(value).join(', ') : String(value)
}
