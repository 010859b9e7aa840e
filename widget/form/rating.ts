import { ratingScales } from '../../sdk/wire/index.ts'
import type { WidgetConfig } from '../../sdk/wire/index.ts'
import { element } from '../element.ts'
import { ratingStrings } from '../strings.ts'
import type { Strings } from '../strings.ts'
import { group, radio } from './choices.ts'
import { draw } from './icons.ts'
import { addSheet } from './sheet.ts'

const css =
  '.rating{display:flex;flex-wrap:wrap;gap:min(4px,.6vw)}.rating .tile{display:grid;place-items:center;flex:1;min-width:24px;height:36px;padding:0;font-size:14px;color:var(--ink);font-variant-numeric:tabular-nums}.rating .tile:has(:checked){color:var(--strong)}.stars .tile,.thumbs .tile{flex:none;width:44px}.stars label:has(:checked,~label :checked) svg{fill:currentColor;color:var(--strong)}.thumbs legend+label svg{transform:rotate(180deg)}.rating p{display:flex;justify-content:space-between;width:100%;font-size:12px;line-height:16px;color:var(--dim)}@media(max-width:640px){.rating .tile{height:44px}}'

const strokes: Record<string, string> = {
  stars: 'M12 3l3 6 6 1-4.5 4 1 6.5L12 17l-5.5 3.5 1-6.5L3 10l6-1z',
  thumbs: 'M7 11v9H4v-9h3l4-8a2 2 0 0 1 2 2v4h6a2 2 0 0 1 2 2l-1 7a2 2 0 0 1-2 2H7',
}

const dressed = new WeakSet<Node>()

/**
 * Shows in `node` a score on any scale of the wire: stars and thumbs as icons, the others as numbers with their ends named. Loaded where
 * the project asks for one.
 */
export function showRating(
  node: HTMLElement,
  { scale, label }: NonNullable<WidgetConfig['rating']>,
  own: Partial<Strings>,
): void {
  const strings = { ...ratingStrings, ...own } as Strings
  if (!dressed.has(node)) addSheet(node, css)
  dressed.add(node)
  const { min, max } = ratingScales[scale]
  const drawn = strokes[scale]
  const choices: Node[] = []
  for (let value = min as number; value <= max; value++) {
    const name = scale === 'thumbs' ? strings[`thumbs${value as 0}`] : `${value} / ${max}`
    const face = drawn ? draw(drawn) : String(value)
    choices.push(element('label', { className: 'tile' }, radio('rating', value, false, name), face))
  }
  const ends = element(
    'p',
    { ariaHidden: 'true' },
    element('span', null, strings.low),
    element('span', null, strings.high),
  )
  node.replaceChildren(group(`rating ${scale}`, label ?? strings.rating, drawn ? choices : [...choices, ends]))
}
