import { describe, expect, it } from 'vitest'
import { questionTypes } from '../../sdk/wire/index.ts'
import type { SurveyDefinition, SurveyQuestion } from '../../sdk/wire/index.ts'
import { refuse } from '../support/site.ts'
import { findings } from './axe.ts'
import { useHarness } from './harness.ts'

const t = useHarness()
const both = (en: string, ar: string) => ({ en, ar })

/** One survey for every type of question, each with all that it can have. */
const surveys: SurveyDefinition[] = questionTypes.map((type) => {
  const question: SurveyQuestion = {
    id: type,
    type,
    required: true,
    text: both(`What about ${type}?`, 'ما رأيك؟'),
    hint: both('Take your time.', 'خذ وقتك.'),
  }
  const choices = ['one', 'two'].map((id) => ({ id, text: both(id, id) }))
  if (type === 'single' || type === 'multiple') question.choices = choices
  const questions = [question, { ...question, id: 'again' }]
  return { id: type, version: 1, language: 'en', questions }
})

/** As the console serves itself. */
const policy = (scripts: string) =>
  `default-src 'none'; script-src ${scripts}; require-trusted-types-for 'script'; trusted-types 'none'`

type Module = typeof import('../../widget/surveys/preview.ts')

/** Shows one preview of each. */
async function preview(lang: string, theme: 'light' | 'dark') {
  t.site.serve('<main><h1>Surveys</h1></main>', { 'content-security-policy': policy(t.site.collector) })
  await t.page.goto(t.site.page)
  // As text: the test runner would rewrite an import.
  const module = await t.page.evaluateHandle<Module>(`import('${t.site.collector}/console/survey-preview.js')`)
  await module.evaluate(
    ({ previewSurvey }, { surveys, lang, theme }) => {
      document.documentElement.style.background = theme === 'dark' ? 'black' : 'white'
      for (const survey of surveys) {
        const host = document.createElement('div')
        document.querySelector('main')?.append(host)
        previewSurvey(host, survey, { lang, theme })
      }
    },
    { surveys, lang, theme },
  )
}

const panels = () => t.page.locator('.panel')
const primaries = () => panels().locator('.primary')

describe.each([
  ['light', 'en', 'ltr'],
  ['dark', 'en', 'ltr'],
  ['light', 'ar', 'rtl'],
  ['dark', 'ar', 'rtl'],
] as const)('every type of question in %s, in %s', (theme, lang, dir) => {
  it('gives axe nothing to find, wrong, answered and empty, under the policy of the console', async () => {
    const violations: string[] = []
    t.page.on('console', (message) => {
      if (/policy|trusted/i.test(message.text())) violations.push(message.text())
    })
    await preview(lang, theme)
    expect(await panels().count()).toBe(questionTypes.length)
    expect(
      await panels()
        .first()
        .evaluate((node) => getComputedStyle(node).direction),
    ).toBe(dir)
    const found: Record<string, string[]> = {}
    for (const next of await primaries().all()) await next.click()
    expect(
      await panels()
        .getByText(/first\.$/)
        .count(),
    ).toBe(questionTypes.length)
    found.wrong = await findings(t.page, 'main')
    for (const panel of await panels().all()) {
      const field = panel.locator('[name=answer]').last()
      await ((await field.getAttribute('type')) === 'radio' || (await field.getAttribute('type')) === 'checkbox'
        ? field.check()
        : field.fill('Words'))
    }
    found.answered = await findings(t.page, 'main')
    for (const next of await primaries().all()) await next.click()
    expect(await panels().getByRole('button', { name: 'Back' }).count()).toBe(questionTypes.length)
    found.empty = await findings(t.page, 'main')
    expect(found).toEqual({ wrong: [], answered: [], empty: [] })
    expect([violations, t.site.submissions]).toEqual([[], []])
  })
})

describe('a survey to a screen reader', () => {
  it('is a dialog that is not modal, named by its question, with a named group of named buttons', async () => {
    t.site.config({ surveys: [{ ...surveys[0], questions: surveys[0]?.questions.slice(0, 1) } as SurveyDefinition] })
    t.site.behave(refuse(500, 'fault'))
    await t.visit('', 'data-surveys')
    await panels().waitFor()
    expect(await panels().ariaSnapshot()).toBe(
      [
        '- dialog "What about nps?":',
        '  - button "Close"',
        '  - radiogroup "What about nps?":',
        '    - text: What about nps?',
        '    - paragraph: Take your time.',
        '    - radio "0 / 10, Not at all likely"',
        ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((value) => `    - radio "${value} / 10"`),
        '    - radio "10 / 10, Very likely"',
      ].join('\n'),
    )
    await panels().getByRole('radio').first().click()
    await panels().getByRole('status').filter({ hasText: 'goes out by itself' }).waitFor()
    expect(await findings(t.page, 'earshot-widget')).toEqual([])
  })
})
