import type { SurveyDefinition } from '../../sdk/wire/index.ts'
import type { Earshot } from '../../sdk/index.ts'
import { element } from '../element.ts'
import { surveyStrings } from '../strings.ts'
import type { Look } from './look.ts'
import { createPanel } from './panel.ts'
import type { Panel } from './panel.ts'
import { surveyCss } from './survey-css.ts'
import { wordsOf } from './words.ts'

/** A survey in a shadow root of its own, so that neither the page's sheets nor the form's reach it. */
export interface Mounted extends Panel {
  host: HTMLElement
  root: ShadowRoot
}

/**
 * Builds a survey in the language of the settings, else of the page, else of the browser; puts it nowhere.
 *
 * @param css where it stands
 * @param signal aborted when it is gone
 */
export function mountSurvey(
  definition: SurveyDefinition,
  look: Look,
  client: Pick<Earshot, 'send' | 'on'>,
  css: string,
  signal: AbortSignal,
  onClose: () => void,
): Mounted {
  const strings = { ...surveyStrings, ...look.strings }
  const words = wordsOf(definition, look.lang || document.documentElement.lang || navigator.language)
  const panel = createPanel(definition, client, words, strings, onClose)
  const host = element('div', { className: 'survey' })
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(surveyCss(look) + css)
  root.adoptedStyleSheets = [sheet]
  root.append(panel.node)
  const system = matchMedia('(prefers-color-scheme:dark)')
  const paint = () => host.toggleAttribute('dark', look.theme === 'dark' || (look.theme !== 'light' && system.matches))
  system.addEventListener('change', paint, { signal })
  paint()
  return { ...panel, host, root }
}
