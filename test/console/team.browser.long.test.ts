import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Feedback, MergedList } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { fill, openConsole, pane, rows, said } from './desk.ts'

let browser: Browser
let system: System
let page: Page
let ids: string[]
let refused: string[] = []
let run = 0

const blank = 'The export of the rota prints blank pages, says Grace Hopper'

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem()
})
afterAll(() => browser.close())
beforeEach(async () => {
  run += 1
  refused = []
  const messages = [blank, 'Blank pages when we print the rota', 'Please add a dark mode']
  const person = { name: 'Grace Hopper', email: 'grace@example.com', verified: true }
  ids = await fill(
    system,
    messages.map((message, at) => ({ message, tags: { run }, ...(at === 0 && { person }) })),
  )
  page = await openConsole(browser, system, `/console/inbox?tag.run=${run}`)
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) refused.push(message.text())
  })
  await rows(page).nth(2).waitFor()
})
afterEach(async () => {
  await page.context().close()
  for (const id of ids) await system.call(`/v1/feedback/${id}`, { method: 'DELETE' })
  expect(refused).toEqual([])
})

const item = (at: number): Promise<Feedback> => system.find(ids[at] ?? '')
const dialog = () => page.getByRole('dialog')
const composer = () => page.getByRole('textbox', { name: 'Note for the team' })
const notes = () => pane(page).getByRole('region', { name: 'Notes of the team' })
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

describe('notes', () => {
  it('are written with n, kept per item while unsent, sent with Ctrl Enter, and taken back with u', async () => {
    await press('j', 'n')
    await page.keyboard.type('Called her back')
    await press('Escape', 'j')
    expect(await composer().inputValue()).toBe('')
    await page.reload()
    await rows(page).nth(2).waitFor()
    await press('k')
    await expect.poll(() => composer().inputValue()).toBe('Called her back')
    await press('n', 'Control+Enter')
    await notes().getByText('Called her back').waitFor()
    expect(await composer().inputValue()).toBe('')
    await expect
      .poll(async () => (await item(0)).teamNotes?.map(({ text, author }) => [text, author]))
      .toEqual([['Called her back', 'Ada Admin']])
    await said(page).getByText('Added a note').waitFor()
    await press('Escape', 'u')
    await said(page).getByText('Undone').waitFor()
    expect((await item(0)).teamNotes).toBeUndefined()
  })

  it('that do not get through stand in the field again, and one of somebody else is deleted only when told so', async () => {
    await system.call(`/v1/feedback/${ids[0]}/notes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'From a script' }),
    })
    await page.reload()
    await rows(page).nth(2).waitFor()
    await press('j')
    await page.route('**/notes*', (route) => route.abort())
    await composer().fill('Lost on the way')
    await page.getByRole('button', { name: 'Add note' }).click()
    await said(page).getByText('The note was not added').waitFor()
    expect(await composer().inputValue()).toBe('Lost on the way')
    await page.unroute('**/notes*')
    await page.getByRole('button', { name: 'Add note' }).click()
    await notes().getByText('Lost on the way').waitFor()
    await page.getByRole('button', { name: 'Delete the note' }).first().click()
    await dialog().getByText('It is gone for good').waitFor()
    await dialog().getByRole('button', { name: 'Delete the note' }).click()
    await expect.poll(async () => (await item(0)).teamNotes?.map(({ text }) => text)).toEqual(['Lost on the way'])
  })
})

describe('assigning', () => {
  it('gives one to oneself, several to somebody else, and takes it back', async () => {
    await press('j', 'a')
    await page.getByRole('option', { name: /Ada Admin \(you\)/ }).waitFor()
    await press('Enter')
    await said(page).getByText('Assigned it to you').waitFor()
    expect((await item(0)).assignee).toBe('Ada Admin')
    await rows(page).first().getByText('Assigned to Ada Admin').waitFor()
    await press('x', 'Shift+J', 'a')
    await page.keyboard.type('grace@example.com')
    await press('Enter')
    await said(page).getByText('Assigned 2 items to grace@example.com').waitFor()
    expect((await Promise.all([0, 1, 2].map(item))).map(({ assignee }) => assignee)).toEqual([
      'grace@example.com',
      'grace@example.com',
      undefined,
    ])
    await press('u')
    await said(page).getByText('Undone').waitFor()
    expect((await Promise.all([0, 1].map(item))).map(({ assignee }) => assignee)).toEqual(['Ada Admin', undefined])
  })
})

describe('merging', () => {
  it('offers what says much the same first, says so on both, and is undone on either', async () => {
    const merged = async () =>
      ((await (await system.call(`/v1/feedback/${ids[1]}/merged`)).json()) as MergedList).items.map(({ id }) => id)
    await press('j', 'm')
    await dialog()
      .getByRole('option', { name: /Blank pages when we print/ })
      .waitFor()
    expect(await dialog().getByRole('option').first().innerText()).toContain('Blank pages when we print')
    await press('Enter')
    await pane(page).getByText('Merged into').waitFor()
    await said(page).getByText('Merged it into').waitFor()
    expect(await merged()).toEqual([ids[0]])
    await press('u')
    await said(page).getByText('Undone').waitFor()
    expect(await merged()).toEqual([])
    await press('m')
    await dialog()
      .getByRole('combobox')
      .fill((await item(1)).reference)
    await dialog()
      .getByRole('option', { name: /Blank pages when we print/ })
      .waitFor()
    await expect.poll(() => dialog().getByRole('option').count()).toBe(1)
    await press('Enter')
    await said(page).getByText('Merged it into').waitFor()
    await pane(page).getByRole('link', { name: 'Blank pages when we print the rota' }).click()
    const here = pane(page).getByRole('region', { name: 'Merged into this' })
    await here.getByText(blank).waitFor()
    await here.getByRole('button', { name: /Take .* out/ }).click()
    await here.waitFor({ state: 'hidden' })
    expect(await merged()).toEqual([])
  })

  it('takes Enter for what was pasted, not for what was listed before that was found', async () => {
    const { reference } = await item(2)
    await press('j', 'm')
    await dialog()
      .getByRole('option', { name: /Blank pages when we print/ })
      .waitFor()
    await dialog().getByRole('combobox').fill(reference)
    await press('Enter')
    await said(page).getByText(`Merged it into ${reference}`).waitFor()
    expect((await item(0)).mergedInto).toBe(ids[2])
  })

  it('says why it is refused, and shows the item as it stands', async () => {
    await system.call(`/v1/feedback/${ids[1]}/merge`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ into: ids[0] }),
    })
    await press('j', 'm')
    await dialog().getByRole('combobox').fill(`${system.origin}/console/inbox?item=${ids[1]}`)
    await dialog()
      .getByRole('option', { name: /Blank pages when we print/ })
      .waitFor()
    await press('Enter')
    await said(page).getByText('is itself merged into this item').waitFor()
    expect((await item(0)).mergedInto).toBeUndefined()
    await pane(page).getByRole('region', { name: 'Merged into this' }).getByText('Blank pages when we print').waitFor()
  })
})

describe('what cannot be undone', () => {
  it('shows what will be blacked out before it is, from words that are selected or typed', async () => {
    await press('j')
    await page.locator('.words').evaluate((words) => {
      const text = words.firstChild as Text
      getSelection()?.setBaseAndExtent(text, text.data.indexOf('Grace'), text, text.data.length)
    })
    await pane(page).getByRole('button', { name: 'Black out' }).click()
    const preview = dialog().getByRole('region', { name: 'How it will read' })
    await preview.getByText('says ████████████').waitFor()
    await preview.getByRole('listitem').filter({ hasText: 'Name' }).waitFor()
    await dialog().getByRole('textbox').fill('nobody said this')
    await dialog().getByText('Nothing in this item says that').waitFor()
    expect(await dialog().getByRole('button', { name: 'Black out for good' }).isDisabled()).toBe(true)
    await dialog().getByRole('textbox').fill('grace hopper\ngrace@example.com')
    await preview.getByRole('listitem').filter({ hasText: 'e-mail' }).waitFor()
    expect((await item(0)).message).toBe(blank)
    await dialog().getByRole('button', { name: 'Black out for good' }).click()
    await pane(page).getByText('says ████████████').waitFor()
    const { message, person } = await item(0)
    expect([message, person]).toEqual([
      blank.replace('Grace Hopper', '████████████'),
      { name: '████████████', verified: true },
    ])
    await pane(page).getByRole('region', { name: 'Blacked out' }).getByText('the person’s name').waitFor()
  })

  it('asks before an item goes, opens the next one, and leaves what it could not delete', async () => {
    await press('j', '#')
    await dialog().getByText('What was said goes from every list').waitFor()
    await press('Enter')
    await dialog().waitFor({ state: 'hidden' })
    expect((await item(0)).message).toBe(blank)
    await press('Backspace')
    await dialog().getByRole('button', { name: 'Delete this item' }).click()
    await said(page).getByText('Deleted 1 item').waitFor()
    await expect.poll(() => rows(page).count()).toBe(2)
    expect(new URL(page.url()).searchParams.get('item')).toBe(ids[1])
    expect((await system.call(`/v1/feedback/${ids[0]}`)).status).toBe(404)
    await press('Control+a', '#')
    await page.route(`**/v1/feedback/${ids[2]}*`, (route) => route.abort())
    await dialog().getByRole('button', { name: 'Delete 2 items' }).click()
    await said(page).getByText('Not deleted: 1 item').waitFor()
    await page.unroute(`**/v1/feedback/${ids[2]}*`)
    await page.getByRole('button', { name: 'Try again' }).click()
    await said(page).getByText('Deleted 1 item').waitFor()
    await expect.poll(() => rows(page).count()).toBe(0)
  })
})

describe('feedback that was given elsewhere', () => {
  it('is added on somebody’s behalf, refused with the form intact, and taken back', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await press('+')
    await dialog().getByRole('textbox', { name: 'What they said' }).fill('Wants a wallchart of the rota')
    await dialog().getByRole('combobox', { name: 'Kind' }).selectOption('idea')
    await dialog().getByRole('combobox', { name: 'Scale' }).selectOption('nps')
    await dialog().getByRole('combobox', { name: 'Score' }).selectOption('9')
    await dialog().getByRole('textbox', { name: 'Their name' }).fill('Barbara')
    await dialog().getByRole('textbox', { name: 'Their e-mail' }).fill('barbara')
    await dialog().getByRole('textbox', { name: 'Account id' }).fill('harbour')
    await dialog().getByRole('combobox', { name: 'Where it was said' }).fill('call')
    await dialog().getByLabel('When').fill('2026-01-02T03:04')
    await dialog().getByRole('button', { name: 'Tag', exact: true }).click()
    await dialog().getByRole('textbox', { name: 'Name of tag 1' }).fill('run')
    await dialog().getByRole('textbox', { name: 'Value of tag 1' }).fill(String(run))
    const isWide = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    )
    expect(isWide).toBe(false)
    await press('Control+Enter')
    await dialog().getByRole('alert').getByText('is no e-mail address').waitFor()
    await dialog().getByRole('textbox', { name: 'Their e-mail' }).fill('barbara@example.com')
    await press('Control+Enter')
    await said(page).getByText('Added').waitFor()
    const id = new URL(page.url()).searchParams.get('item') ?? ''
    expect(await system.find(id)).toMatchObject({
      message: 'Wants a wallchart of the rota',
      kind: 'idea',
      rating: { scale: 'nps', value: 9 },
      person: { name: 'Barbara', email: 'barbara@example.com', account: { id: 'harbour' }, verified: false },
      source: 'call',
      tags: { run: String(run) },
      createdAt: '2026-01-02T02:04:00.000Z',
    })
    await page.getByRole('button', { name: /^Undo/ }).click()
    await said(page).getByText('Undone').waitFor()
    expect((await system.call(`/v1/feedback/${id}`)).status).toBe(404)
    await press('+')
    expect(await dialog().getByRole('textbox', { name: 'What they said' }).inputValue()).toContain('wallchart')
  })
})

describe('every dialog and menu', () => {
  it.each([
    { viewport: { width: 1440, height: 900 }, colorScheme: 'light', keys: 'a m # +' },
    { viewport: { width: 360, height: 740 }, colorScheme: 'dark', keys: 'm Shift+B' },
  ] as const)('is clean by axe, and fits, in $colorScheme at $viewport.width', async ({ keys, ...look }) => {
    await page.context().close()
    page = await openConsole(browser, system, `/console/inbox?tag.run=${run}&item=${ids[0]}`, {
      ...look,
      bypassCSP: true,
    })
    await composer().fill('A note')
    await page.getByRole('button', { name: 'Add note' }).click()
    await notes().getByText('A note').waitFor()
    for (const key of keys.split(' ')) {
      await page.locator('.pane-scroll').focus()
      await press(key)
      await dialog()
        .getByRole(key === 'a' || key === 'm' ? 'option' : 'button')
        .first()
        .waitFor()
      expect([key, await violationsOf(page)]).toEqual([key, []])
      const isWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      )
      expect([key, isWide]).toEqual([key, false])
      await press('Escape')
      await dialog().waitFor({ state: 'hidden' })
    }
    expect(await violationsOf(page)).toEqual([])
  })
})
