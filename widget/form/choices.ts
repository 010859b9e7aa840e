import type { KindConfig } from '../../sdk/wire/index.ts'
import { element } from '../element.ts'
import type { Strings } from '../strings.ts'
import { icon } from './icons.ts'

/** The question above the text field: the project's, else the catalogue's. */
export function kindPrompt(kind: KindConfig | undefined, strings: Strings): string {
  return kind?.prompt ?? strings[`${kind?.key as 'bug'}Prompt`] ?? strings.otherPrompt
}

/** The kind that is chosen where nobody chose: one that leads nowhere else. */
export const firstKind = (kinds: KindConfig[]) => kinds.find(({ url, handler }) => !url && !handler)

/**
 * The kinds as radio buttons that look like tiles; a kind with an address of its own is a link, one that the page takes
 * care of a button.
 */
export function kindTiles(kinds: KindConfig[], strings: Strings, onHandler: (kind: string) => void): HTMLElement {
  const first = firstKind(kinds)
  const className = 'tile'
  const tiles = kinds.map((kind) => {
    const { key, url, handler, label = strings[key as 'bug'] ?? key } = kind
    const face = [icon(key) ?? icon('other'), label]
    if (handler) return element('button', { type: 'button', className, onclick: () => onHandler(key) }, ...face)
    return url
      ? element('a', { className, href: url, target: '_blank', rel: 'noopener' }, ...face)
      : element('label', { className }, radio('kind', key, kind === first), ...face)
  })
  return group('kinds', strings.kinds, tiles)
}

/** Native controls under a name. */
export function group(kind: string, legend: string, children: Node[]): HTMLElement {
  return element('fieldset', { className: kind }, element('legend', null, legend), ...children)
}

/** One of several. `label` where the words beside it do not name it. */
export function radio(name: string, value: string | number, checked: boolean, label?: string): HTMLElement {
  return element('input', { type: 'radio', name, value: String(value), checked, ariaLabel: label ?? null })
}
