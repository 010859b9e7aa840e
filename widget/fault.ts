import { element } from './element.ts'
import type { Settings } from './settings.ts'
import { launcherStrings } from './strings.ts'

/**
 * What the launcher says itself, above its button, when the form cannot be loaded; with the words that were already
 * there, to copy, or to mail where the page gave an address. The button tries again.
 */
export function faultPanel({ strings, mailto, theme = 'auto' }: Settings, words: string): HTMLElement {
  const { fault, copy, close } = { ...launcherStrings, ...strings }
  const field = element('textarea', { readOnly: true, ariaLabel: copy, dir: 'auto' }, words)
  const onCopy = () => {
    field.select()
    // The old command also works where the page's policy or an insecure address denies the clipboard.
    document.execCommand('copy')
  }
  const panel = element(
    'div',
    { className: 'fault', role: 'alert' },
    fault,
    words && field,
    words && element('button', { onclick: onCopy }, copy),
    mailto && element('a', { href: `mailto:${mailto}?body=${encodeURIComponent(words)}` }, mailto),
    element('button', { onclick: () => panel.remove() }, close),
  )
  // The page's own choice, else as the system is set: the same as the form.
  panel.style.colorScheme = theme.replace('auto', 'light dark')
  return panel
}
