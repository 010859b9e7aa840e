import { limits } from '../../sdk/wire/index.ts'
import { leftStrings } from '../strings.ts'
import type { Plural, Strings } from '../strings.ts'

/** How much of the message may still be written, said in `node`. Loaded when it is little. */
export function sayLeft(node: Element, message: string, lang: string | undefined, own: Partial<Strings>): void {
  const { left } = { ...leftStrings, ...own }
  node.textContent = plural(lang, left, limits.messageMaxChars - message.length)
}

/** A number with its noun, in the words and digits of a language. */
function plural(lang: string | undefined, forms: Plural, count: number): string {
  try {
    const form = forms[new Intl.PluralRules(lang).select(count)] ?? forms.other
    return form.replace('#', new Intl.NumberFormat(lang).format(count))
  } catch {
    // A language tag that is none.
    return forms.other.replace('#', String(count))
  }
}
