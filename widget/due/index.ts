import { fetchConfig } from '../../sdk/transport.ts'
import type { SurveyDefinition, WidgetConfig } from '../../sdk/wire/index.ts'
import type { Started } from '../chunks.ts'
import type { Settings } from '../settings.ts'
import type { ShownSurvey } from '../surveys/index.ts'
import { createDisplays } from './displays.ts'
import { dueAt, fitsTags } from './eligible.ts'
import { createSeen } from './seen.ts'

/** What watching needs. */
export interface WatchContext {
  settings: Settings
  /** Ends it, with the survey that is open. */
  signal: AbortSignal
  /** Loads the client: only for tags, and to show one. */
  load: () => Promise<Started>
}

/** Watches where the visitor is and shows the survey that is due, one at a time. */
export interface Watch {
  /** Something happened that a survey may wait for. */
  track: (event: string, data?: object) => void
}

// Taken at load: pages patch what comes later.
const nativeFetch = fetch

/** After a click or a navigation, until the page has settled. */
const settleMs = 100

/** Fetches the surveys and begins. What cannot be loaded is not shown, and nobody is told: nobody asked for it. */
export function watch({ settings, signal, load }: WatchContext): Watch {
  const name = `earshot:${settings.key}:surveys`
  const collector = { ...settings, fetch: nativeFetch }
  const seen = createSeen(name)
  const displays = createDisplays(collector)
  const events = new Map<string, number>()
  let config: Partial<WidgetConfig> = {}
  let path = location.pathname
  let entered = Date.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  let shown: ShownSurvey | undefined
  let deciding: Promise<unknown> = Promise.resolve()
  /** One is due, and something stands in its way. */
  let held = false

  const dueOf = (survey: SurveyDefinition) =>
    dueAt(survey, { now: Date.now(), path, entered, events, seen: seen.read(), draw: seen.draw })

  /** Our own form is in the way until the next page: who has just written is not asked on top of it. */
  const isWaiting = () => {
    const root = rootOf()
    held = document.hidden || !root || isUnderModal()
    return held || !!root?.querySelector('dialog[open],.survey')
  }
  /** Shows it unless it is not due any more, or in somebody's way; false: try another. */
  const show = async (definition: SurveyDefinition) => {
    const { tags } = definition.targeting ?? {}
    if (tags && !fitsTags(tags, (await load()).client.facts().tags)) return false
    if (isWaiting()) return true
    const [{ client }, { showSurvey }] = await Promise.all([load(), import('../surveys/index.ts')])
    if (signal.aborted || isWaiting()) return true
    if (dueOf(definition) > Date.now()) return false
    const { event } = definition.targeting ?? {}
    if (event) events.delete(event)
    seen.mark(definition.id)
    displays.add(definition)
    shown = showSurvey(rootOf() as ShadowRoot, {
      definition,
      settings,
      theme: config.theme,
      client,
      onClose: () => (shown = undefined),
    })
    return true
  }
  const decideNow = async () => {
    clearTimeout(timer)
    const now = Date.now()
    let next = Infinity
    for (const survey of config.surveys ?? []) {
      if (signal.aborted) return
      const at = dueOf(survey)
      if (at > now) next = Math.min(next, at)
      else if (await show(survey).catch(() => false)) return
    }
    if (next < Infinity) timer = setTimeout(decide, next - Date.now())
  }
  // One after the other: what happens while something is being loaded is looked at after it.
  const decide = () => {
    deciding = deciding.then(decideNow)
  }

  /** What may have changed the page, or taken away what stood in the way. */
  const look = () =>
    setTimeout(() => {
      const moved = location.pathname !== path
      if (moved) {
        path = location.pathname
        entered = Date.now()
      }
      if (moved || held) decide()
    }, settleMs)
  const hide = () => {
    if (document.hidden) void displays.flush()
    else look()
  }
  const { navigation } = window as { navigation?: EventTarget }
  navigation?.addEventListener('currententrychange', look, { signal })
  addEventListener('popstate', look, { signal })
  for (const type of ['click', 'keyup']) addEventListener(type, look, { signal, capture: true, passive: true })
  document.addEventListener('visibilitychange', hide, { signal })

  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    void displays.flush()
    shown?.close()
  })

  const begin = async () => {
    config = { ...(await fetchConfig(collector)), ...settings.config }
    decide()
  }
  const idle = window.requestIdleCallback ?? setTimeout
  idle(() => void begin())

  return {
    track(event) {
      events.set(event, Date.now())
      decide()
    },
  }
}

/** The widget's own, which is another one after a change of language. */
function rootOf(): ShadowRoot | null | undefined {
  return document.querySelector('earshot-widget')?.shadowRoot
}

/** Somebody is in the middle of something, or watches it in full screen. */
function isUnderModal(): boolean {
  return [...document.querySelectorAll(':modal,[aria-modal=true]')].some((modal) => modal.checkVisibility())
}
