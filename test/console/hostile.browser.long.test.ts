import Papa from 'papaparse'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { fill, openConsole } from './desk.ts'

let browser: Browser
let system: System
let ids: string[]
let person: string

/** What runs, were it anything but text, or is found on every object, or does not fit. */
const texts = [
  '<img src=x onerror="globalThis.ran=1">',
  '"><svg onload=globalThis.ran=1><script>globalThis.ran=1</script>',
  'javascript:globalThis.ran=1',
  'data:text/html,<script>parent.ran=1</script>',
  "{{constructor.constructor('globalThis.ran=1')()}}${globalThis.ran=1}",
  '\u202Egnp.exe \u2066 \u202D never closed',
  '👩‍👩‍👧‍👦🇩🇪👍🏽',
  'مرحبا <b>שלום</b> ١٢٣',
  '__proto__',
  'constructor',
  'toString',
  'W'.repeat(10_000),
]
const injection = texts[0] as string
/** Keys that a project may choose, and that a careless look-up finds on every object. */
const key = 'constructor'

const send = async (method: string, path: string, body: object) => {
  const response = await system.call(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
}

beforeAll(async () => {
  ;[browser, system] = await Promise.all([launchBrowser(), startSystem(injection)])
  ids = await fill(
    system,
    texts.map((text, at) => {
      const short = text.slice(0, 60)
      const named = { [short]: text.slice(0, 250), [`a ${at}`]: true }
      return {
        message: text,
        kind: at % 2 ? key : 'bug',
        tags: named,
        labels: [short, 'all'],
        environment: 'production',
        source: short,
        release: text.slice(0, 90),
        assignee: short,
        rating: { scale: 'nps' as const, value: at % 11 },
        survey: {
          id: key,
          version: 1,
          answers: [
            { question: key, value: text },
            { question: 'never-asked', value: text },
          ],
        },
        person: {
          id: short,
          name: text.slice(0, 250),
          traits: named,
          account: { id: short, name: text.slice(0, 250), plan: short, traits: named },
          verified: at % 2 === 0,
        },
        context: { [short]: { [short]: text.slice(0, 9_000), __proto: [null, { deep: text.slice(0, 1_000) }] } },
        crumbs: [
          { at: new Date().toISOString(), type: at % 2 ? key : 'error', message: text.slice(0, 500), data: named },
        ],
        page: {
          url: at % 2 ? `https://example.com/${encodeURIComponent(short)}` : 'javascript:globalThis.ran=1',
          title: text.slice(0, 300),
          referrer: 'javascript:globalThis.ran=1',
          device: { browser: short, os: short, form: key },
        },
      }
    }),
  )
  person = (await system.find(ids[0] as string)).person?.uuid ?? ''
  const text = (en: string) => ({ en: en.slice(0, 500) })
  const statuses = (
    (await (await system.call(`/v1/projects/${system.project}`)).json()) as { statuses: { key: string }[] }
  ).statuses
  await send('PATCH', `/v1/projects/${system.project}`, {
    statuses: [...statuses, { key, label: injection, stage: 'open' }],
    widget: { kinds: [{ key: 'bug' }, { key, label: injection, prompt: injection }], next: injection },
  })
  await send('POST', '/v1/surveys', {
    id: key,
    name: injection,
    language: 'en',
    state: 'live',
    thanks: text(injection),
    questions: [
      { id: key, type: 'nps', text: text(texts[7] as string), hint: text(injection), low: text(injection) },
      { id: 'why', type: 'long', text: text(texts.at(-1) as string), hint: text(texts[5] as string) },
      {
        id: 'which',
        type: 'single',
        text: text(texts[1] as string),
        choices: texts.map((one, at) => ({ id: `c${at}`, text: text(one) })),
      },
    ],
    targeting: { tags: { ['__proto__']: [injection] }, paths: ['/*'] },
  })
  await Promise.all([
    ...texts.map((one) => send('POST', `/v1/feedback/${ids[0]}/notes`, { text: one.slice(0, 5_000) })),
    ...texts.map((one) =>
      send('POST', '/v1/views', {
        name: one.slice(0, 80),
        query: new URLSearchParams({ [`tag.${one.slice(0, 60)}`]: one.slice(0, 250) }).toString(),
        visibility: 'shared',
      }),
    ),
    ...texts.slice(0, 4).map((one) =>
      send('POST', `/v1/projects/${system.project}/keys`, {
        type: 'secret',
        name: one.slice(0, 60),
        scopes: ['read'],
      }),
    ),
    send('PATCH', `/v1/feedback/${ids[1]}`, { status: key }),
    send('POST', `/v1/feedback/${ids[2]}/merge`, { into: ids[0] }),
  ])
})
afterAll(() => browser.close())

/** Everywhere that somebody's text is shown. */
const views = (): [path: string, then?: (page: Page) => Promise<unknown>][] => [
  ['/console/inbox'],
  ...[0, 1, 5, 9, 11].map((at): [string] => [`/console/inbox?item=${ids[at]}`]),
  ...['label', 'path', 'release', 'kind', 'constructor'].map((by): [string] => [`/console/inbox?group=${by}`]),
  [`/console/inbox?tag.__proto__=x&constructor=1&trait.${encodeURIComponent(injection)}=x&kind=${key}&status=${key}`],
  ['/console/inbox', (page) => page.keyboard.press('Control+k').then(() => page.keyboard.type('con'))],
  ['/console/inbox', (page) => page.keyboard.press('Shift+E')],
  ['/console/inbox', (page) => page.keyboard.press('f').then(() => page.keyboard.type('con'))],
  [`/console/inbox?item=${ids[0]}`, (page) => page.keyboard.press('l')],
  [`/console/inbox?item=${ids[0]}`, (page) => page.keyboard.press('a')],
  [`/console/inbox?item=${ids[0]}`, (page) => page.keyboard.press('m')],
  ['/console/inbox', (page) => page.keyboard.press('+')],
  [`/console/people/${person}`],
  [`/console/people/${encodeURIComponent(`external:${texts[1]?.slice(0, 60)}`)}`],
  [`/console/accounts/${encodeURIComponent(injection)}`],
  ['/console/accounts/__proto__'],
  ['/console/numbers?by=day&split=label'],
  ['/console/numbers?by=constructor&split=__proto__&show=toString'],
  ['/console/surveys'],
  ['/console/surveys/__proto__'],
  ...[
    '',
    '?section=targeting',
    '?section=languages',
    '?section=expert',
    '?section=answers',
    '?section=constructor',
  ].map((section): [string] => [`/console/surveys/${key}${section}`]),
  ...['', '/start', '/widget', '/project', '/keys', '/constructor', '/%'].map((of): [string] => [
    `/console/setup${of}`,
  ]),
  [
    '/console/import',
    (page) =>
      page.getByLabel('CSV file').setInputFiles({
        name: `${injection.replaceAll('/', '')}.csv`,
        mimeType: 'text/csv',
        buffer: Buffer.from(Papa.unparse([texts, texts, texts.toReversed()])),
      }),
  ],
]

/** Opens one view after the other, and looks at each when it stands. */
async function tour(page: Page, look: () => Promise<string[]>, where = /./): Promise<string[]> {
  const found: string[] = []
  page.setDefaultTimeout(20_000)
  for (const [path, then] of views().filter(([one]) => where.test(one))) {
    const name = `${path} ${then ?? ''}`
    try {
      await page.goto(system.origin + path)
      await page.locator('.list[aria-busy="false"], .place-body').first().waitFor({ state: 'attached' })
      await then?.(page)
      await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .bone'))
      found.push(...(await look()).map((one) => `${name}: ${one}`))
    } catch (error) {
      found.push(`${name}: ${String(error)}`)
    }
  }
  return found
}

describe('text that somebody else wrote', () => {
  it('is text in every view, which stays as wide as a telephone', async () => {
    const page = await openConsole(browser, system, '/console/inbox', { viewport: { width: 360, height: 740 } })
    const found = await tour(page, async () => {
      const seen = await page.evaluate(() => ({
        ran: 'ran' in globalThis || 'ran' in Object.prototype,
        links: [...document.querySelectorAll('a, form, iframe, img')]
          .flatMap((one) => ['href', 'action', 'src'].map((attribute) => one.getAttribute(attribute) ?? ''))
          .filter((to) => /^\s*(javascript|data:text)/i.test(to)),
        wide: Math.max(
          ...[document.documentElement, ...document.querySelectorAll('.place-body, .pane, .rows, [role=dialog]')].map(
            (one) => one.scrollWidth - one.clientWidth,
          ),
        ),
      }))
      return seen.ran || seen.links.length > 0 || seen.wide > 0 ? [JSON.stringify(seen)] : []
    })
    expect(found).toEqual([])
    await page.context().close()
  }, 120_000)

  it('leaves what is read and who said it clean for axe, in light and dark', async () => {
    const page = await openConsole(browser, system, '/console/inbox', { bypassCSP: true })
    let isDark = false
    const found = await tour(
      page,
      async () => {
        isDark = !isDark
        const ink = () => page.evaluate(() => getComputedStyle(document.body).color)
        const before = await ink()
        await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light' })
        await expect.poll(ink).not.toBe(before)
        return (await violationsOf(page)).map((violation) => violation.slice(0, 300))
      },
      /item=|group=label|tag|people|accounts/,
    )
    expect(found).toEqual([])
    await page.context().close()
  }, 120_000)
})
