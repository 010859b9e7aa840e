import { element } from '../element.ts'
import type { Strings } from '../strings.ts'
import type { Settings } from '../settings.ts'
import { icon } from './icons.ts'

/** Where the button stands, beside the launcher. */
export function dismissCss({ corner = 'bottom-right', offset = 24 }: Settings): string {
  const [across = 0, down = across] = String(offset).split(' ').map(Number)
  const [block, inline] = corner.split('-')
  return `.launcher:has(~[open])~.dismiss,[hidden]+.dismiss{display:none}.dismiss{position:fixed;z-index:2147483647;${inline}:${across - 8}px;${block}:${down + 28}px;padding:3px;opacity:0;background:var(--bg);color:var(--dim);border-color:var(--edge)}.dismiss svg{width:16px;height:16px}.launcher:is(:hover,:focus)+.dismiss,.dismiss:is(:hover,:focus-visible){opacity:1}`
}

/** A small cross on the launcher, there while the launcher has the pointer or the focus: sends it away for this visit. */
export function dismissButton(launcher: HTMLElement, strings: Strings): HTMLElement {
  const onclick = () => {
    launcher.hidden = true
    try {
      sessionStorage['earshot:dismissed'] = '1'
    } catch {
      // Storage denied: gone for as long as this page is.
    }
  }
  return element(
    'button',
    { className: 'dismiss', ariaLabel: strings.hide, title: strings.hide, onclick },
    icon('close'),
  )
}
