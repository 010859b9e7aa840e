/** Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms. */
const rightToLeft = '\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc'
const run = new RegExp(`[${rightToLeft}](?:[^“”\\n]*[${rightToLeft}])?`, 'g')

/**
 * A sentence in which a name that runs from right to left turns nothing round beside it: where no element can be put
 * around the name (toasts, tooltips, titles), two invisible characters do the same (UAX 9, FSI and PDI).
 */
export function isolate(sentence: string): string {
  return sentence.replace(run, '\u2068$&\u2069')
}
