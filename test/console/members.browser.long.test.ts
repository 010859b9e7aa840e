import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Member, SignInLink } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { invite } from '../support/visitor.ts'
import { violationsOf } from './axe.ts'
import { openConsole, said, watch } from './desk.ts'

let browser: Browser
let system: System

beforeAll(async () => {
  ;[browser, system] = await Promise.all([launchBrowser(), startSystem('Crew')])
})
afterAll(() => browser?.close())

const isAt = (path: string) => (url: URL) => url.pathname === path
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })
const code = (page: Page, name: string) => page.getByRole('dialog').getByRole('group', { name }).innerText()
const press = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

async function openAdmin(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openConsole(browser, system, path, options)
  page.setDefaultTimeout(20_000)
  return page
}

/** Somebody else's browser, signed out. */
async function openOther(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options })
  watch(context)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  return page
}

async function join(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: /^Join/ }).click()
  await page.waitForURL(isAt('/console/inbox'))
}

async function signIn(page: Page, to: System): Promise<void> {
  const { url } = (await (await to.call('/v1/sign-in-links', { method: 'POST' })).json()) as SignInLink
  await page.goto(url)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(isAt('/console/inbox'))
}

const send = (method: string, path: string, body?: object) =>
  system.call(path, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })

async function findMember(name: string): Promise<Member | undefined> {
  const { items } = (await (await system.call('/v1/members')).json()) as { items: Member[] }
  return items.find((one) => one.name === name)
}

describe('people', () => {
  it('are invited, join, get another role, are refused a link that leads elsewhere, and are taken out', async () => {
    const admin = await openAdmin('/console/inbox')
    await admin.keyboard.press('Control+k')
    await admin.getByRole('combobox', { name: 'Type a command' }).fill('Invite somebody')
    await admin.keyboard.press('Enter')
    await admin.getByLabel('E-mail (optional)').fill('not an address')
    await press(admin, 'Make the link')
    await admin.getByText('That is no e-mail address.').waitFor()
    await admin.getByLabel('E-mail (optional)').fill('nora@example.com')
    await admin.getByRole('dialog').getByText('Viewer', { exact: true }).click()
    await press(admin, 'Make the link')
    const url = await code(admin, 'Invitation link')
    await press(admin, 'I have sent it')
    await admin.waitForURL(isAt('/console/setup/people'))
    await row(admin, 'nora@example.com')
      .getByRole('button', { name: /^Revoke/ })
      .waitFor()

    const nora = await openOther()
    await join(nora, url, 'Nora')
    await nora.goto(`${system.origin}/console/setup/people`)
    await nora.getByText('Only admins of the project may change this').waitFor()
    await row(nora, 'Nora').getByText('Viewer', { exact: true }).waitFor()
    expect(await nora.getByRole('table').getByRole('button').count()).toBe(0)
    expect(await nora.getByRole('combobox').count()).toBe(0)
    await nora.goto(`${system.origin}/console/audit`)
    await nora.getByText('Only admins see the audit log').waitFor()

    await admin.reload()
    const role = admin.getByLabel('Role of Nora')
    await role.selectOption('admin')
    await said(admin).getByText('Nora is an admin now.').waitFor()
    await nora.reload()
    await nora.getByRole('listitem').filter({ hasText: 'changed the role of Nora' }).getByText('viewer').waitFor()
    await nora.evaluate(async () => {
      const body = JSON.stringify({ role: 'admin' })
      const headers = { 'content-type': 'application/json' }
      await fetch('/v1/invitations', { method: 'POST', headers, body })
    })
    await role.selectOption('editor')
    expect(await role.inputValue()).toBe('admin')
    await admin.getByRole('dialog').getByLabel('Revoke 1 invitation that Nora made').waitFor()
    await press(admin, 'Make them an editor')
    await said(admin).getByText('Nora is an editor now.').waitFor()
    expect(await role.inputValue()).toBe('editor')
    await admin.getByText('None are open.').waitFor()
    await nora.getByRole('button', { name: 'Look for newer entries' }).click()
    await nora.getByText('Only admins see the audit log').waitFor()

    const own = admin.getByRole('row').filter({ hasText: '(you)' }).getByRole('combobox')
    await own.selectOption('viewer')
    await press(admin, 'Make me a viewer')
    await admin.getByRole('alert').getByText('Still admin. This is the project’s last admin.').waitFor()
    await press(admin, 'Keep as admin')
    expect(await own.inputValue()).toBe('admin')

    const more = admin.getByRole('button', { name: 'More about Nora' })
    await more.focus()
    await admin.keyboard.press('Enter')
    await admin.keyboard.type('sign-in link')
    await admin.keyboard.press('Enter')
    await press(admin, 'Make the link')
    expect(await code(admin, 'Sign-in link')).toContain('/console/sign-in?token=')
    await press(admin, 'I have kept it')

    const elsewhere = await startSystem('Elsewhere')
    await nora.goto((await invite(elsewhere, { role: 'admin' })).url)
    await nora.getByRole('button', { name: 'Join as nora@example.com' }).click()
    await nora.waitForURL(isAt('/console/inbox'))
    await more.click()
    await admin.getByRole('option', { name: 'Make a sign-in link' }).click()
    await press(admin, 'Make the link')
    await admin.getByRole('alert').getByText('A link would lead into projects of theirs').waitFor()
    expect(await admin.getByRole('dialog').getByRole('button', { name: 'Make the link' }).count()).toBe(0)
    await admin.getByRole('dialog').getByText('Close', { exact: true }).click()

    await more.click()
    await admin.getByRole('option', { name: 'Take out of the project' }).click()
    await press(admin, 'Take out')
    await said(admin).getByText('Nora works here no more.').waitFor()
    await row(admin, 'Nora').waitFor({ state: 'detached' })
    await nora.goto(`${system.origin}/console/inbox?project=${system.project}`)
    await nora.getByRole('heading', { name: 'Inbox of Elsewhere' }).waitFor({ state: 'attached' })
    await Promise.all([admin.context().close(), nora.context().close()])
  }, 120_000)

  it('are not let in by an invitation that was revoked, and are signed out everywhere', async () => {
    const { url } = await invite(system, { role: 'viewer', email: 'late@example.com' })
    const cleo = await openOther()
    await join(cleo, (await invite(system, { role: 'editor' })).url, 'Cleo')
    const admin = await openAdmin('/console/setup/people')
    await admin.getByRole('button', { name: /^Revoke the invitation for late/ }).click()
    await press(admin, 'Revoke')
    await row(admin, 'late@example.com').waitFor({ state: 'detached' })
    const late = await openOther()
    await late.goto(url)
    await late.getByText('This invitation does not work any more').waitFor()
    await admin.getByRole('button', { name: 'More about Cleo' }).click()
    await admin.getByRole('option', { name: 'Sign out everywhere' }).click()
    await admin.getByLabel('Close the project to their passkeys too').check()
    await press(admin, 'Sign out everywhere')
    await said(admin).getByText('Cleo was signed out everywhere.').waitFor()
    await cleo.reload()
    await cleo.getByRole('link', { name: 'Sign in with a passkey' }).waitFor()
    expect(await findMember('Cleo')).toMatchObject({ role: 'editor' })
    await Promise.all([admin, cleo, late].map((page) => page.context().close()))
  }, 120_000)
})

describe('your account', () => {
  it('takes a passkey, which signs in by itself, and ends the other sessions', async () => {
    const page = await openOther()
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    // Of its own: it ends every other session of its admin.
    const own = await startSystem('Account')
    const other = await openOther()
    await signIn(other, own)
    await signIn(page, own)
    await page.getByRole('link', { name: ': your account' }).click()
    await page.waitForURL(isAt('/console/account'))
    const add = page.getByRole('button', { name: 'Add a passkey' })
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    await add.click()
    await press(page, 'Go on')
    await page.getByText('Give it a name, such as the device it is on.').waitFor()
    await page.getByRole('textbox', { name: 'Name' }).fill('Laptop')
    await press(page, 'Go on')
    await page.getByRole('alert').getByText('No passkey was added.').waitFor()
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
    await press(page, 'Go on')
    await said(page).getByText('Laptop was added.').waitFor()
    await row(page, 'Laptop').getByText('Never').waitFor()
    await add.click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Again')
    await press(page, 'Go on')
    await page.getByRole('alert').getByText('This device has a passkey of yours already.').waitFor()
    await press(page, 'Cancel')

    await page.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }).last().click()
    await page.getByRole('link', { name: 'Sign in with a passkey' }).click()
    await page.waitForURL(isAt('/console/sign-in'))
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.waitForURL((url) => url.pathname.startsWith('/console/') && url.pathname !== '/console/sign-in')
    await page.goto(`${system.origin}/console/account`)
    const mine = page.getByRole('row').filter({ hasText: 'This one' })
    await mine.getByText('Passkey', { exact: true }).waitFor()
    expect(await mine.getByRole('button').count()).toBe(0)
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
    expect(await page.getByRole('dialog').getByRole('checkbox').count()).toBe(0)
    await press(page, 'Sign out everywhere else')
    await said(page).getByText('You are signed in here only.').waitFor()
    await expect.poll(() => page.getByRole('table', { name: 'Sessions' }).getByRole('row').count()).toBe(2)
    await other.reload()
    await other.getByRole('link', { name: 'Sign in with a passkey' }).waitFor()

    await page.getByRole('button', { name: 'More about Laptop' }).click()
    await page.getByRole('option', { name: 'Rename' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Old laptop')
    await press(page, 'Rename')
    await page.getByRole('button', { name: 'More about Old laptop' }).click()
    await page.getByRole('option', { name: 'Remove' }).click()
    await page.getByText('It is your only passkey').waitFor()
    await press(page, 'Remove passkey')
    await page.getByText('None yet').waitFor()
    await page.getByRole('button', { name: /^Leave/ }).click()
    await press(page, 'Leave')
    await page.getByRole('alert').getByText('You are still in. This is the project’s last admin.').waitFor()
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'PublicKeyCredential'))
    await page.reload()
    await page.getByText('This browser cannot make passkeys here.').waitFor()
    expect(await add.count()).toBe(0)
    await Promise.all([page.context().close(), other.context().close()])
  }, 120_000)
})

describe('keys', () => {
  it('are replaced, and the old one says when it stops', async () => {
    const page = await openAdmin('/console/setup/keys')
    await page.getByRole('button', { name: 'Replace Production' }).click()
    await page.getByLabel('The old key').selectOption('Goes on for 7 days')
    await press(page, 'Replace key')
    const made = await code(page, 'The new key')
    expect(made).toMatch(/^pub_\w{24}$/)
    await page.getByRole('dialog').getByText('stops in 7 days').waitFor()
    await press(page, 'I have kept it')
    await row(page, system.publishableKey).getByText('Stops in 7 days').waitFor()
    await row(page, made).waitFor()
    await page.goto(`${system.origin}/console/audit?action=key.rotate`)
    const entry = page.getByRole('listitem').filter({ hasText: 'replaced the key' })
    await entry.getByText('Old key stops').waitFor()
    await entry.getByRole('link', { name: '“Production”' }).click()
    await page.waitForURL(isAt('/console/setup/keys'))
    const replace = page.getByRole('button', { name: 'Replace the secret' })
    await page.getByText('It was never replaced.').waitFor()
    await replace.click()
    await page.getByLabel('What was signed before').selectOption('Goes on for 7 days')
    await press(page, 'Replace the secret')
    await said(page).getByText('Receipts and links are signed with another secret now.').waitFor()
    await page.getByText('What was signed before stops in 7 days').waitFor()
    await page.context().close()
  }, 120_000)
})

describe('the audit log', () => {
  it('is narrowed in the address bar, goes on to older entries, and says what it cannot show', async () => {
    await join(await openOther(), (await invite(system, { role: 'viewer' })).url, 'Dana')
    const dana = await findMember('Dana')
    await send('PATCH', `/v1/members/${dana?.id}`, { role: 'editor' })
    for (let count = 0; count < 52; count += 1) {
      await send('PATCH', `/v1/projects/${system.project}`, { name: count === 51 ? 'Crew' : `Crew ${count}` })
    }
    const page = await openAdmin('/console/audit')
    const entries = page.locator('.audit-entry b')
    await page.getByText('Crew 50').first().waitFor()
    expect(await entries.count()).toBe(50)
    await page.getByRole('button', { name: 'Show older' }).click()
    await page.getByRole('listitem').filter({ hasText: 'changed the role of Dana' }).waitFor()
    expect(await entries.count()).toBeGreaterThan(52)

    await page.getByRole('combobox', { name: 'What', exact: true }).selectOption('Role changed')
    await page.waitForURL((url) => url.search === '?action=member.update')
    await page.getByRole('combobox', { name: 'Who', exact: true }).selectOption('Any key')
    await page.waitForURL((url) => url.searchParams.get('actor') === 'key')
    const change = page.getByRole('listitem').filter({ hasText: 'changed the role of Dana' })
    await change.getByText('editor').waitFor()
    await page.reload()
    await change.getByRole('button', { name: 'Show details' }).click()
    await change.getByText('member.update').waitFor()
    await change.getByRole('link', { name: 'Everything that was done to it' }).click()
    await page.waitForURL((url) => url.search === `?target=${dana?.id}`)
    await page.getByText('1 change fits').waitFor()
    await page.getByLabel('To', { exact: true }).fill('2020-01-01')
    await page.getByText('Nothing that fits was done').waitFor()
    await page.goBack()

    await page.goto(`${system.origin}/console/audit?colour=red`)
    await page.getByRole('alert').getByText('“colour”').waitFor()
    await page.getByRole('alert').getByRole('button', { name: 'Clear filters' }).click()
    await entries.first().waitFor()
    await page.route('**/v1/audit*', (route) => route.abort(), { times: 1 })
    await page.getByRole('button', { name: 'Look for newer entries' }).click()
    await page.getByRole('alert').getByText('The collector could not be reached.').waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await entries.first().waitFor()
    await page.context().close()
  }, 120_000)
})

describe('all of it', () => {
  it.each([
    { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
    { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
  ] as const)(
    'is clean for axe in $colorScheme colours at $viewport.width pixels',
    async (look) => {
      await invite(system, { role: 'viewer', email: 'somebody.with.a.long.name@department.example.com' })
      const page = await openAdmin('/console/setup/people', { ...look, bypassCSP: true })
      const found: string[] = []
      const check = async (name: string) => {
        found.push(...(await violationsOf(page)).map((one) => `${name}: ${one}`))
        if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
          found.push(`${name} is too wide`)
      }
      await page.getByRole('table', { name: 'Invitations' }).waitFor()
      await check('people')
      await page
        .getByRole('button', { name: /^More about/ })
        .first()
        .click()
      await page.getByRole('listbox').waitFor()
      await check('menu')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Invite somebody' }).click()
      await check('invite')
      await page.goto(`${system.origin}/console/account`)
      await page.getByRole('table', { name: 'Sessions' }).waitFor()
      await check('account')
      await page.evaluate(async (project) => {
        const post = (path: string, body: object) =>
          fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
        await post('/v1/invitations', { role: 'viewer' })
        await post(`/v1/projects/${project}/keys`, { type: 'secret', name: 'Nightly', scopes: ['read'] })
      }, system.project)
      await page.getByRole('button', { name: /^Leave/ }).click()
      await page.getByRole('group', { name: 'Keys that you have seen' }).waitFor()
      await check('leave')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
      await check('sign out everywhere')
      await page.keyboard.press('Escape')
      await page.goto(`${system.origin}/console/setup/keys`)
      await page.getByRole('button', { name: 'Replace the secret' }).click()
      await check('replace the signing secret')
      await page.goto(`${system.origin}/console/setup/keys`)
      await page
        .getByRole('button', { name: /^Replace/ })
        .first()
        .click()
      await check('replace')
      await page.goto(`${system.origin}/console/audit`)
      await page.getByRole('button', { name: 'Show details' }).first().click()
      await check('audit')
      expect(found).toEqual([])
      await page.context().close()
    },
    120_000,
  )
})
