import type { LocalText, SurveyDefinition } from '../../sdk/wire/index.ts'

/** In which language a survey is shown, and its texts in it. */
export interface Words {
  lang: string
  dir: 'ltr' | 'rtl'
  /** The text in that language, else in the survey's own. */
  of: (text?: LocalText) => string | undefined
}

const rightToLeft = /^(ar|he|iw|fa|ur|yi|ps|sd|ug|dv|ckb)\b/i

/**
 * The first of these languages that the survey's first question has: the wanted one, its language without the region,
 * any other region of it, the survey's own.
 */
export function wordsOf({ questions, language }: SurveyDefinition, wanted: string): Words {
  const there = Object.keys(questions[0]?.text ?? {})
  const base = (tag: string) => tag.toLowerCase().split('-')[0]
  const lang =
    there.find((tag) => tag.toLowerCase() === wanted.toLowerCase()) ??
    there.find((tag) => tag.toLowerCase() === base(wanted)) ??
    there.find((tag) => base(tag) === base(wanted)) ??
    language
  return { lang, dir: rightToLeft.test(lang) ? 'rtl' : 'ltr', of: (text) => text?.[lang] ?? text?.[language] }
}
