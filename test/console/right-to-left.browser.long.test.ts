import Papa from 'papaparse'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { fill, openConsole, pane, rows } from './desk.ts'

let browser: Browser
let system: System
let ids: string[]
let person: string

const arabic = 'التصدير إلى CSV لا يعمل في v2.1 (الخطأ 500)'
const hebrew = 'שלום, the export נכשל ב־12:30'
const latin = 'The word שלום breaks the line'
const name = 'נועה לוי'
const account = 'شركة النور'
const short = 'חשבונית'

const send = async (method: string, path: string, body: object): Promise<void> => {
  const headers = { 'content-type': 'application/json' }
  const response = await system.call(path, { method, headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
}

beforeAll(async () => {
  ;[browser, system] = await Promise.all([launchBrowser(), startSystem(`${account} 2`)])
  ids = await fill(
    system,
    [arabic, hebrew, latin].map((message, at) => ({
      message,
      kind: at === 1 ? 'question' : 'bug',
      labels: [short, 'bug'],
      tags: { [short]: account, plan: short },
      release: short,
      source: short,
      email: 'noa@example.com',
      rating: { scale: 'nps' as const, value: 3 + at },
      survey: {
        id: 'pulse',
        version: 1,
        answers: [
          { question: 'score', value: 3 },
          { question: 'why', value: hebrew },
          { question: 'which', value: 'c1' },
          { question: 'gone', value: arabic },
        ],
      },
      person: {
        id: `u_${name}`,
        name,
        traits: { [short]: account },
        account: { id: account, name: account, plan: short },
        verified: true,
      },
      context: { [short]: { [short]: hebrew, list: [arabic] } },
      crumbs: [
        { at: new Date().toISOString(), type: 'error' as const, message: hebrew, data: { [short]: account } },
        { at: new Date().toISOString(), type: 'click' as const, message: `Click button "${short}"` },
      ],
      page: { url: `https://example.com/${encodeURIComponent(short)}`, title: hebrew, referrer: 'https://example.org' },
    })),
  )
  person = (await system.find(ids[0] ?? '')).person?.uuid ?? ''
  const project = `/v1/projects/${system.project}`
  const { statuses } = (await (await system.call(project)).json()) as { statuses: object[] }
  await send('PATCH', project, {
    statuses: [...statuses, { key: 'waiting', label: short, stage: 'open' }],
    widget: { kinds: [{ key: 'bug', label: short, prompt: hebrew }, { key: 'idea' }], next: hebrew },
  })
  await send('POST', '/v1/surveys', {
    id: 'pulse',
    name: hebrew,
    language: 'he',
    state: 'live',
    thanks: { he: hebrew },
    questions: [
      { id: 'score', type: 'nps', text: { he: hebrew }, hint: { he: arabic }, low: { he: short }, high: { he: short } },
      { id: 'why', type: 'long', text: { he: arabic } },
      {
        id: 'which',
        type: 'single',
        text: { he: hebrew },
        choices: ['c1', 'c2'].map((id) => ({ id, text: { he: short } })),
      },
    ],
    targeting: { tags: { [short]: [account] } },
  })
  const query = new URLSearchParams({ [`tag.${short}`]: account, label: short }).toString()
  await send('POST', '/v1/views', { name: short, query, visibility: 'shared' })
  await send('POST', `${project}/keys`, { type: 'secret', name: short, scopes: ['read'] })
  await send('POST', '/v1/webhooks', {
    type: 'signed',
    name,
    url: 'https://example.com/',
    events: ['feedback.created'],
  })
  await send('POST', '/v1/invitations', { email: 'noa@example.com', role: 'viewer' })
  await send('PATCH', `/v1/feedback/${ids[0]}`, { status: 'waiting' })
  await send('POST', `/v1/feedback/${ids[0]}/notes`, { text: hebrew })
  await send('POST', `/v1/feedback/${ids[2]}/merge`, { into: ids[0] })
  await send('PUT', `/v1/accounts/${encodeURIComponent(account)}`, { name: account, plan: short })
  await system.runSchedule()
})
afterAll(() => browser.close())

/**
 * Words that run from right to left outside of what isolates them: an element with `dir="auto"`, a `bdi`, or the two
 * characters that do the same within a sentence. Without, they turn round the words beside them.
 */
const loose = () => {
  const rightToLeft = /[\u0590-\u08ff]/
  const isLoose = (text: string) => rightToLeft.test(text.replaceAll(/\u2068[^\u2069]*\u2069/g, ''))
  const found: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    if (
      !element ||
      !isLoose(node.textContent ?? '') ||
      element.closest('[dir="auto"], [dir="rtl"], bdi, script, .hidden-text')
    )
      continue
    found.push(`${element.closest('[class]')?.className ?? ''} <${element.localName}> ${node.textContent}`)
  }
  for (const field of document.querySelectorAll<HTMLInputElement>('input, textarea')) {
    if (rightToLeft.test(field.value) && !['auto', 'rtl'].includes(field.dir)) found.push(`field ${field.outerHTML}`)
  }
  // What stands by itself in a tooltip is turned by nobody.
  for (const one of document.querySelectorAll('[title]')) {
    const title = one.getAttribute('title') ?? ''
    if (isLoose(title) && /\p{Script=Latin}/u.test(title) && !one.closest('[dir="auto"], bdi'))
      found.push(`title ${title}`)
  }
  return found
}

const item = (at: number) => `/console/inbox?item=${ids[at]}`
const clickOn = (label: string | RegExp) => (page: Page) => page.getByRole('button', { name: label }).first().click()

/** Everywhere that somebody's words are shown. */
const views = (): [path: string, then?: (page: Page) => Promise<unknown>][] => [
  ['/console/inbox'],
  ...[0, 1, 2].map((at): [string] => [item(at)]),
  ...['label', 'release', 'kind'].map((by): [string] => [`/console/inbox?group=${by}`]),
  [`/console/inbox?tag.${encodeURIComponent(short)}=${encodeURIComponent(account)}&label=${encodeURIComponent(short)}`],
  [`/console/inbox?q=${encodeURIComponent('שלום')}`],
  [`/console/inbox?q=${encodeURIComponent('אינשם')}`],
  ['/console/inbox', (page) => page.keyboard.press('Shift+E')],
  ['/console/inbox', (page) => page.keyboard.press('f').then(() => page.keyboard.type(short.slice(0, 3)))],
  ...['l', 'a', 's', 'm', 'n'].map((key): [string, (page: Page) => Promise<unknown>] => [
    item(0),
    (page) => page.keyboard.press(key),
  ]),
  [item(0), clickOn('More')],
  ['/console/inbox', (page) => page.keyboard.press('Control+k').then(() => page.keyboard.type('קש'))],
  [`/console/people/${person}`],
  [`/console/people/${person}`, clickOn('Edit')],
  [`/console/people/${person}`, clickOn(/^Erase/)],
  [`/console/accounts/${encodeURIComponent(account)}`],
  [`/console/accounts/${encodeURIComponent(account)}`, clickOn('Edit')],
  ['/console/numbers?by=day&split=label'],
  [`/console/numbers?by=day&split=${encodeURIComponent(`tag.${short}`)}`],
  ['/console/surveys'],
  ...['', '?section=targeting', '?section=languages', '?section=answers'].map((section): [string] => [
    `/console/surveys/pulse${section}`,
  ]),
  ['/console/surveys/pulse', clickOn('Delete survey')],
  ...['start', 'widget', 'project', 'people', 'keys', 'webhooks', 'health'].map((of): [string] => [
    `/console/setup/${of}`,
  ]),
  ['/console/setup/keys', clickOn(`Change ${short}`)],
  ['/console/setup/keys', clickOn(`Replace ${short}`)],
  ['/console/setup/keys', clickOn(`Revoke ${short}`)],
  ['/console/audit'],
  ['/console/account'],
  [
    '/console/import',
    (page) =>
      page.getByLabel('CSV file').setInputFiles({
        name: `${short}.csv`,
        mimeType: 'text/csv',
        buffer: Buffer.from(
          Papa.unparse([
            [short, 'Message'],
            [name, hebrew],
            [account, arabic],
          ]),
        ),
      }),
  ],
]

describe('words from right to left', () => {
  it('keep to themselves in every view', async () => {
    const page = await openConsole(browser, system)
    page.setDefaultTimeout(20_000)
    const found = new Set<string>()
    for (const [path, then] of views()) {
      await page.goto(system.origin + path)
      await page.locator('.list[aria-busy="false"], .place-body').first().waitFor({ state: 'attached' })
      await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .bone'))
      await then?.(page)
      await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .bone'))
      for (const one of await page.evaluate(loose)) found.add(`${path} ${then ?? ''}: ${one}`)
    }
    expect([...found]).toEqual([])
    await page.context().close()
  }, 180_000)

  it('are read from their own side, in the list and in the pane, whatever stands around them', async () => {
    const page = await openConsole(browser, system)
    const directionOf = (text: string) =>
      rows(page)
        .getByText(text)
        .first()
        .evaluate((one) => getComputedStyle(one).direction)
    expect([await directionOf('التصدير'), await directionOf('נכשל')]).toEqual(['rtl', 'rtl'])
    await rows(page).getByText('נכשל').first().click()
    const words = pane(page).locator('.words')
    await words.getByText('נכשל').waitFor()
    expect(await words.evaluate((one) => getComputedStyle(one).direction)).toBe('rtl')
    // What the page itself says stays where it was.
    expect(await pane(page).evaluate((one) => getComputedStyle(one).direction)).toBe('ltr')
    await page.context().close()
  })
})
