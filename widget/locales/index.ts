import type { ImageStrings, Strings, SurveyStrings } from '../strings.ts'

/** The languages besides English, by BCP 47 tag in lower case, each loaded when it is spoken. */
export const locales: Record<string, () => Promise<{ default: Strings & SurveyStrings & ImageStrings }>> = {
  ar: () => import('./ar.ts'),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  he: () => import('./he.ts'),
  it: () => import('./it.ts'),
  ja: () => import('./ja.ts'),
  ko: () => import('./ko.ts'),
  nl: () => import('./nl.ts'),
  pl: () => import('./pl.ts'),
  pt: () => import('./pt.ts'),
  tr: () => import('./tr.ts'),
  zh: () => import('./zh.ts'),
}

/** The words of a language, or nothing where there are none, or they do not come: English is better than nothing. */
export async function loadWords(lang: string) {
  try {
    // pt-BR, then pt; zh-Hant has no words of its own and gets those of zh.
    const load = locales[lang.toLowerCase()] ?? locales[lang.toLowerCase().split('-')[0] ?? '']
    return (await load?.())?.default
  } catch {
    return undefined
  }
}
