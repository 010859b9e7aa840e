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
