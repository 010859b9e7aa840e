import { element } from './element.ts'
import { launcherCss } from './launcher-css.ts'
import type { Settings } from './settings.ts'
import { launcherStrings } from './strings.ts'

/** The widget's place in the page: one host element, one shadow root, one button. */
export interface Launcher {
  root: ShadowRoot
  button: HTMLButtonElement
}

/** Mounts the launcher beside the body, where swaps of the body leave it standing. */
export function mountLauncher(settings: Settings, onIntent: () => void, onClick: () => void): Launcher {
  const { strings, launcher } = settings
  const name = strings?.launcher ?? launcherStrings.launcher
  const { label = name } = settings
  // Its own direction, whatever the page's: the words are in the widget's language.
  const host = element('earshot-widget' as 'div', { dir: strings?.dir ?? 'ltr' })
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(launcherCss(settings))
  root.adoptedStyleSheets = [sheet]
  const button = element(
    'button',
    {
      className: 'launcher',
      ariaLabel: label ? null : name,
      hidden: !!launcher || isDismissed(),
      // A touch enters before it presses, too.
      onpointerenter: onIntent,
      onfocus: onIntent,
      onclick: onClick,
    },
    label,
  )
  root.append(button)
  document.documentElement.append(host)
  return { root, button }
}

/** The visitor has sent it away, for this visit. */
function isDismissed(): boolean {
  try {
    return !!sessionStorage['earshot:dismissed']
  } catch {
    // Storage denied: a dismissal lasts as long as the page.
    return false
  }
}
