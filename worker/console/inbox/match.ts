import type { Feedback } from '../../../sdk/wire/index.ts'
import type { Filters } from '../address/view.ts'

/** Filters whose answer the console can tell by itself, each with what the item has to say to it. */
const said: Record<string, (item: Feedback) => readonly string[]> = {
  kind: (item) => [item.kind],
  status: (item) => [item.status],
  label: (item) => (item.labels.length > 0 ? item.labels : ['none']),
  assignee: (item) => [item.assignee ?? 'none'],
  environment: (item) => [item.environment],
  release: (item) => (item.release ? [item.release] : []),
  source: (item) => [item.source],
}

/**
 * The name of the first filter an item does not match, for what triage can change and what is plain to see. Null means
 * only that none of these says no: search and dates are the collector's.
 */
export function unmatched(item: Feedback, filters: Filters): string | null {
  for (const [name, values] of filters) {
    const excluded = name.startsWith('not.')
    const field = excluded ? name.slice(4) : name
    const has = tagValue(item, field) ?? (Object.hasOwn(said, field) ? said[field]?.(item) : undefined)
    if (has && values.some((value) => has.includes(value)) === excluded) return field
  }
  const spam = filters.get('spam')?.[0] ?? 'without'
  if (spam !== 'with' && (item.spam ?? false) !== (spam === 'only')) return 'spam'
  return null
}

function tagValue(item: Feedback, field: string): string[] | null {
  if (!field.startsWith('tag.')) return null
  const name = field.slice(4)
  return Object.hasOwn(item.tags, name) ? [String(item.tags[name])] : []
}
