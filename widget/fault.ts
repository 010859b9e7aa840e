import { element } from './element.ts'
import type { Settings } from './settings.ts'
import { launcherStrings } from './strings.ts'

/**
 * What the launcher says itself when the form cannot be loaded, with the words that were already there: to copy, or to
 * mail where the page gave an address.
 */
export function showFault(root: ShadowRoot, settings: Settings, words: string, onClose: () => void): void {
  const strings = { ...launcherStrings, ...settings.strings }
  const close = element('button', { type: 'button' }, strings.close)
  const panel = element('div', { class: 'fault', role: 'alert' }, element('b', {}, strings.faultTitle))
  panel.append(element('p', {}, strings.faultText))
  if (words) {
    const field = element('textarea', { readonly: '', rows: '4', 'aria-label': strings.faultWords }, words)
    const copy = element('button', { type: 'button' }, strings.copy)
    copy.addEventListener('click', () => {
      field.select()
      // The old command also works where the page's policy or an insecure address denies the clipboard.
      document.execCommand('copy')
      copy.textContent = strings.copied
    })
    panel.append(field, copy)
  }
  if (settings.mailto) {
    const mail = `mailto:${settings.mailto}?body=${encodeURIComponent(words)}`
    panel.append(element('a', { href: mail }, strings.mail))
  }
  close.addEventListener('click', () => {
    panel.remove()
    onClose()
  })
  panel.append(close)
  root.append(panel)
  close.focus()
}
