import type { WidgetConfig } from '../../sdk/wire/index.ts'
import { createEmitter } from '../../sdk/events.ts'
import { element } from '../element.ts'
import { launcherCss } from '../launcher-css.ts'
import type { Settings } from '../settings.ts'
import { launcherStrings } from '../strings.ts'
import { mountForm } from './index.ts'

// In a stage and not in a window: it never reaches over its edge, and does not move while it is being set.
const stage =
  'dialog{max-width:calc(100% - 32px);max-height:calc(100% - 32px);inset:auto;right:16px!important;bottom:16px!important;border-radius:var(--round,10px)!important;padding:0!important;animation:none!important}.launcher{right:16px!important;bottom:16px!important}.dismiss{display:none!important}'

/** What a page might send along. */
const facts = {
  page: { url: 'https://app.example.com/settings', title: 'Settings', locale: 'en', timeZone: 'Europe/Berlin' },
}

/**
 * Shows the form as pages show it, open, to be tried out, and sends nothing. It takes the focus only when somebody
 * clicks in it. Returns what takes it away.
 *
 * @param scheme in which colours it shows where the project leaves that to the visitor
 * @example
 * const undo = previewForm(host, config, 'dark')
 */
export function previewForm(host: HTMLElement, config: Partial<WidgetConfig>, scheme: 'light' | 'dark'): () => void {
  const gone = new AbortController()
  const isFixed = config.theme !== undefined && config.theme.scheme !== 'auto'
  const settings: Settings = { key: 'preview', endpoint: '', config, ...(!isFixed && { theme: scheme }) }
  const place = element('div')
  const root = place.attachShadow({ mode: 'open' })
  const dress = (css: string) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  }
  dress(launcherCss(settings))
  const launcher = element('button', { className: 'launcher', onclick: () => form.open() }, launcherStrings.launcher)
  root.append(launcher)
  host.append(place)
  const started = {
    client: {
      facts: () => facts,
      send: () =>
        Promise.resolve({
          id: 'preview',
          state: 'stored' as const,
          receipt: { id: 'preview', reference: 'K7M4XQ2P', receivedAt: new Date().toISOString(), notes: [] },
        }),
      on: () => () => undefined,
    },
    emitter: createEmitter(),
    collector: { key: 'preview', endpoint: '', fetch: () => Promise.reject(new TypeError('A preview sends nothing.')) },
    fetchConfig: () => Promise.resolve(null),
  }
  const form = mountForm(root, settings, started, gone.signal)
  dress(stage)
  const dialog = root.querySelector('dialog')
  if (dialog) {
    // A modal would leave the stage; and opened by a call, it would take the focus from whoever is setting it.
    dialog.showModal = () => dialog.show()
    dialog.setAttribute('open', '')
  }
  return () => {
    gone.abort()
    place.remove()
  }
}
