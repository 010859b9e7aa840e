import type { Earshot } from '../../sdk/index.ts'
import type { SurveyDefinition, WidgetConfig } from '../../sdk/wire/index.ts'
import { element } from '../element.ts'
import type { Settings } from '../settings.ts'
import { surveyStrings } from '../strings.ts'
import { lookOf } from './look.ts'
import { mountSurvey } from './mount.ts'
import { floatCss } from './survey-css.ts'

const keyboardMinPx = 80
/** Screen readers announce only what changes in a region they already know. */
const knownMs = 100

/** What `showSurvey` needs. */
export interface ShowOptions {
  definition: SurveyDefinition
  settings: Settings
  /** The project's own. */
  theme?: Partial<WidgetConfig['theme']>
  client: Pick<Earshot, 'send' | 'on'>
  onClose: () => void
}

/** A survey on screen. */
export interface ShownSurvey {
  /** Closes it; what was answered stays answered. */
  close: () => void
}

/**
 * Shows one survey in the launcher's place, which comes back after it. It takes no focus by itself: it is announced, and
 * is the last stop of the Tab key. While the form is open it steps aside.
 */
export function showSurvey(
  root: ShadowRoot,
  { definition, settings, theme, client, onClose }: ShowOptions,
): ShownSurvey {
  const { appeared } = { ...surveyStrings, ...settings.strings }
  const [beside, keyboard] = [new CSSStyleSheet(), new CSSStyleSheet()]
  beside.replaceSync('.launcher:has(~.survey),.survey:has(~[open]),[open]~.survey{display:none!important}')
  const gone = new AbortController()
  const { signal } = gone
  let before: EventTarget | null = null

  const close = () => {
    if (signal.aborted) return
    gone.abort()
    survey.flush()
    const focused = !!survey.root.activeElement
    survey.host.remove()
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== beside)
    if (focused) (before as HTMLElement | null)?.focus()
    onClose()
  }
  const survey = mountSurvey(definition, lookOf(settings, theme), client, floatCss(settings), signal, close)
  const { host, node } = survey
  // The on-screen keyboard covers what is fixed to the bottom; the visual viewport tells by how much.
  const lift = () => {
    const covered = innerHeight - (visualViewport?.height ?? innerHeight)
    const phone = matchMedia('(max-width:640px)').matches
    keyboard.replaceSync(phone && covered > keyboardMinPx ? `:host{bottom:${covered}px!important}` : '')
  }
  visualViewport?.addEventListener('resize', lift, { signal })
  document.addEventListener('visibilitychange', survey.flush, { signal })
  host.addEventListener('focusin', ({ relatedTarget }) => {
    before = relatedTarget ?? before
  })

  const announced = element('p', { className: 'seen', role: 'status' })
  survey.root.append(announced)
  survey.root.adoptedStyleSheets.push(keyboard)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, beside]
  root.append(host)
  setTimeout(() => {
    announced.textContent = appeared + (node.querySelector('#title')?.textContent ?? '')
  }, knownMs)
  return { close }
}
