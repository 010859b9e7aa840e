import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { fill, listed, openConsole, pane, rows } from './desk.ts'

let browser: Browser
let system: System
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem()
  await fill(system, [
    { message: 'The waiting time at the desk is too long', tags: { plan: 'pro' }, labels: ['desk'] },
    { message: 'We waited for an hour, then the report came', status: 'open', tags: { plan: 'free' } },
    { message: 'Dark colours, please', kind: 'idea', tags: { plan: 'free' }, rating: { scale: 'csat', value: 2 } },
    { message: 'Lovely', kind: 'praise', status: 'done', rating: { scale: 'csat', value: 5 } },
    { message: '週表示で、土日を非表示にしたい', kind: 'idea' },
    { message: 'Buy cheap watches', spam: true },
  ])
})
afterAll(() => browser.close())
beforeEach(async () => {
  page = await openConsole(browser, system)
})
afterEach(() => page.context().close())

async function settled(count: number): Promise<string[]> {
  await page.waitForFunction((wanted) => document.querySelectorAll('.rows-all .row').length === wanted, count)
  return listed(page)
}

const views = () => page.getByRole('navigation', { name: 'Views' })

describe('search', () => {
  it('finds while somebody types, marks what it found, and stands in the address', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('waiting')
    // The letters before the last find the same two.
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('waiting')
    const words = await settled(2)
    expect(words.join()).toContain('waited')
    expect(await page.locator('.rows mark').allTextContents()).toEqual(expect.arrayContaining(['waiting', 'waited']))
  })

  it('finds a word in the middle of a Japanese sentence', async () => {
    await page.getByRole('searchbox').fill('土日')
    expect(await settled(1)).toEqual(['週表示で、土日を非表示にしたい'])
  })

  it('says what to do when nothing is found', async () => {
    await page.getByRole('searchbox').fill('giraffe')
    await page.getByText('Nothing found for “giraffe”').waitFor()
    await page.getByRole('button', { name: 'Show all feedback' }).click()
    await settled(5)
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('')
  })
})

describe('filters', () => {
  it('are chosen by name and value with the keyboard alone, and shown in words', async () => {
    await page.keyboard.press('f')
    await page.keyboard.type('plan')
    await page.getByRole('option', { name: 'plan', exact: true }).waitFor()
    // The plan of the account stands above the tag.
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: 'free' }).waitFor()
    await page.keyboard.type('fre')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await settled(2)
    expect(new URL(page.url()).search).toBe('?tag.plan=free')
    expect(await page.getByRole('group', { name: 'Filters' }).innerText()).toMatch(/plan\s+is\s+free/)
  })

  it('turn into their opposite and go away with one click each', async () => {
    await page.goto(`${system.origin}/console/inbox?kind=idea`)
    await settled(2)
    await page.getByTitle('Change to “is not”').click()
    expect(await settled(3)).not.toContain('Dark colours, please')
    await page.getByRole('button', { name: 'Remove the filter Kind is not Idea' }).click()
    await settled(5)
  })

  it('hold a run of scores as one', async () => {
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('option', { name: 'Rating' }).click()
    await page.getByRole('option', { name: 'Dissatisfied' }).click()
    expect(await settled(1)).toEqual(['Dark colours, please'])
    expect(new URL(page.url()).search).toBe('?scale=csat&min=1&max=2')
  })

  it('come back with the back button and with a reload', async () => {
    await views().getByRole('link', { name: /^Open/ }).click()
    await settled(1)
    await views().getByRole('link', { name: /^Done/ }).click()
    expect(await settled(1)).toEqual(['Lovely'])
    await page.goBack()
    await page.getByText('We waited').first().waitFor()
    await page.reload()
    expect((await settled(1))[0]).toContain('We waited')
  })

  it('are found by what else people call them, and by their names in links', async () => {
    await page.getByRole('button', { name: 'Filter' }).click()
    for (const [typed, label] of [
      ['url', 'Page'],
      ['path', 'Page'],
      ['Company', 'Account'],
      ['screenshot', 'Has an image or e-mail'],
      ['locale', 'Language'],
    ] as const) {
      await page.getByRole('combobox', { name: 'Filter by' }).fill(typed)
      const found = page.getByRole('listbox').getByRole('option')
      await expect.poll(() => found.allTextContents(), { timeout: 30_000 }).toEqual([label])
    }
    await page.keyboard.press('Escape')
  })

  it('say how much is hidden as spam and list it when asked', async () => {
    await page.getByText('1 item hidden as spam.').waitFor()
    await page.getByRole('button', { name: 'List them too' }).click()
    expect(await settled(6)).toContain('Buy cheap watches')
  })

  it('are refused by name and never ignored', async () => {
    await page.goto(`${system.origin}/console/inbox?colour=red`)
    await page.getByText('There is no filter named “colour”.').waitFor()
    expect(await rows(page).count()).toBe(0)
    await page.getByRole('button', { name: 'Clear search and filters' }).click()
    await settled(5)
  })

  it('keep an item open that no longer matches, and say so', async () => {
    await page.goto(`${system.origin}/console/inbox?kind=idea`)
    await settled(2)
    await page.keyboard.press('j')
    const words = await pane(page).locator('.words').textContent()
    await page.locator('.chip-value').click()
    await page.getByRole('option', { name: 'Praise' }).click()
    await page.getByRole('option', { name: 'Idea' }).click()
    await settled(1)
    expect(await pane(page).locator('.words').textContent()).toBe(words)
    await pane(page).getByText('Does not match the filter (kind)').waitFor()
  })
})

describe('rows', () => {
  it('have the height that was chosen, and a link each', async () => {
    await settled(5)
    expect((await rows(page).first().boundingBox())?.height).toBe(64)
    expect(await rows(page).getByRole('link').count()).toBe(5)
  })
})
