import { text } from 'node:stream/consumers'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonView } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { fill, listed, openConsole, pane, rows } from './desk.ts'

const at = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString()
const ada = {
  id: 'u_1',
  name: 'Ada Okafor',
  email: 'ada@example.com',
  traits: { role: 'owner' },
  account: { id: 'acme', name: 'Acme Dental', plan: 'pro', revenue: 12_000 },
  verified: true,
}
const grace = { id: 'u_2', name: 'Grace', account: { id: 'acme', name: 'Acme Dental' }, verified: true }

let browser: Browser
let system: System

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem('People')
  await fill(system, [
    {
      message: 'The total is wrong',
      person: ada,
      createdAt: at(20),
      crumbs: [
        { at: at(120), type: 'navigation', message: '/billing' },
        { at: at(90), type: 'request', message: 'PUT /invoices/7', data: { status: 500 } },
        { at: at(80), type: 'error', message: 'TypeError: total is undefined\n    at render (bill.js:3:1)' },
      ],
    },
    { message: 'It works again', kind: 'praise', person: ada, rating: { scale: 'nps', value: 9 } },
    { message: 'Second time this month', person: ada, rating: { scale: 'nps', value: 2 } },
    { message: 'Please add a dark look', kind: 'idea', person: grace, rating: { scale: 'nps', value: 7 } },
    { message: 'Nobody knows me', email: 'someone@example.org' },
  ])
})
afterAll(() => browser.close())

const side = (page: Page) => page.getByRole('complementary')
const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth)

describe('the card of a person', () => {
  it('says why they count as verified and what else they and their account said, each opening in place', async () => {
    const page = await openConsole(browser, system, '/console/inbox', { bypassCSP: true })
    await rows(page).getByText('The total is wrong').click()
    const card = pane(page).getByRole('region', { name: 'Person', exact: true })
    await card.getByText('A signed token says who this is.').waitFor()
    const said = pane(page).getByRole('region', { name: 'This person said' })
    await said.getByText('3 in all').waitFor()
    const account = pane(page).getByRole('region', { name: 'Acme Dental said' })
    await account.getByText('4 in all').waitFor()
    expect(await account.getByRole('listitem').allInnerTexts()).toEqual([expect.stringContaining('dark look')])
    expect(await violationsOf(page)).toEqual([])

    const before = pane(page).getByRole('region', { name: 'Just before' })
    await before.getByText('2 errors').waitFor()
    expect(await before.getByRole('listitem').count()).toBe(4)
    const trace = before.getByText('at render (bill.js:3:1)')
    expect(await trace.isVisible()).toBe(false)
    await before.getByText('TypeError: total is undefined').first().click()
    expect(await trace.isVisible()).toBe(true)

    const list = await listed(page)
    await said.getByRole('link', { name: 'It works again' }).click()
    await pane(page).locator('.words').getByText('It works again').waitFor()
    expect(await listed(page)).toEqual(list)
    await page.keyboard.press('p')
    await page.getByRole('heading', { name: 'Ada Okafor', level: 2 }).waitFor()
    expect(page.url()).toContain('/console/people/')
    await page.goBack()
    await pane(page).locator('.words').getByText('It works again').waitFor()
    await page.context().close()
  })
})

describe('the place of a person', () => {
  it('holds all they said and who says what of them; the team changes it, and a mistake loses nothing', async () => {
    const page = await openConsole(browser, system, '/console/inbox', { bypassCSP: true })
    await page.goto(`${system.origin}/console/people/external:u_1`)
    await rows(page).nth(2).waitFor()
    expect(await page.locator('.said-rows .row-words').allTextContents()).toEqual([
      'The total is wrong',
      'It works again',
      'Second time this month',
    ])
    const scores = page.getByRole('region', { name: 'Scores over time' })
    expect(await scores.getByRole('link').count()).toBe(2)
    await side(page).getByText('12,000 a year').waitFor()
    expect(await side(page).locator('.source').allInnerTexts()).toEqual(['signed', 'signed', 'signed', 'signed'])
    expect(await violationsOf(page)).toEqual([])

    await page.getByRole('button', { name: 'Edit what is known' }).click()
    const dialog = page.getByRole('dialog', { name: 'Edit Ada Okafor' })
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await dialog.getByLabel('Name', { exact: true }).fill('Ada O.')
    await dialog.getByLabel('E-mail').fill('no address')
    await dialog.getByRole('button', { name: 'Add a trait' }).click()
    await dialog.getByLabel('Name of trait 2').fill('vip')
    await dialog.getByLabel('Value of vip').fill('true')
    await dialog.getByRole('button', { name: 'Save' }).click()
    expect(await dialog.getByRole('alert').innerText()).toContain('email')
    expect(await dialog.getByLabel('Value of vip').inputValue()).toBe('true')
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByLabel('E-mail').fill('ada@okafor.example')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Ada O.', level: 2 }).waitFor()
    const { people } = (await (await system.call('/v1/people/external:u_1')).json()) as PersonView
    expect(people[0]).toMatchObject({
      name: 'Ada O.',
      email: 'ada@okafor.example',
      traits: { role: 'owner', vip: true },
    })
    expect(await side(page).locator('.by-team').count()).toBe(3)
    await page.context().close()
  })

  it('gives everything away as a file, and goes for good after a question that names what goes', async () => {
    const page = await openConsole(browser, system, '/console/inbox', { viewport: { width: 360, height: 740 } })
    const complaints: string[] = []
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()))
    await page.goto(`${system.origin}/console/people/external:u_2`)
    await rows(page).first().waitFor()
    expect(await sideways(page)).toBe(false)
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ])
    expect(saved.suggestedFilename()).toBe('earshot-grace.json')
    const file = JSON.parse(await text(await saved.createReadStream())) as PersonView
    expect(file).toMatchObject({ people: [{ name: 'Grace' }], items: [{ message: 'Please add a dark look' }] })

    await page.getByRole('button', { name: 'Erase' }).click()
    const dialog = page.getByRole('dialog', { name: 'Erase Grace?' })
    await dialog.getByText('1 item', { exact: true }).waitFor()
    const erase = dialog.getByRole('button', { name: 'Erase for good' })
    expect(await erase.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('grac')
    expect(await erase.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('grace')
    await erase.click()
    await page.getByText('Erased: 1 item and 1 record of the person.').waitFor()
    await page.getByRole('button', { name: 'Back to the inbox' }).click()
    await rows(page).first().waitFor()
    expect((await listed(page)).join()).not.toContain('dark look')
    expect((await system.call('/v1/people/external:u_2')).status).toBe(404)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('says so where nobody is known, and shows what shares an address', async () => {
    const page = await openConsole(browser, system)
    await page.goto(`${system.origin}/console/people/external:nobody`)
    await page.getByRole('alert').getByText('Nothing is known of this person here.').waitFor()
    await page.goto(`${system.origin}/console/people/email:someone@example.org`)
    await rows(page).getByText('Nobody knows me').waitFor()
    await side(page).getByText('No id came with what they said').waitFor()
    expect(await page.getByRole('button', { name: /^Edit/ }).count()).toBe(0)
    await page.context().close()
  })
})

describe('the place of an account', () => {
  it('says what it is worth, who spoke, and takes what the team knows', async () => {
    const page = await openConsole(browser, system, '/console/inbox', { bypassCSP: true })
    await page.goto(`${system.origin}/console/accounts/acme`)
    await rows(page).first().waitFor()
    expect(await page.locator('.worth').innerText()).toMatch(/12,000[\s\S]+pro/)
    const people = page.getByRole('region', { name: 'People' })
    await people.getByRole('link', { name: /Ada Okafor\s*Verified\s*3 items/ }).waitFor()
    await page.getByRole('button', { name: 'Edit' }).click()
    const dialog = page.getByRole('dialog', { name: 'Edit Acme Dental' })
    await dialog.getByLabel('Revenue a year').fill('a lot')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Revenue is a number, such as 12000.').waitFor()
    await dialog.getByLabel('Revenue a year').fill('24 000')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.locator('.worth').getByText('24,000').waitFor()
    await side(page).locator('.by-team').first().waitFor()
    expect(await violationsOf(page)).toEqual([])
    await people.getByRole('link', { name: /Ada/ }).click()
    await page.getByRole('region', { name: 'Scores over time' }).waitFor()
    await page.context().close()
  })
})
