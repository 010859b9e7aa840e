import { type Allowed, checkUrl } from '../deliver/address.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { parseFilters } from '../filters/parse.ts'

/** What shapes a list and selects nothing, so that the address of a list can be pasted. */
const shapes = ['sort', 'group']
/** Parameters of a list that a webhook cannot have. */
const listed = ['project', 'cursor', 'limit', 'start', 'item']

/**
 * Reads a filter as a list would: one that selects by what nobody knows is never stored. Answers with it as it is stored;
 * null where it says nothing at all.
 */
export function readFilter(filter: string | null, project: string): Outcome<string | null> {
  if (filter === null || filter.trim() === '') return done(null)
  const parameters = new URLSearchParams(filter.trim())
  for (const name of shapes) parameters.delete(name)
  const strange = listed.find((name) => parameters.has(name))
  if (strange !== undefined) {
    const issues = [{ path: 'filter', reason: `'${strange}' is no filter` }]
    return failed('invalid', `Not accepted: '${strange}' is no part of a filter. Leave it out.`, { issues })
  }
  if (parameters.getAll('spam').some((value) => value !== 'without')) {
    const issues = [{ path: 'filter', reason: 'spam is sent to nobody' }]
    const detail = 'Not accepted: spam is sent to nobody until it is taken out of the tray. Leave the filter spam out.'
    return failed('invalid', detail, { issues })
  }
  parameters.delete('spam')
  const selection = parseFilters(parameters, project, [])
  if (!selection.ok) return selection
  const text = parameters.toString()
  return done(text === '' ? null : text)
}

/** Looks at the URL of a receiver. Whether its name is a public one is looked at whenever something is sent. */
export function readUrl(text: string, allowed: Allowed): Outcome<string> {
  const target = checkUrl(text, allowed)
  if (target.ok) return done(target.url.href)
  const issues = [{ path: 'url', reason: target.reason }]
  return failed('invalid', `The URL ${target.reason}. Use an https address that everybody can reach.`, { issues })
}
