import type { Sent } from '../../sdk/index.ts'
import type { SurveyDefinition } from '../../sdk/wire/index.ts'
import { mountSurvey } from './mount.ts'

/** In which language and colours a preview shows. */
export interface PreviewOptions {
  /** BCP 47; falls back as in a page. */
  lang: string
  theme: 'light' | 'dark' | 'auto'
}

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
    const mounted = mountSurvey(
      definition,
      options,
      client,
      ':host{margin:24px auto;max-width:calc(100% - 48px)}',
      () => {
        undo()
        undo = show()
      },
    )
    host.append(mounted.host)
    return () => {
      mounted.stop()
      mounted.host.remove()
    }
  }
  let undo = show()
  return () => undo()
}
