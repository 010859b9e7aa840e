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
  const whole = (tag: string) => tag.toLowerCase()
  const base = (tag: string) => whole(tag).split('-')[0] as string
  const among = (of: (tag: string) => string, one: string) => there.find((tag) => of(tag) === one)
  const lang = among(whole, whole(wanted)) ?? among(whole, base(wanted)) ?? among(base, base(wanted)) ?? language
  return { lang, dir: rightToLeft.test(lang) ? 'rtl' : 'ltr', of: (text) => text?.[lang] ?? text?.[language] }
}
