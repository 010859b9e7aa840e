import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Key, Project, SavedView, WidgetSettings } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { type Site, startSite } from '../support/site.ts'
import { newId, startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { openConsole, pane, said } from './desk.ts'

let browser: Browser
let system: System
let site: Site

beforeAll(async () => {
  ;[browser, system, site] = await Promise.all([launchBrowser(), startSystem('Set-up'), startSite()])
})
afterAll(() => Promise.all([browser.close(), site.close()]))

async function openSetup(section: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openConsole(browser, system, `/console/setup/${section}`, options)
  page.setDefaultTimeout(20_000)
  await page.getByRole('heading', { name: 'Set up', exact: true }).waitFor()
  return page
}

const path = () => `/v1/projects/${system.project}`
const read = async <T>(rest = ''): Promise<T> => (await (await system.call(path() + rest)).json()) as T
const stored = () => read<Project>()
const widget = () => read<WidgetSettings>('/widget')
const patch = (body: object) =>
  system.call(path(), {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const code = (page: Page, name: string | RegExp) => page.getByRole('group', { name }).innerText()

/** What a page's policy and the snippet let through, as a browser says it. */
async function visit(html: string, policy: string): Promise<{ page: Page; complaints: string[] }> {
  site.serve(html, { 'content-security-policy': `default-src 'none'; ${policy}` })
  const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(site.page)
  await page.locator('earshot-widget .launcher').click()
  await page.locator('earshot-widget textarea').waitFor()
  return { page, complaints }
}

describe('the guide', () => {
  it('leads from an empty inbox to the first submission on screen', async () => {
    const page = await openConsole(browser, system, '/console/inbox', { bypassCSP: true })
    page.setDefaultTimeout(20_000)
    const offer = page.getByRole('link', { name: /Install the widget In three steps/ })
    await offer.waitFor()
    await page.locator('.blank').getByRole('link', { name: 'Install the widget' }).click()
    await page.waitForURL(/\/console\/setup\/start$/)
    await page.getByText('Waiting for feedback from production').waitFor()
    await page.getByText('If your pages have a Content-Security-Policy').click()
    const snippet = await code(page, /^In every page/)
    expect(snippet).toContain(system.publishableKey)
    const policy = await code(page, 'Content-Security-Policy')
    const visited = await visit(snippet, policy)
    await visited.page.locator('earshot-widget textarea').fill('The very first word')
    // The guide looks by itself too: the button is there until it has seen what came.
    let press: () => void = () => undefined
    const pressed = new Promise<void>((resolve) => {
      press = resolve
    })
    await page.route('**/v1/feedback?*', async (route) => {
      await pressed
      await route.continue()
    })
    await visited.page.locator('earshot-widget [type=submit]').click()
    await visited.page.getByText('Thank you. It arrived and is stored.').waitFor()
    expect(visited.complaints).toEqual([])
    await page.getByRole('button', { name: 'Look now' }).click()
    press()
    await page.getByText('It arrived. Everything works.').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('link', { name: /The very first word/ }).click()
    await pane(page).getByText('The very first word').waitFor()
    await offer.waitFor({ state: 'detached' })
    await Promise.all([page.context().close(), visited.page.context().close()])
  })

  it('has a snippet for pages whose policy knows a nonce', async () => {
    const page = await openSetup('start')
    await page.getByText('If your pages have a Content-Security-Policy').click()
    await page.getByText('By nonce').click()
    const filled = async (name: string | RegExp) => (await code(page, name)).replaceAll('YOUR_NONCE', 'r4nd0m')
    const visited = await visit(await filled(/^In every page/), await filled('Content-Security-Policy'))
    expect(visited.complaints).toEqual([])
    await Promise.all([page.context().close(), visited.page.context().close()])
  })

  it('watches by itself, says what to check, and offers a key where an environment has none', async () => {
    await system.importLines([{ id: newId(), message: 'From staging', kind: 'bug', environment: 'staging' }])
    const page = await openSetup('start')
    await page.getByLabel('Environment').selectOption('staging')
    await page.getByText('The latest so far came').waitFor()
    await page.getByRole('button', { name: 'Make a key for staging' }).click()
    await page.getByText('With the publishable key “Widget, staging”').waitFor()
    await page.getByText('React', { exact: true }).click()
    const settings = await code(page, /^earshot-settings.js/)
    const key = /pub_\w{24}/.exec(settings)?.[0] ?? ''
    expect(settings).toContain(`endpoint: '${system.origin}'`)
    await page.getByText('Nothing arrives?').click()
    await page.getByText('It was sent, and is not here.').waitFor()
    await system.submit({ id: newId(), message: 'Hello from staging', kind: 'idea' }, `?key=${key}`)
    await page.getByText('It arrived. Everything works.').waitFor()
    await page.getByRole('link', { name: /Hello from staging/ }).click()
    await page.waitForURL(/environment=staging/)
    await page.reload()
    await pane(page).getByText('Hello from staging').waitFor()
    await page.context().close()
  })
})

describe('the widget’s settings', () => {
  it('show the widget itself while they are changed, which takes no focus and sends nothing', async () => {
    const page = await openSetup('widget')
    const complaints: string[] = []
    const sent: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('request', (request) => request.method() !== 'GET' && sent.push(request.url()))
    const preview = page.getByRole('group', { name: 'Preview of the form' })
    await preview.getByText('What went wrong?').waitFor()
    const first = page.getByRole('list', { name: 'Kinds' }).getByRole('button', { name: 'Problem bug' })
    await first.click()
    await page.getByLabel('Question above the text').fill('What broke?')
    await preview.getByText('What broke?').waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await page.getByRole('button', { name: 'Move Praise up' }).click()
    await page.getByLabel('Score', { exact: true }).selectOption('csat')
    await preview.getByRole('group', { name: 'How would you rate this?' }).waitFor()
    await page.getByLabel('What happens next').fill('Ada reads this on Monday.')
    await page.getByText('Required').click()
    await preview.getByText('E-mail', { exact: true }).waitFor()
    await preview.getByRole('textbox', { name: 'What broke?' }).fill('j k e ?')
    await preview.getByRole('button', { name: 'Send' }).click()
    await preview.getByText('Please leave an e-mail address.').waitFor()
    await preview.getByRole('textbox', { name: 'E-mail' }).fill('ada@example.com')
    await preview.getByRole('button', { name: 'Send' }).click()
    await preview.getByText('Ada reads this on Monday.').waitFor()
    expect([complaints, sent]).toEqual([[], []])
    await page.getByLabel('What happens next').press('Control+s')
    await said(page).getByText('Saved.').waitFor()
    expect(await widget()).toMatchObject({
      kinds: [{ key: 'bug', prompt: 'What broke?' }, { key: 'praise' }, { key: 'idea' }, { key: 'question' }],
      rating: { scale: 'csat' },
      email: 'required',
      next: 'Ada reads this on Monday.',
    })
    await page.context().close()
  })

  it('say beside each field what is wrong, and are kept while somebody looks elsewhere', async () => {
    const page = await openSetup('widget', { bypassCSP: true })
    await page.getByRole('button', { name: 'Add a kind' }).click()
    await page.getByPlaceholder('Choose a kind, or name a new one').fill('Billing & tax')
    await page.keyboard.press('Enter')
    await page.getByText('An address', { exact: true }).click()
    await page.getByLabel('Accent', { exact: true }).fill('reddish')
    await page.getByText('Ask whether people may be contacted').click()
    await page.getByLabel('What people agree to').fill('')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').getByText('Not saved: 3 fields need another look.').waitFor()
    await page.getByText('Enter an address with https://.').waitFor()
    await page.getByText('This is no colour.').waitFor()
    expect(await violationsOf(page, ['.widget-stage'])).toEqual([])
    await page.getByRole('link', { name: /^Project/ }).click()
    await said(page).getByText('The widget’s settings are not saved.').waitFor()
    await page.getByRole('link', { name: 'Widget not saved' }).click()
    await page.getByLabel('Accent', { exact: true }).fill('teal')
    await page.getByLabel('What people agree to').fill('You may write to me.')
    await page.getByLabel('Address', { exact: true }).fill('https://help.example.com')
    await page.getByText('Not saved:').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Save' }).click()
    await said(page)
      .getByText(/^Saved\./)
      .waitFor()
    expect(await widget()).toMatchObject({
      theme: { accent: 'teal' },
      mayContact: { text: 'You may write to me.', version: '1' },
    })
    expect((await widget()).kinds.at(-1)).toEqual({
      key: 'billing-tax',
      label: 'Billing & tax',
      url: 'https://help.example.com',
    })
    await page.context().close()
  })

  it('never write over what somebody else saved meanwhile, unless they are told to', async () => {
    const page = await openSetup('widget')
    await page.getByLabel('What happens next').fill('Mine')
    await patch({ weekStart: 'sunday' })
    await page.getByRole('button', { name: 'Save' }).click()
    await said(page).getByText('Saved.').waitFor()
    await page.getByLabel('What happens next').fill('Mine again')
    await patch({ widget: { next: 'Theirs' } })
    await page.getByRole('button', { name: 'Save' }).click()
    await said(page).getByText('Somebody changed the widget meanwhile.').waitFor()
    expect((await widget()).next).toBe('Theirs')
    expect(await page.getByLabel('What happens next').inputValue()).toBe('Mine again')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(async () => (await widget()).next).toBe('Mine again')
    await page.getByLabel('What happens next').fill('Not saved')
    const asked = page.waitForEvent('dialog')
    await page.close({ runBeforeUnload: true })
    expect((await asked).type()).toBe('beforeunload')
    await (await asked).accept()
    await page.context().close()
  })

  it('can be changed without a preview, which says so', async () => {
    const page = await openConsole(browser, system)
    await page.route('**/console/form-preview.js', (route) => route.abort())
    await page.goto(`${system.origin}/console/setup/widget`)
    await page.getByText('The preview did not load.').waitFor()
    expect(await page.getByLabel('What happens next').isEditable()).toBe(true)
    await page.context().close()
  })
})

describe('the project’s settings', () => {
  it('are stored one by one: name, time zone, week', async () => {
    const page = await openSetup('project')
    await page.getByLabel('Name', { exact: true }).fill('Kiln')
    await page.keyboard.press('Enter')
    await page.getByRole('navigation', { name: 'Views' }).getByText('Kiln').waitFor()
    await page.getByRole('button', { name: 'Time zone' }).click()
    await page.getByPlaceholder('Search by city or region').fill('vienna')
    await page.keyboard.press('Enter')
    await said(page).getByText('Charts count their days anew.').waitFor()
    await page.getByText('Monday', { exact: true }).click()
    await expect.poll(stored).toMatchObject({ name: 'Kiln', timeZone: 'Europe/Vienna', weekStart: 'monday' })
    await page.context().close()
  })

  it('name, order and add statuses, and put a refused change back', async () => {
    const page = await openSetup('project')
    const list = page.getByRole('list', { name: 'Statuses' })
    await page.getByLabel('Name of a new status').fill('In review')
    await page.keyboard.press('Enter')
    await list.getByLabel('Name of In review').waitFor()
    await list.getByRole('button', { name: 'Move In review up' }).click()
    await list.getByLabel('Name of Planned').fill('Soon')
    await page.keyboard.press('Enter')
    await list.getByLabel('Stage of Declined').selectOption('open')
    await expect
      .poll(async () => (await stored()).statuses.map(({ key, label, stage }) => `${key} ${label} ${stage}`))
      .toEqual([
        'new New open',
        'open Open open',
        'planned Soon open',
        'done Done closed',
        'in-review In review open',
        'declined Declined open',
      ])
    await page.route('**/v1/projects/*', (route) =>
      route.request().method() === 'PATCH' ? route.abort() : route.continue(),
    )
    await list.getByLabel('Name of Soon').fill('Later')
    await page.keyboard.press('Enter')
    await said(page).getByText('Not changed. The collector could not be reached.').waitFor()
    await list.getByLabel('Name of Soon').waitFor()
    await page.context().close()
  })
})

describe('what items carry', () => {
  it('goes along when a status is removed, and when labels are renamed, merged and deleted', async () => {
    const [one, two] = [newId(), newId()]
    await patch({ statuses: [{ key: 'in-review', label: 'In review', stage: 'open' }] })
    const both = { kind: 'bug', status: 'in-review' }
    await system.importLines([
      { id: one, message: 'Here', labels: ['ux'], ...both },
      { id: two, message: 'There', labels: ['UI', 'ux'], environment: 'staging', ...both },
    ])
    await system.runSchedule()
    const of = async () =>
      (await Promise.all([system.find(one), system.find(two)])).map(({ status, labels }) => [status, labels])
    const view = { name: 'About design', query: 'label=ux', visibility: 'shared' }
    const json = { 'content-type': 'application/json' }
    await system.call('/v1/views', { method: 'POST', headers: json, body: JSON.stringify(view) })
    const page = await openSetup('project')
    const dialog = page.getByRole('dialog')
    await page.getByRole('link', { name: /About design/ }).waitFor()
    await page.getByRole('list', { name: 'Statuses' }).locator('a[href*="in-review"]', { hasText: '2 items' }).waitFor()
    await page.getByRole('button', { name: 'Remove In review' }).click()
    await dialog.getByText('2 items stand in it, in all environments.').waitFor()
    await dialog.getByLabel('Move to').selectOption('planned')
    await dialog.getByRole('button', { name: 'Move and remove' }).click()
    await said(page).getByText('In review was removed, and 2 items moved to Planned.').waitFor()
    expect((await stored()).statuses.map(({ key }) => key)).not.toContain('in-review')
    const labels = page.getByRole('list', { name: 'Labels' })
    await labels.getByRole('button', { name: 'Rename ux' }).click()
    await dialog.getByLabel('New name').fill('UI')
    await dialog.getByText('Merge the two instead.').waitFor()
    await dialog.getByLabel('New name').fill('usability')
    await page.keyboard.press('Enter')
    await said(page).getByText('ux is called usability now.').waitFor()
    await labels.getByRole('button', { name: 'Merge UI into another' }).click()
    await dialog.getByLabel('Merge into').selectOption('usability')
    await dialog.getByRole('button', { name: 'Merge label' }).click()
    await said(page).getByText('UI was merged into usability: 1 item changed.').waitFor()
    const { items } = (await (await system.call('/v1/views')).json()) as { items: SavedView[] }
    expect(items.map(({ query }) => query)).toEqual(['label=usability'])
    expect(await of()).toEqual([
      ['planned', ['usability']],
      ['planned', ['usability']],
    ])
    await page.getByLabel('Name of a new label').fill('quick-win')
    await page.keyboard.press('Enter')
    await labels.getByText('quick-win').waitFor()
    await labels.getByRole('button', { name: 'Delete usability' }).click()
    await dialog.getByRole('button', { name: 'Delete label' }).click()
    await said(page).getByText('usability was deleted, and taken off 2 items.').waitFor()
    expect((await stored()).labels).toEqual(['quick-win'])
    expect((await of())[0]).toEqual(['planned', []])
    await page.context().close()
  })
})

describe('the keys', () => {
  const keys = async () => (await read<{ items: Key[] }>('/keys')).items

  it('are made, shown once, used and revoked', async () => {
    const page = await openSetup('keys')
    await page.getByRole('button', { name: 'New secret key' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Make key' }).click()
    await dialog.getByText('Say where it is used').waitFor()
    await dialog.getByLabel('Name').fill('Nightly export')
    await dialog.getByLabel(/Export everything/).check()
    await dialog.getByLabel(/Read feedback/).uncheck()
    await dialog.getByRole('button', { name: 'Make key' }).click()
    const key = await dialog.getByRole('group', { name: 'The new key' }).innerText()
    const answer = await fetch(`${system.origin}/v1/access`, { headers: { authorization: `Bearer ${key}` } })
    expect(await answer.json()).toMatchObject({ scopes: ['export'] })
    await dialog.getByRole('button', { name: 'I have kept it' }).click()
    expect(await page.getByText(key).count()).toBe(0)
    const table = page.getByRole('table', { name: 'Secret keys' })
    await table.getByRole('row', { name: /Nightly export export sec_/ }).waitFor()
    await page.getByRole('button', { name: 'Revoke Nightly export' }).click()
    await dialog.getByRole('button', { name: 'Keep it' }).click()
    await page.getByRole('button', { name: 'Revoke Nightly export' }).click()
    await dialog.getByRole('button', { name: 'Revoke key' }).click()
    await said(page).getByText('Nightly export was revoked.').waitFor()
    await page.getByRole('button', { name: 'Show 1 revoked' }).click()
    await page.getByRole('table', { name: 'Secret keys, revoked' }).getByText('Nightly export').waitFor()
    expect((await keys()).find(({ name }) => name === 'Nightly export')?.revokedAt).not.toBeNull()
    await page.context().close()
  })

  it('are an admin’s: others are told so, and change no settings', async () => {
    const page = await openConsole(browser, system)
    await page.route('**/v1/session', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.text()).replace('"admin"', '"viewer"') })
    })
    await page.goto(`${system.origin}/console/setup/keys`)
    await page.getByText('Only admins see the keys').waitFor()
    await page.getByRole('link', { name: 'Widget', exact: true }).click()
    await page.getByText('Only admins of the project may change this.').waitFor()
    expect(await page.getByLabel('What happens next').isDisabled()).toBe(true)
    await page.getByRole('link', { name: 'Install', exact: true }).click()
    await page.getByText('Only admins see the project’s keys.').waitFor()
    await page.getByRole('link', { name: 'Project', exact: true }).click()
    expect(await page.getByLabel('Name', { exact: true }).isDisabled()).toBe(true)
    await page.context().close()
  })
})

describe('a quota of which little is left', () => {
  it('is told beside the set-up, where it is set, and under Health, with what to do', async () => {
    const shop = await startSystem('Quota')
    const set = (perDay: number) =>
      shop.call(`/v1/projects/${shop.project}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ quota: { perDay } }),
      })
    await set(5)
    for (let n = 0; n < 3; n++) await shop.submit({ id: newId(), message: 'Said' })
    const page = await openConsole(browser, shop, '/console/setup/health', { bypassCSP: true })
    page.setDefaultTimeout(20_000)
    await page.getByText('Nothing was refused').waitFor()
    expect(await page.getByRole('note').count()).toBe(0)
    await shop.submit({ id: newId(), message: 'Said' })
    await page.reload()
    await page.getByRole('note').getByText('80% of today’s quota is used: 4 of 5 items.').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('link', { name: '80% of today’s quota used' }).click()
    await page.waitForURL(/\/console\/setup\/project\/quota$/)
    const note = page.getByRole('note')
    await note.getByText('If that is what people say, raise the quota.').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel('Items a day').fill('50')
    await page.getByRole('button', { name: 'Save quota' }).click()
    await note.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: '80% of today’s quota used' }).waitFor({ state: 'detached' })
    await page.context().close()
  })
})
