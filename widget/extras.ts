import type { ExtrasChunk } from './chunks.ts'
import { loadWords } from './locales/index.ts'
import { isOff } from './settings.ts'

const modifiers = ['ctrl', 'alt', 'shift', 'meta'] as const

/** What few pages use, loaded for those that do. */
export const createExtras: ExtrasChunk['createExtras'] = async (
  settings,
  signal,
  open,
  ahead,
  loadClient,
  remount,
  widget,
) => {
  const own = settings.strings
  const { shortcut = '', surveys, crumbs, query } = settings

  /** Fills `settings.strings` with the words of a language; English where there are none, or they cannot be had. */
  const speak = async (lang: string) => {
    settings.lang = lang
    const words = await loadWords(lang)
    // Somebody may have asked for another one meanwhile.
    if (settings.lang === lang) settings.strings = { ...words, ...own }
  }

  const record = async (wanted: string) => {
    const { recordCrumbs } = await import('../sdk/crumbs/index.ts')
    const has = (part: string) => !wanted || wanted === 'true' || wanted.includes(part)
    const parts = { clicks: has('clicks'), requests: has('requests'), navigation: has('navigation') }
    if (!signal.aborted) recordCrumbs(widget, { ...parts, console: has('console'), query })
  }
  if (crumbs !== undefined && !isOff(crumbs)) record(String(crumbs)).catch(() => undefined)

  if (shortcut) {
    const onKey = (event: KeyboardEvent) => {
      const held = modifiers.filter((name) => event[`${name}Key`])
      // With a modifier the key may be another letter (alt on a Mac); its place says which one was meant.
      const keys = [event.key, event.code.replace(/^(Key|Digit)/, '')]
      if (!keys.some((key) => [...held, key].join('+').toLowerCase() === shortcut.toLowerCase())) return
      event.preventDefault()
      void open()
    }
    document.addEventListener('keydown', onKey, { signal })
  }

  await speak(settings.lang ?? 'en')
  // The launcher is mounted once this resolves; what looks for surveys wants to find it.
  const watchSurveys = async () => {
    await new Promise((resolve) => setTimeout(resolve))
    return (await import('./due/index.ts')).watch({ settings, signal, load: loadClient })
  }
  const due = surveys === undefined || isOff(surveys) ? undefined : watchSurveys()
  due?.catch(() => undefined)

  return {
    async setLocale(lang) {
      await speak(lang)
      if (!signal.aborted) remount()
    },
    attachTo(element, kind) {
      const undo = new AbortController()
      const on = (type: string, listener: () => void) =>
        element.addEventListener(type, listener, { signal: AbortSignal.any([signal, undo.signal]) })
      on('pointerenter', ahead)
      on('focus', ahead)
      on('click', () => void open({ kind }))
      return () => undo.abort()
    },
    track: (event, data) =>
      void due?.then(
        ({ track }) => track(event, data),
        () => undefined,
      ),
  }
}
