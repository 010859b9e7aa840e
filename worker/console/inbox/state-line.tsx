import { filters, setFilters } from '../address/address.ts'
import { withFilter } from '../address/view.ts'
import { shownKey } from '../controls/keycap.tsx'
import { plural } from '../controls/total.ts'
import { list, takeNewcomers } from './inbox.ts'

/** What the reader would otherwise not know about the list: its environment, what it hides, what it loosened. */
export function StateLine() {
  const { spam, merged } = list.hidden.value
  const environments = filters.value.get('environment') ?? ['production']
  return (
    <div class="state-line">
      <span class="first-upper">{environments.join(' or ')}</span>
      {spam > 0 && (
        <span>
          {plural(spam, 'item')} hidden as spam.{' '}
          <button
            type="button"
            class="text-button"
            onClick={() => setFilters(withFilter(filters.peek(), 'spam', ['with']))}
          >
            List them too
          </button>
        </span>
      )}
      {merged > 0 && <span>{plural(merged, 'merged item')} hidden.</span>}
    </div>
  )
}

/** Said when too few items hold all the words. */
export function RelaxedLine() {
  if (!list.relaxed.value || list.ids.value.length === 0) return null
  return <p class="relaxed">Few items hold all these words, so items that hold only some of them are listed too.</p>
}

/** Word of what came in since, without pushing anything about. */
export function Newcomers() {
  const { count, more } = list.newcomers.value
  return (
    <div class="newcomers" role="status">
      {count > 0 && (
        <button
          type="button"
          class="newcomers-button"
          title={`List them (${shownKey('Shift+n')})`}
          onClick={takeNewcomers}
        >
          {more ? `More than ${count}` : count.toLocaleString()} new
          <span class="hidden-text"> {count === 1 ? 'item' : 'items'} came in</span>
        </button>
      )}
    </div>
  )
}
