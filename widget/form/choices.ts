import { ratingScales } from '../../sdk/wire/index.ts'
import type { KindConfig, WidgetConfig } from '../../sdk/wire/index.ts'
import { element } from '../element.ts'
import type { Strings } from '../strings.ts'
import { icon } from './icons.ts'

/** The question above the text field: the project's, else the catalogue's. */
export function kindPrompt(kind: KindConfig | undefined, strings: Strings): string {
  return kind?.prompt ?? strings[`${kind?.key as 'bug'}Prompt`] ?? strings.otherPrompt
}

/** The kinds as radio buttons that look like tiles; a kind with an address of its own is a link. */
export function kindTiles(kinds: KindConfig[], strings: Strings): HTMLElement {
  const first = kinds.find(({ url }) => !url)
  const tiles = kinds.map((kind) => {
    const { key, url, label = strings[key as 'bug'] ?? key } = kind
    const face = [icon(key) ?? icon('other'), label]
    return url
      ? element('a', { className: 'tile', href: url, target: '_blank', rel: 'noopener' }, ...face)
      : element('label', { className: 'tile' }, radio('kind', key, kind === first), ...face)
  })
  return group('kinds', strings.kinds, tiles)
}

/** A score on any scale of the wire: stars and thumbs as icons, the others as numbers with their ends named. */
export function ratingField({ scale, label }: NonNullable<WidgetConfig['rating']>, strings: Strings): HTMLElement {
  const { min, max } = ratingScales[scale]
  const choices: Node[] = []
  for (let value = min as number; value <= max; value++) {
    const name = scale === 'thumbs' ? strings[`thumbs${value as 0}`] : `${value} / ${max}`
    choices.push(element('label', null, radio('rating', value, false, name), icon(scale) ?? String(value)))
  }
  const ends = element(
    'p',
    { ariaHidden: 'true' },
    element('span', null, strings.low),
    element('span', null, strings.high),
  )
  return group(`rating ${scale}`, label ?? strings.rating, icon(scale) ? choices : [...choices, ends])
}

function group(kind: string, legend: string, children: Node[]): HTMLElement {
  return element('fieldset', { className: kind }, element('legend', null, legend), ...children)
}

function radio(name: string, value: string | number, checked: boolean, label?: string): HTMLElement {
  return element('input', { type: 'radio', name, value: String(value), checked, ariaLabel: label ?? null })
}
