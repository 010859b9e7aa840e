import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Survey, SurveyDefinition, SurveyHistory, WidgetConfig } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { newId, startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { openConsole, pane, pressTogether, said } from './desk.ts'

let browser: Browser
let system: System

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem('Survey desk')
  await send('POST', '/v1/surveys', { ...recommendation, state: 'live' })
})
afterAll(() => browser.close())

const all = async () => ((await (await system.call('/v1/surveys')).json()) as { items: Survey[] }).items
const find = async (id: string) => (await (await system.call(`/v1/surveys/${id}`)).json()) as SurveyHistory
const send = (method: string, path: string, body: object) =>
  system.call(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
/** What a page gets. */
const shown = async ({ origin, publishableKey } = system): Promise<SurveyDefinition[]> => {
  const response = await fetch(`${origin}/v1/widget?key=${publishableKey}`)
  return ((await response.json()) as WidgetConfig).surveys
}

const text = (en: string) => ({ en })
const recommendation = {
  id: 'recommendation',
  name: 'Recommendation',
  language: 'en',
  questions: [
    {
      id: 'score',
      type: 'nps',
      text: text('How likely are you to recommend Acme?'),
      next: [
        { when: { min: 9 }, go: 'best' },
        { when: { max: 6 }, go: 'missing' },
      ],
    },
    { id: 'ten', type: 'short', text: text('What would make it a ten?') },
    { id: 'missing', type: 'long', text: text('What is missing?'), next: [{ when: {}, go: 'end' }] },
    { id: 'best', type: 'long', text: text('What do you like best?') },
  ],
  targeting: { paths: ['/app/*'] },
}

const definition = (page: Page) => page.getByLabel('Definition')
const preview = (page: Page) => page.getByRole('group', { name: 'Preview of the survey' })
const question = (page: Page, number: number) => page.getByRole('listitem', { name: `Question ${number}`, exact: true })
const words = (page: Page) => page.getByLabel('Question', { exact: true })
const part = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Parts of the survey' }).getByRole('link', { name }).click()
const save = (page: Page) => page.keyboard.press('Control+s')

/** Everything that the browser complained of, the policy's violations among it. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

describe('the survey builder', () => {
  it('makes an NPS survey with a branch in two languages that pages get, without a line of JSON', async () => {
    const fresh = await startSystem('Fresh desk')
    const page = await openConsole(browser, fresh)
    const complaints = complaintsOf(page)
    await pressTogether(page, 'g', 'v')
    await page.waitForURL(/\/console\/surveys$/)
    await page.getByText('No survey yet').waitFor()
    await page.keyboard.press('n')
    await page.getByRole('button', { name: /Recommendation \(NPS\)/ }).click()

    // What is typed is seen, and typing never loses the focus.
    await preview(page).getByText('How likely are you to recommend us to a colleague?').waitFor()
    await words(page).fill('How likely are you to recommend Acme?')
    await preview(page).getByText('How likely are you to recommend Acme?').waitFor()
    expect(await words(page).evaluate((field) => field === document.activeElement)).toBe(true)

    // One more question, with choices: Enter adds the next one.
    await page.getByRole('button', { name: 'Add a question' }).click()
    await page.getByRole('button', { name: /Any of several choices/ }).click()
    await page.keyboard.type('What is missing?')
    await page.getByLabel('Choice 1', { exact: true }).fill('Speed')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Help when I am stuck')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Something else')
    await preview(page).getByText('Something else').waitFor()
    expect(await question(page, 4).getByRole('listitem').count()).toBe(3)

    // It comes second, moved by key; removing a question can be undone.
    await question(page, 4)
      .getByRole('button', { name: /What is missing\?/ })
      .focus()
    await page.keyboard.press('Alt+ArrowUp')
    await page.keyboard.press('Alt+ArrowUp')
    await question(page, 2).getByText('What is missing?').waitFor()
    await page.getByRole('button', { name: 'Remove question 3' }).click()
    await said(page).getByText('Question 3 was removed.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await question(page, 4).waitFor()

    // "When the score is at most 6, go to question 2", and everybody else is thanked.
    await question(page, 1)
      .getByRole('button', { name: /How likely/ })
      .click()
    await question(page, 1).getByRole('button', { name: 'Add a branch' }).click()
    const branch = question(page, 1).getByRole('listitem', { name: 'Branch 2' })
    await branch.getByLabel('Condition').selectOption({ label: 'the score is at most' })
    await branch.getByLabel('Highest score').selectOption('6')
    expect(await branch.getByLabel('Go to').locator('option').allInnerTexts()).toEqual([
      '2. What is missing?',
      '3. What would change your score?',
      '4. What do you like best?',
      'the end',
    ])
    await branch.getByLabel('Go to').selectOption({ label: '3. What would change your score?' })
    await question(page, 1).getByRole('listitem', { name: 'Branch 1' }).getByLabel('Condition').selectOption('atLeast')

    // The map tells what can be reached.
    await part(page, 'Ways through')
    await page.getByText('People are asked 2 to 3 of the 4 questions').waitFor()

    await part(page, 'Who sees it')
    await page.getByLabel('On which pages').selectOption('some')
    await page.getByLabel('Page 1', { exact: true }).fill('https://acme.test/app/*?tab=1')
    await page.getByLabel('Share of visitors in per cent').fill('100')
    await page.getByText('Every visitor on /app/*, 30 seconds after they arrive').waitFor()

    await part(page, 'Languages')
    await page.getByLabel('Language to add').fill('German')
    await page.keyboard.press('Enter')
    await page.getByText('8 missing').waitFor()
    await page.getByText('The first question decides.').waitFor()
    await page.getByLabel('Question 1 in German').fill('Wie wahrscheinlich empfehlen Sie Acme?')
    await preview(page).getByText('Wie wahrscheinlich empfehlen Sie Acme?').waitFor()
    await preview(page)
      .getByText('Sehr unwahrscheinlich')
      .or(preview(page).getByText('Unwahrscheinlich'))
      .first()
      .waitFor()

    await page.getByRole('button', { name: 'Create' }).click()
    await page.waitForURL(/\/console\/surveys\/recommendation\?section=languages$|\/console\/surveys\/recommendation$/)
    expect(await shown(fresh)).toEqual([])
    await page.getByRole('radio', { name: 'Draft' }).focus()
    await page.keyboard.press('ArrowRight')
    await said(page).getByText('Live.').waitFor()
    const [live] = await shown(fresh)
    expect(live).toMatchObject({ id: 'recommendation', version: 1, targeting: { paths: ['/app/*'] } })
    expect(live?.questions.map(({ id }) => id)).toEqual(['score', 'what-is-missing', 'missing', 'best'])
    expect(live?.questions[0]).toMatchObject({
      text: { en: 'How likely are you to recommend Acme?', de: 'Wie wahrscheinlich empfehlen Sie Acme?' },
      next: [
        { when: { min: 9 }, go: 'best' },
        { when: { max: 6 }, go: 'missing' },
      ],
    })
    expect(live?.questions[1]?.choices?.map(({ id }) => id)).toEqual([
      'speed',
      'help-when-i-am-stuck',
      'something-else',
    ])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('says what is wrong at the field it belongs to, and what a change of a live survey does', async () => {
    const page = await openConsole(browser, system, '/console/surveys/recommendation')
    await words(page).fill('')
    await save(page)
    const fault = page.getByRole('alert').getByRole('button', { name: 'Question 1' })
    await fault.waitFor()
    await part(page, 'Who sees it')
    await fault.click()
    await page.waitForURL(/\/console\/surveys\/recommendation$/)
    await expect.poll(() => words(page).evaluate((field) => field === document.activeElement)).toBe(true)
    expect(await words(page).getAttribute('aria-invalid')).toBe('true')
    expect((await find('recommendation')).version).toBe(1)
    await words(page).fill('Would you recommend Acme?')
    await page.getByText('This survey is live. Saving begins version 2.').click()
    await page.getByText('“Would you recommend Acme?” is worded differently or translated.').waitFor()

    // A question that every way passes by is said to be lost, on its card and in the map.
    await question(page, 1).getByRole('listitem', { name: 'Branch 2' }).getByLabel('Condition').selectOption('always')
    await page.getByText('Nobody gets here').first().waitFor()
    await part(page, 'Ways through')
    await page.getByText('Question 2 can never be reached.').waitFor()
    await part(page, 'Questions')
    await question(page, 1).getByRole('button', { name: 'Remove branch 2' }).click()

    await page.getByRole('button', { name: 'Save as version 2' }).click()
    await said(page).getByText('Saved as version 2.').waitFor()
    expect((await find('recommendation')).versions.map(({ version }) => version)).toEqual([2, 1])
    expect((await shown())[0]?.questions[0]?.text['en']).toBe('Would you recommend Acme?')
    await page.context().close()
  })

  it('edits the same draft as the JSON, keeps what it does not know, and never writes over another', async () => {
    const page = await openConsole(browser, system, '/console/surveys/recommendation?section=expert')
    const json = await definition(page).inputValue()
    await definition(page).fill(json.replace('"language": "en"', '"language": "en",\n  "colour": "red"'))
    await part(page, 'Questions')
    await page.getByLabel('Thanks at the end').fill('Thanks a lot.')
    await part(page, 'Expert')
    expect(JSON.parse(await definition(page).inputValue())).toMatchObject({
      colour: 'red',
      thanks: { en: 'Thanks a lot.' },
    })
    await save(page)
    const selected = () =>
      definition(page).evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd))
    await page.getByRole('alert').getByRole('button', { name: 'colour' }).click()
    expect(await selected()).toBe('"red"')
    await definition(page).fill('{"id": ')
    await page.getByText('The preview waits until the text can be read.').waitFor()
    await page.getByRole('alert').getByText('This is no JSON').waitFor()
    await part(page, 'Questions')
    await page.getByText('The text of this survey cannot be read').waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()

    // It stays while somebody looks elsewhere, and meanwhile another saves.
    await page.getByLabel('Thanks at the end').fill('Many thanks.')
    await page.getByRole('link', { name: 'All feedback' }).click()
    await page.waitForURL(/\/console\/inbox/)
    const { version, createdAt: _made, ...theirs } = await find('recommendation')
    const { id, name, language, questions, thanks } = theirs
    await send('PUT', `/v1/surveys/${id}`, { name, language, questions, thanks, targeting: { percentage: 7 } })
    await page.getByRole('link', { name: 'Surveys' }).click()
    await page.getByRole('link', { name: /not saved/ }).click()
    expect(await page.getByLabel('Thanks at the end').inputValue()).toBe('Many thanks.')
    await save(page)
    await page.getByRole('alert').getByText('Somebody changed this survey').waitFor()
    await page.getByRole('alert').getByText('7% of visitors on any page').waitFor()
    expect(await find('recommendation')).toMatchObject({ version, targeting: { percentage: 7 } })
    await page.getByRole('button', { name: 'Show theirs' }).click()
    await page.getByRole('button', { name: 'Bring mine back' }).click()
    await save(page)
    await page.getByRole('button', { name: 'Keep mine' }).click()
    await save(page)
    await said(page)
      .getByText(`Saved as version ${version + 1}.`)
      .waitFor()
    expect(await find('recommendation')).toMatchObject({
      thanks: { en: 'Many thanks.' },
      targeting: { paths: ['/app/*'] },
    })
    await page.context().close()
  })

  it('shows the survey as people see it, in each direction; it can be clicked through and sends nothing', async () => {
    const page = await openConsole(browser, system, '/console/surveys/recommendation?section=languages')
    const complaints = complaintsOf(page)
    const sent: string[] = []
    page.on('request', (request) => request.method() !== 'GET' && sent.push(request.url()))
    await page.getByLabel('Language to add').fill('Arabic')
    await page.keyboard.press('Enter')
    await page.getByLabel('Question 1 in Arabic').fill('ما مدى احتمال أن توصي بنا؟')
    await preview(page).getByText('ما مدى احتمال أن توصي بنا؟').waitFor()
    expect(await preview(page).getByRole('dialog').getAttribute('dir')).toBe('rtl')
    expect(await page.getByLabel('Question 1 in Arabic').getAttribute('dir')).toBe('rtl')
    await page.getByLabel('Language of the preview').selectOption('en')
    await preview(page).getByRole('radio', { name: '9 / 10' }).click()
    await preview(page).getByRole('button', { name: 'Next' }).click()
    await preview(page).getByText('What do you like best?').waitFor()
    // Keys that mean something in the console are letters here.
    await preview(page).getByRole('textbox').pressSequentially('nothing? g v')
    expect(await preview(page).getByRole('textbox').inputValue()).toBe('nothing? g v')
    await preview(page).getByRole('button', { name: 'Send' }).click()
    await preview(page).getByText('Many thanks.').waitFor()
    await page.getByRole('button', { name: 'Restart the preview' }).click()
    await preview(page).getByText('Would you recommend Acme?').waitFor()
    expect(sent).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
    const without = await openConsole(browser, system, '/console/surveys')
    await without.route('**/console/survey-preview.js', (route) => route.abort())
    await without.getByRole('button', { name: 'New survey' }).click()
    await without.getByRole('button', { name: /One open question/ }).click()
    await without.getByText('The preview cannot show this now.').waitFor()
    expect(await words(without).isEditable()).toBe(true)
    await without.context().close()
  })

  it('lends its words to the answers, and leads to them and to their numbers', async () => {
    const made = await send('POST', '/v1/surveys', {
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
    })
    expect(made.status).toBe(201)
    const [known, unknown] = [newId(), newId()]
    const answers = [
      { question: 'effort', value: 6 },
      { question: 'way', value: 'app' },
    ]
    await system.submit({ id: known, survey: { id: 'ease', version: 1, answers } })
    await system.submit({ id: unknown, survey: { id: 'gone', version: 1, answers } })
    await system.runSchedule()
    const page = await openConsole(browser, system, '/console/surveys/ease')
    const numbers = page.getByRole('region', { name: 'How it does' }).getByRole('link', { name: 'Numbers' })
    expect(new URL((await numbers.getAttribute('href')) ?? '', system.origin).search).toBe(
      '?survey=ease&show=responses',
    )
    await page.getByRole('link', { name: 'Read 1 answer' }).click()
    await page.waitForURL(/\/console\/inbox\?survey=ease$/)
    await page.locator('.rows-all .row').first().click()
    const shownAnswers = pane(page).getByRole('region', { name: 'Answers' })
    await shownAnswers.getByText('Which way did you take?').waitFor()
    expect(await shownAnswers.innerText()).toMatch(/How easy was it\?\s+6\s+Which way did you take\?\s+By app/)
    const other = await openConsole(browser, system, `/console/inbox?item=${unknown}`)
    expect(await pane(other).getByRole('region', { name: 'Answers' }).innerText()).toMatch(/effort\s+6\s+way\s+app/)
    await Promise.all([page.context().close(), other.context().close()])
  })

  it.each([
    { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
    { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
  ] as const)('is clean for axe in $colorScheme colours at $viewport.width pixels', async (look) => {
    const options = { ...look, bypassCSP: true, reducedMotion: 'reduce' } as const
    const page = await openConsole(browser, system, '/console/surveys?new=', options)
    await page.getByText('What do you want to know?').waitFor()
    const isWide = look.viewport.width > 760
    const found = isWide ? [...(await violationsOf(page))] : []
    await page.getByRole('button', { name: /Blank/ }).click()
    await page.getByText('What should people do?').waitFor()
    await save(page)
    await page.getByRole('alert').waitFor()
    found.push(...(await violationsOf(page)))
    await page.goto(`${system.origin}/console/surveys/recommendation`)
    await words(page).fill('Other words')
    for (const name of ['Questions', 'Ways through', 'Who sees it', 'Languages', 'Expert']) {
      await part(page, name)
      // Each part is looked at once, half of them wide and half of them narrow: it is axe that takes its time.
      const looked = ['Who sees it', 'Languages'].includes(name) === isWide || name === 'Questions'
      if (looked) found.push(...(await violationsOf(page)))
      expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false)
    }
    if (!isWide) {
      await part(page, 'Preview')
      await preview(page).getByText('Other words').waitFor()
    }
    expect(found).toEqual([])
    await page.context().close()
  })

  it('pauses a survey, and deletes it once that was asked', async () => {
    const page = await openConsole(browser, system, '/console/surveys/recommendation')
    await page.getByRole('radio', { name: 'Live' }).focus()
    await page.keyboard.press('ArrowRight')
    await said(page).getByText('Paused.').waitFor()
    expect(await shown()).toEqual([])
    await page.getByRole('button', { name: 'Delete survey' }).click()
    await page
      .getByRole('dialog', { name: /Delete/ })
      .getByRole('button', { name: 'Delete survey' })
      .click()
    await said(page).getByText('Recommendation was deleted.').waitFor()
    expect((await all()).map(({ id }) => id)).toEqual(['ease'])
    await page.context().close()
  })
})
