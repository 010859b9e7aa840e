import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { questionTypes } from '../../sdk/wire/index.ts'
import type { SurveyDefinition, SurveyQuestion } from '../../sdk/wire/index.ts'
import { refuse } from '../support/site.ts'
import { useHarness } from './harness.ts'

const t = useHarness()
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  run(context: unknown, options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/** What axe finds in the widget, with the survey in it. */
async function findings() {
  await t.page.evaluate(axeSource)
  return t.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: Axe }
    const { violations } = await axe.run(document.querySelector('earshot-widget'), {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: { region: { enabled: false } },
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  })
}

const both = (en: string, ar: string) => ({ en, ar })

/** One question of every type, each with all that it can have. */
const survey: SurveyDefinition = {
  id: 'all',
  version: 1,
  language: 'en',
  questions: questionTypes.map((type) => {
    const question: SurveyQuestion = {
      id: type,
      type,
      required: true,
      text: both(`What about ${type}?`, 'ما رأيك؟'),
      hint: both('Take your time.', 'خذ وقتك.'),
    }
    if (type !== 'single' && type !== 'multiple') return question
    return {
      ...question,
      choices: [
        { id: 'one', text: both('One', 'واحد') },
        { id: 'two', text: both('Two', 'اثنان') },
      ],
    }
  }),
}

const panel = () => t.page.locator('.survey .panel')
const primary = () => panel().locator('footer button')

describe.each([
  ['light', 'en', 'ltr'],
  ['dark', 'en', 'ltr'],
  ['light', 'ar', 'rtl'],
  ['dark', 'ar', 'rtl'],
] as const)('a survey in %s, in %s', (colorScheme, lang, dir) => {
  it('gives axe nothing to find in any type of question, empty, wrong and answered, nor at its end', async () => {
    await t.renew({ colorScheme, viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
    t.site.config({ surveys: [survey] })
    t.site.behave(refuse(500, 'fault'))
    await t.visit(`<script>document.documentElement.lang = "${lang}"</script>`, 'data-surveys')
    await panel().waitFor()
    expect(await panel().evaluate((node) => getComputedStyle(node).direction)).toBe(dir)
    const found: Record<string, string[]> = {}
    for (const { type } of survey.questions) {
      found[`${type}, empty`] = await findings()
      await primary().click()
      await panel().getByRole('alert').filter({ hasText: /first/ }).waitFor()
      found[`${type}, wrong`] = await findings()
      const field = panel().locator('[name=answer]').last()
      if (type === 'short' || type === 'long') await field.fill('Words')
      else await field.check()
      found[`${type}, answered`] = await findings()
      await primary().click()
    }
    await panel().getByText('goes out by itself').waitFor()
    found.kept = await findings()
    t.site.reset()
    await t.page.evaluate(() => window.earshot?.flush())
    await panel().getByText('arrived').waitFor()
    found.thanks = await findings()
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((state) => [state, []])))
  })
})

describe('a survey to a screen reader', () => {
  it('is a dialog that is not modal, named by its question, with a named group of named buttons', async () => {
    t.site.config({ surveys: [survey] })
    await t.visit('', 'data-surveys')
    await panel().waitFor()
    expect(await panel().ariaSnapshot()).toBe(
      [
        '- dialog "What about nps?":',
        '  - progressbar "Progress": 0.1',
        '  - button "Close"',
        '  - radiogroup "What about nps?":',
        '    - text: What about nps?',
        '    - paragraph: Take your time.',
        '    - radio "0 / 10, Not at all likely"',
        ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((value) => `    - radio "${value} / 10"`),
        '    - radio "10 / 10, Very likely"',
        '  - button "Next"',
      ].join('\n'),
    )
  })
})
