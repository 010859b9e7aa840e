import type { Plural } from '../strings.ts'

/** A number with its noun, in the words and digits of a language. */
export function plural(lang: string | undefined, forms: Plural, count: number): string {
  try {
    const form = forms[new Intl.PluralRules(lang).select(count)] ?? forms.other
    return form.replace('#', new Intl.NumberFormat(lang).format(count))
  } catch {
    // A language tag that is none.
    return forms.other.replace('#', String(count))
  }
}
