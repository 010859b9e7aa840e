import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { injections } from '../support/injections.ts'
import { newId, startSystem, type System } from '../support/system.ts'
import { openConsole } from './desk.ts'

let browser: Browser
let system: System
const ids = injections.map(() => newId())

/** Says one text in every field that a page has, through the door that every page has. */
async function say(text: string, at: number): Promise<void> {
  const short = text.slice(0, 60)
  const named = { [short]: text.slice(0, 250), note: text.slice(0, 250) }
  const response = await system.submit({
    id: ids[at] ?? '',
    message: text,
    kind: at % 3 === 0 ? short : 'bug',
    email: `${short}@example.com`,
    tags: named,
    release: text.slice(0, 90),
    anonymousId: text.slice(0, 100),
    rating: { scale: 'nps', value: at % 11 },
    survey: { id: short, version: 1, answers: [{ question: short, value: text }] },
    person: {
      id: text.slice(0, 190),
      name: text.slice(0, 190),
      email: `${short}@example.com`,
      traits: named,
      account: { id: short, name: text.slice(0, 190), plan: short },
    },
    context: { [short]: { [short]: text, list: [text, { deep: text }] } },
    crumbs: [
      { at: new Date().toISOString(), type: 'error', message: text, data: named },
      { at: new Date().toISOString(), type: 'manual', message: text, data: { url: text } },
    ],
    page: {
      url: at % 2 === 0 ? text : `https://example.com/${encodeURIComponent(short)}`,
      title: text,
      referrer: text,
      locale: short,
      timeZone: short,
      device: { userAgent: text },
    },
    sdk: text.slice(0, 60),
  })
  expect([text, response.status, await response.text()]).toEqual([text, 201, expect.any(String)])
}

beforeAll(async () => {
  ;[browser, system] = await Promise.all([launchBrowser(), startSystem('Injections')])
  for (const [at, text] of injections.entries()) await say(text, at)
  await system.runSchedule()
}, 240_000)
afterAll(() => browser.close())

/** What ran, what would run when it is followed, and what came in from elsewhere; what breaks the policy is watched for. */
async function look(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const made = document.querySelectorAll(
      'iframe, object, embed, base, marquee, svg script, img[src="x"], math, frameset',
    )
    const leads = [...document.querySelectorAll('a, form, button, img, use')]
      .flatMap((one) =>
        ['href', 'action', 'formaction', 'src', 'xlink:href'].map((name) => one.getAttribute(name) ?? ''),
      )
      .filter((to) =>
        /^[\s\u0000-\u001f]*(j\s*a\s*v\s*a|vbs|data:text|data:image\/svg|\/\/evil|https?:\/*evil)/i.test(to),
      )
    const handlers = [...document.querySelectorAll('*')].filter((one) =>
      one.getAttributeNames().some((name) => name.startsWith('on') || name === 'srcdoc'),
    )
    return [
      ...('ran' in globalThis ? ['a script ran'] : []),
      ...[...made, ...handlers].map((one) => one.outerHTML.slice(0, 200)),
      ...leads,
    ]
  })
}

/** Nothing is on its way, but what follows at the end of a long list. */
const isStill = () =>
  document.querySelector('[aria-busy="true"]') === null &&
  [...document.querySelectorAll('.bone')].every((bone) => bone.closest('.list') !== null)

describe(`${injections.length} texts that would run`, () => {
  it('run nowhere, one item after the other', async () => {
    expect(injections.length).toBeGreaterThanOrEqual(150)
    expect(new Set(injections).size).toBe(injections.length)
    const page = await openConsole(browser, system, '/console/inbox?spam=with')
    page.setDefaultTimeout(20_000)
    const requests: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(system.origin) && !request.url().startsWith('blob:')) requests.push(request.url())
    })
    const found: string[] = []
    for (const [at, id] of ids.entries()) {
      // As a link within the console does it, without loading the page anew.
      await page.evaluate((item) => {
        history.pushState(null, '', `/console/inbox?spam=with&item=${item}`)
        dispatchEvent(new PopStateEvent('popstate'))
      }, id)
      await page.waitForFunction(isStill)
      // A NUL is stored as what stands for it.
      const begins = injections[at]?.replaceAll('\0', '\ufffd').trim().slice(0, 12)
      await page.waitForFunction((text) => document.querySelector('.pane')?.textContent.includes(text), begins ?? '')
      found.push(...(await look(page)).map((one) => `${injections[at]}: ${one}`))
    }
    expect(found).toEqual([])
    expect(requests).toEqual([])
    await page.context().close()
  }, 400_000)

  it('run nowhere in lists, groups, people, numbers, pickers and what is searched', async () => {
    const page = await openConsole(browser, system, '/console/inbox?spam=with')
    page.setDefaultTimeout(20_000)
    const some = injections.filter((_, at) => at % 30 === 0)
    const paths = [
      ...['kind', 'label', 'release', 'path', 'source'].map((by) => `/console/inbox?spam=with&group=${by}`),
      ...['release', 'kind', 'path', 'tag.note', 'trait.note'].map((by) => `/console/numbers?by=week&split=${by}`),
      ...some.flatMap((text) => [
        `/console/inbox?spam=with&q=${encodeURIComponent(text)}`,
        `/console/inbox?spam=with&tag.note=${encodeURIComponent(text.slice(0, 250))}&release=${encodeURIComponent(text.slice(0, 90))}`,
        `/console/people/${encodeURIComponent(`external:${text.slice(0, 190)}`)}`,
        `/console/accounts/${encodeURIComponent(text.slice(0, 60))}`,
        `/console/surveys/${encodeURIComponent(text.slice(0, 60))}`,
        `/console/inbox?item=${encodeURIComponent(text)}`,
      ]),
    ]
    const found: string[] = []
    for (const path of paths) {
      await page.goto(system.origin + path)
      await page.locator('.list[aria-busy="false"], .place-body').first().waitFor({ state: 'attached' })
      await page.waitForFunction(isStill)
      found.push(...(await look(page)).map((one) => `${path}: ${one}`))
    }
    await page.goto(`${system.origin}/console/inbox?spam=with`)
    await page.locator('.list[aria-busy="false"]').waitFor({ state: 'attached' })
    for (const keys of ['f', 'Shift+E', 'Control+k']) {
      await page.keyboard.press(keys)
      await page.keyboard.type('<')
      await page.waitForFunction(isStill)
      found.push(...(await look(page)).map((one) => `${keys}: ${one}`))
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
    }
    expect(found).toEqual([])
    await page.context().close()
  }, 400_000)
})
