import { element } from '../element.ts'
import type { Strings } from '../strings.ts'
import { icon } from './icons.ts'

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
