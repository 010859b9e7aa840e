import type { Facts } from '../../sdk/index.ts'
import { element } from '../element.ts'
import type { Strings } from '../strings.ts'

export const alongCss =
  'details,.part{font-size:13px;line-height:20px;color:var(--dim)}summary,.part{padding:2px 0;cursor:pointer}details:not([open]) summary{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.part{display:flex;gap:8px;margin-top:4px}.part b{display:block}.part b::first-letter{text-transform:uppercase}small{display:block;font-size:12px;line-height:16px;overflow-wrap:anywhere}'

/** Everything that goes along, in full, each part with its switch: a checkbox named `along`. */
export function alongList(facts: Facts, strings: Strings): HTMLElement | false {
  const parts = Object.keys(facts) as (keyof Facts)[]
  const rows = parts
    .filter((part) => lines(facts[part]).length > 0)
    .map((part) =>
      element(
        'label',
        { className: 'part' },
        element('input', { type: 'checkbox', name: 'along', value: part, checked: true }),
        element(
          'span',
          {},
          element('b', null, strings[part]),
          // In its own direction: an address reads from the left in every language.
          ...lines(facts[part]).map((line) => element('small', null, element('bdi', null, line))),
        ),
      ),
    )
  return rows.length > 0 && element('details', null, element('summary'), ...rows)
}

/** What goes along in one line, such as "page and browser, plan: pro". */
export function alongSummary(facts: Facts, going: string[], strings: Strings): string {
  const words = going.map((part) => (part === 'tags' ? lines(facts.tags).join(', ') : strings[part as keyof Facts]))
  return strings.along + (words.join(', ') || strings.nothing)
}

function lines(value: unknown): string[] {
  if (!value || typeof value !== 'object') return value == null ? [] : [(value as string | number | boolean).toString()]
  return Object.entries(value)
    .filter(([, item]) => item != null)
    .map(([key, item]) => (Array.isArray(value) ? '' : `${key}: `) + lines(item).join(', '))
}
