import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Survey, SurveyHistory } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { newId, startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { openConsole, pane, said } from './desk.ts'

let browser: Browser
let system: System

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem('Survey desk')
})
afterAll(() => browser.close())

const all = async () => ((await (await system.call('/v1/surveys')).json()) as { items: Survey[] }).items
const find = async (id: string) => (await (await system.call(`/v1/surveys/${id}`)).json()) as SurveyHistory
const definition = (page: Page) => page.getByLabel('Definition')
const change = async (page: Page, from: string, to: string) => {
  const text = await definition(page).inputValue()
  expect(text).toContain(from)
  await definition(page).fill(text.replace(from, to))
}
const selected = (page: Page) =>
  definition(page).evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd))

describe('the surveys', () => {
  it('begin with an example that can be sent as it is, by keyboard alone', async () => {
    const page = await openConsole(browser, system)
    await page.keyboard.press('g')
    await page.keyboard.press('v')
    await page.waitForURL(/\/console\/surveys$/)
    await page.getByText('No survey yet').waitFor()
    await page.keyboard.press('n')
    await definition(page).waitFor()
    await page.keyboard.press('Control+s')
    await page.waitForURL(/\/console\/surveys\/recommendation$/)
    expect(await all()).toMatchObject([{ id: 'recommendation', state: 'draft', version: 1 }])
    await page.goBack()
    await page.waitForURL(/\/console\/surveys$/)
    await page.getByRole('link', { name: 'Recommendation' }).waitFor()
    await page.context().close()
  })

  it('are named at the place that is at fault, and saved as a new version once it is mended', async () => {
    const page = await openConsole(browser, system, '/console/surveys/recommendation', { bypassCSP: true })
    await change(page, '"go": "end"', '"go": "nowhere"')
    await page.getByText('Not saved', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    const fault = page.getByRole('alert').getByRole('button', { name: 'questions[2].next[0].go' })
    await fault.click()
    expect(await selected(page)).toBe('"nowhere"')
    expect(await violationsOf(page)).toEqual([])
    await definition(page).fill('{"id": ')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').getByText('This is no JSON').waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
    await change(page, 'What is missing?', 'What do you miss?')
    await page.getByRole('button', { name: 'Save' }).click()
    await said(page).getByText('Saved as version 2.').waitFor()
    expect((await find('recommendation')).versions.map(({ version }) => version)).toEqual([2, 1])
    await page.context().close()
  })

  it('keep what is not saved while somebody looks elsewhere, and never write over another', async () => {
    const page = await openConsole(browser, system, '/console/surveys/recommendation')
    await change(page, 'Thank you.', 'Thanks.')
    await page.getByRole('link', { name: 'All feedback' }).click()
    await page.waitForURL(/\/console\/inbox/)
    await page.getByRole('link', { name: 'Surveys' }).click()
    await page.getByRole('link', { name: /Recommendation.*not saved/ }).click()
    expect(await definition(page).inputValue()).toContain('Thanks.')
    const { versions, name } = await find('recommendation')
    const { language, questions } = versions[0]!
    await system.call('/v1/surveys/recommendation', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, language, questions: questions.slice(3) }),
    })
    await page.getByRole('button', { name: 'Save' }).click()
    await said(page).getByText('Somebody changed this survey meanwhile.').waitFor()
    expect((await find('recommendation')).questions).toHaveLength(1)
    expect(await definition(page).inputValue()).toContain('Thanks.')
    await page.getByRole('button', { name: 'Save' }).click()
    await said(page).getByText('Saved as version 4.').waitFor()
    await page.context().close()
  })

  it('go live, pause and go away', async () => {
    const page = await openConsole(browser, system, '/console/surveys/recommendation')
    await page.getByRole('radio', { name: 'Draft' }).focus()
    await page.keyboard.press('ArrowRight')
    const row = page.getByRole('list', { name: 'Surveys' }).getByRole('listitem')
    await row.getByText('Live').waitFor()
    expect((await find('recommendation')).state).toBe('live')
    await page.getByRole('button', { name: 'Delete survey' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete survey' }).click()
    await page.getByText('No survey yet').waitFor()
    expect(await all()).toEqual([])
    await page.context().close()
  })

  it('lend their words to the answers that are read', async () => {
    const response = await system.call('/v1/surveys', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        id: 'ease',
        name: 'Ease',
        language: 'en',
        questions: [
          { id: 'effort', type: 'ces', text: { en: 'How easy was it?' } },
          {
            id: 'way',
            type: 'single',
            text: { en: 'Which way did you take?' },
            choices: ['web', 'app'].map((key) => ({ id: key, text: { en: `By ${key}` } })),
          },
        ],
      }),
    })
    expect(response.status).toBe(201)
    const [known, unknown] = [newId(), newId()]
    const answers = [
      { question: 'effort', value: 6 },
      { question: 'way', value: 'app' },
    ]
    await system.submit({ id: known, survey: { id: 'ease', version: 1, answers } })
    await system.submit({ id: unknown, survey: { id: 'gone', version: 1, answers } })
    const page = await openConsole(browser, system, `/console/inbox?item=${known}`)
    const shown = pane(page).getByRole('region', { name: 'Answers' })
    await shown.getByText('Which way did you take?').waitFor()
    expect(await shown.innerText()).toMatch(/How easy was it\?\s+6\s+Which way did you take\?\s+By app/)
    const other = await openConsole(browser, system, `/console/inbox?item=${unknown}`)
    expect(await pane(other).getByRole('region', { name: 'Answers' }).innerText()).toMatch(/effort\s+6\s+way\s+app/)
    await Promise.all([page.context().close(), other.context().close()])
  })

  it('are shown beside their text as it is typed, in each language, and never take the focus', async () => {
    const page = await openConsole(browser, system, '/console/surveys')
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.getByRole('button', { name: 'New survey' }).click()
    const preview = page.getByRole('group', { name: 'Preview of the survey' })
    await preview.getByText('How likely are you to recommend us to a colleague?').waitFor()
    await change(page, 'How likely are you to recommend us to a colleague?', 'Would you?')
    await definition(page).press('End')
    await preview.getByText('Would you?').waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('survey-text')
    await page.getByLabel('Language of the preview').selectOption('de')
    await preview.getByText('Wie wahrscheinlich empfehlen Sie uns weiter?').waitFor()
    await definition(page).fill('{"id": ')
    await page.getByText('The preview waits until the text can be read.').waitFor()
    await preview.getByText('Wie wahrscheinlich empfehlen Sie uns weiter?').waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('can be clicked through beside their text, and send nothing', async () => {
    const page = await openConsole(browser, system, '/console/surveys?new=')
    const sent: string[] = []
    page.on('request', (request) => request.method() !== 'GET' && sent.push(request.url()))
    const preview = page.getByRole('group', { name: 'Preview of the survey' })
    await preview.getByRole('radio', { name: '9 / 10' }).click()
    await preview.getByRole('button', { name: 'Next' }).click()
    await preview.getByText('What do you like best?').waitFor()
    // Keys that mean something in the console are letters here.
    await preview.getByRole('textbox').pressSequentially('nothing? g v')
    expect(await preview.getByRole('textbox').inputValue()).toBe('nothing? g v')
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/console/surveys?new=')
    expect(await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).count()).toBe(0)
    await preview.getByRole('button', { name: 'Send' }).click()
    await preview.getByText('Thank you. A person reads this.').waitFor()
    await page.getByRole('button', { name: 'Restart the preview' }).click()
    await preview.getByText('How likely are you to recommend us to a colleague?').waitFor()
    expect(sent).toEqual([])
    await page.context().close()
  })

  it('can be changed without a preview, which says so', async () => {
    const without = await openConsole(browser, system, '/console/surveys')
    await without.route('**/console/survey-preview.js', (route) => route.abort())
    await without.getByRole('button', { name: 'New survey' }).click()
    await without.getByText('The preview cannot show this now.').waitFor()
    expect(await without.locator('textarea').isEditable()).toBe(true)
    await without.context().close()
  })

  it.each([
    { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
    { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
  ] as const)('are clean for axe in $colorScheme colours at $viewport.width pixels', async (look) => {
    const page = await openConsole(browser, system, '/console/surveys', {
      ...look,
      bypassCSP: true,
      reducedMotion: 'reduce',
    })
    await page.getByRole('link', { name: 'Ease' }).waitFor()
    const found = [...(await violationsOf(page))]
    await page.getByRole('link', { name: 'Ease' }).click()
    await definition(page).waitFor()
    found.push(...(await violationsOf(page)))
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false)
    await page.getByRole('button', { name: 'Delete survey' }).click()
    found.push(...(await violationsOf(page)))
    expect(found).toEqual([])
    await page.context().close()
  })
})
