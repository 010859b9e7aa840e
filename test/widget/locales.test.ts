import { describe, expect, it } from 'vitest'
import { locales } from '../../widget/locales/index.ts'
import * as catalogue from '../../widget/strings.ts'
import type { Plural } from '../../widget/strings.ts'

const english: Record<string, string | Plural> = Object.assign({}, ...Object.values(catalogue))
const rightToLeft = ['ar', 'he']
const ownScript = ['ar', 'he', 'ja', 'ko', 'zh']
const languages = Object.entries(locales)

const textsOf = (value: string | Plural) => (typeof value === 'string' ? [value] : Object.values(value))

/** The numbers that a language puts into each of its plural categories, among those that the form can say. */
function numbersOf(lang: string): Map<string, number> {
  const rules = new Intl.PluralRules(lang)
  const counts = new Map<string, number>()
  for (let number = 0; number <= 5_000; number++) {
    const category = rules.select(number)
    counts.set(category, (counts.get(category) ?? 0) + 1)
  }
  return counts
}

it('offers thirteen languages besides English', () => {
  const expected = ['ar', 'de', 'es', 'fr', 'he', 'it', 'ja', 'ko', 'nl', 'pl', 'pt', 'tr', 'zh']
  expect(Object.keys(locales).sort()).toEqual(expected)
})

describe.each(languages)('%s', (lang, load) => {
  const read = async () => (await load()).default as Record<string, string | Plural>

  it('says all that English says, and nothing else', async () => {
    const words = await read()
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort())
    const empty = Object.entries(words).filter(([, value]) => textsOf(value).some((text) => !text.trim()))
    expect(empty).toEqual([])
  })

  it('runs the way it is written', async () => {
    expect((await read()).dir).toBe(rightToLeft.includes(lang) ? 'rtl' : 'ltr')
    const { direction } = (new Intl.Locale(lang) as unknown as { getTextInfo(): { direction: string } }).getTextInfo()
    expect((await read()).dir).toBe(direction)
  })

  it('has each plural form of its language, with the number where a form stands for several', async () => {
    const words = await read()
    const categories = new Intl.PluralRules(lang).resolvedOptions().pluralCategories
    const numbers = numbersOf(lang)
    for (const name of Object.keys(english).filter((name) => typeof english[name] === 'object')) {
      const forms = words[name] as Record<string, string>
      expect(Object.keys(forms).sort()).toEqual([...categories].sort())
      // "Two characters" can do without the figure; nothing else can.
      const silent = Object.keys(forms).filter((form) => !forms[form]?.includes('#') && numbers.get(form) !== 1)
      expect(silent).toEqual([])
    }
  })

  it('keeps the space between a fragment and what follows, or has a mark that stands for it', async () => {
    const words = await read()
    const broken = Object.entries(english).filter(([name, value]) => {
      const [text, there] = [words[name], value]
      if (typeof text !== 'string' || typeof there !== 'string') return false
      // Japanese and Chinese put no spaces between sentences.
      const spaceless = ['ja', 'zh'].includes(lang)
      const before = spaceless ? !text.startsWith(' ') : text.startsWith(' ') === there.startsWith(' ')
      const after = there.endsWith(' ') && spaceless ? /[：。]$/.test(text) : text.endsWith(' ') === there.endsWith(' ')
      return !before || !after
    })
    expect(broken).toEqual([])
  })

  it('leaves no English behind, and shouts nowhere', async () => {
    const words = await read()
    const left = Object.entries(words).filter(([name, value]) => {
      const same = JSON.stringify(value) === JSON.stringify(english[name])
      // One word may be the same in both, such as "Problem"; a sentence is not, and in another script no word is.
      const untranslated = name !== 'dir' && same && (ownScript.includes(lang) || /\w \w/.test(textsOf(value).join()))
      const foreign = /\b(the|this|your|please|could|with|and|not)\b|[!！¡]/i
      return untranslated || textsOf(value).some((text) => foreign.test(text))
    })
    expect(left).toEqual([])
  })
})
