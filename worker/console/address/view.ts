/**
 * What the address bar says, as data: `/console/inbox?status=new&not.label=ux&q=late&item=ID`. Filters keep the wire's
 * own names, so that the list, the count and the export take them as they stand; an unknown one is passed on too, and
 * the collector's refusal names it, because a filter is never ignored.
 */

/** Parameter name, as the wire has it, to its values, in the order of the address bar. */
export type Filters = ReadonlyMap<string, readonly string[]>

export interface View {
  filters: Filters
  /** The item in the reading pane. */
  item: string | null
  /** Only where the member sees more than one. */
  project: string | null
  /** How it is shown: parameters of the console alone, which no list is asked with. */
  options: ReadonlyMap<string, string>
}

/** Names of `View.options`: the saved view that was opened; the inbox's grouping, its open sections and its start; what the numbers show, by what, split by what. */
const optionNames = new Set(['group', 'open', 'start', 'show', 'by', 'split', 'view'])

export function readView(search: string): View {
  const parameters = new URLSearchParams(search)
  const filters = new Map<string, string[]>()
  const options = new Map<string, string>()
  for (const [name, value] of parameters) {
    if (name === 'item' || name === 'project' || value === '') continue
    if (optionNames.has(name)) {
      options.set(name, value)
      continue
    }
    const values = filters.get(name)
    if (!values) filters.set(name, [value])
    else if (!values.includes(value)) values.push(value)
  }
  return { filters, item: parameters.get('item') || null, project: parameters.get('project') || null, options }
}

/** @example writeView({ ...readView(''), filters: new Map([['status', ['new']]]), item: 'a1' }) // '?status=new&item=a1' */
export function writeView({ filters, item, project, options }: View): string {
  const parameters = filterQuery(filters)
  for (const [name, value] of options) parameters.set(name, value)
  if (project) parameters.set('project', project)
  if (item) parameters.set('item', item)
  const text = parameters.toString()
  return text ? `?${text}` : ''
}

/** The filters alone, as the collector takes them. */
export function filterQuery(filters: Filters): URLSearchParams {
  const parameters = new URLSearchParams()
  for (const [name, values] of filters) for (const value of values) parameters.append(name, value)
  return parameters
}

/** The same filters with these values for one name; none removes it. */
export function withFilter(filters: Filters, name: string, values: readonly string[]): Filters {
  const next = new Map(filters)
  if (values.length > 0) next.set(name, values)
  else next.delete(name)
  return next
}

export function withoutFilters(filters: Filters, names: readonly string[]): Filters {
  return new Map([...filters].filter(([name]) => !names.includes(name)))
}

export function withToggled(filters: Filters, name: string, value: string): Filters {
  const values = filters.get(name) ?? []
  return withFilter(filters, name, values.includes(value) ? values.filter((one) => one !== value) : [...values, value])
}

/** "is" to "is not" and back: the values move between `name` and `not.name`, where they keep their place. */
export function withNegated(filters: Filters, name: string): Filters {
  const other = name.startsWith('not.') ? name.slice(4) : `not.${name}`
  const moved = new Map<string, readonly string[]>()
  for (const [key, values] of filters) {
    const target = key === name ? other : key
    moved.set(target, [...new Set([...(moved.get(target) ?? []), ...values])])
  }
  return moved
}

/** True when both select the same items in the same order. */
export function sameFilters(one: Filters, other: Filters): boolean {
  const sorted = (filters: Filters) => [...filterQuery(filters)].map((pair) => pair.join('=')).sort()
  const [left, right] = [sorted(one), sorted(other)]
  return left.length === right.length && left.every((pair, index) => pair === right[index])
}
