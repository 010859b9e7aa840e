import type { Sent } from '../../sdk/index.ts'
import type { SurveyDefinition } from '../../sdk/wire/index.ts'
import { loadWords } from '../locales/index.ts'
import type { SurveyStrings } from '../strings.ts'
import { mountSurvey } from './mount.ts'

const stage = ':host{margin:24px auto;max-width:calc(100% - 48px)}'

/** In which language and colours a preview shows. */
export interface PreviewOptions {
  /** BCP 47; falls back as in a page. */
  lang: string
  theme: 'light' | 'dark' | 'auto'
  /** What the buttons say, see `previewStrings`. Default: English. */
  strings?: Partial<SurveyStrings> | undefined
}

/** What the buttons say in a language, as pages load it; nothing where the widget does not speak it. */
export const previewStrings = (lang: string): Promise<Partial<SurveyStrings> | undefined> => loadWords(lang)

/**
 * Shows a survey as pages show it, to be tried out, and sends nothing. Closed, it begins anew. Returns what takes it
 * away.
 *
 * @example
 * const undo = previewSurvey(host, definition, { lang: 'de', theme: 'auto' })
 */
export function previewSurvey(host: HTMLElement, definition: SurveyDefinition, options: PreviewOptions): () => void {
  const client = {
    send: (): Promise<Sent> => Promise.resolve({ id: 'preview', state: 'stored' }),
    on: () => () => undefined,
  }
  const show = () => {
    const gone = new AbortController()
    const close = () => {
      undo()
      undo = show()
    }
    const mounted = mountSurvey(
      definition,
      { ...options, strings: options.strings ?? {} },
      client,
      stage,
      gone.signal,
      close,
    )
    host.append(mounted.host)
    return () => {
      gone.abort()
      mounted.host.remove()
    }
  }
  let undo = show()
  return () => undo()
}
