import { element, icon } from './element.ts'
import { messageIcon } from './icons.ts'
import { launcherCss } from './launcher-css.ts'
import type { Settings } from './settings.ts'
import { launcherStrings } from './strings.ts'

/** The widget's place in the page: one host element, one shadow root, one button. */
export interface Launcher {
  root: ShadowRoot
  button: HTMLButtonElement
  setTheme: (theme: Settings['theme']) => void
  remove: () => void
}

/** Mounts the launcher beside the body, where swaps of the body leave it standing. */
export function mountLauncher(settings: Settings, onIntent: () => void, onClick: () => void): Launcher {
  const host = element('earshot-widget' as 'div', { lang: settings.lang ?? 'en' })
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(launcherCss(settings))
  root.adoptedStyleSheets = [sheet]

  const label = settings.label ?? settings.strings?.launcher ?? launcherStrings.launcher
  const button = element(
    'button',
    { type: 'button', class: 'launcher', 'aria-haspopup': 'dialog', 'aria-label': label },
    icon(messageIcon),
    element('span', {}, label),
  )
  for (const intent of ['pointerenter', 'focusin', 'touchstart']) {
    button.addEventListener(intent, onIntent, { once: true, passive: true })
  }
  button.addEventListener('click', onClick)
  button.hidden = settings.launcher === 'none'
  root.append(button)

  // Keys typed in here are nobody else's shortcuts: outside, their target looks like a plain element.
  for (const type of ['keydown', 'keyup', 'keypress']) root.addEventListener(type, (event) => event.stopPropagation())

  const system = matchMedia('(prefers-color-scheme:dark)')
  let wanted = settings.theme
  const paint = () => host.toggleAttribute('dark', wanted === 'dark' || (wanted !== 'light' && system.matches))
  system.addEventListener('change', paint)
  paint()
  document.documentElement.append(host)

  return {
    root,
    button,
    setTheme(theme) {
      wanted = theme
      paint()
    },
    remove() {
      system.removeEventListener('change', paint)
      host.remove()
    },
  }
}
