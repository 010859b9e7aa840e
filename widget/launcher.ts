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
  const host = element('earshot-widget' as 'div')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(launcherCss(settings))
  root.adoptedStyleSheets = [sheet]
  const label = settings.label ?? launcherStrings.launcher
  const button = element(
    'button',
    {
      className: 'launcher',
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
