import { groupings } from '../../sdk/wire/index.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { parseFilters } from '../filters/parse.ts'
import type { Selection } from '../storage/selection.ts'

/** Parameters of a view that are no filters. */
const others = ['group']

/**
 * Reads the query of a view as a list would: a view that cannot be opened is never saved. A list's cursor, and the
 * project, are no part of a view.
 */
export function readQuery(query: string, project: string): Outcome<{ query: string; selection: Selection }> {
  const parameters = new URLSearchParams(query)
  for (const name of ['project', 'cursor', 'limit']) {
    if (parameters.has(name)) {
      const issues = [{ path: `query.${name}`, reason: 'is no part of a view' }]
      return failed('invalid', `Not accepted: '${name}' is no part of a view. Save the filters alone.`, { issues })
    }
  }
  const group = parameters.get('group')
  if (group !== null && !groupings.some((grouping) => grouping === group)) {
    const issues = [{ path: 'query.group', reason: `is none of ${groupings.join(', ')}` }]
    return failed('invalid', `A list is grouped by ${groupings.join(', ')}, not by '${group.slice(0, 60)}'.`, {
      issues,
    })
  }
  const selection = parseFilters(parameters, project, others)
  return selection.ok ? done({ query: parameters.toString(), selection: selection.value }) : selection
}
