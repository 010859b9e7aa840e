import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type {
  CreatedInvitation,
  MemberSession,
  Passkey,
  PasskeyOptions,
  Session,
  SignInLink,
} from '../../sdk/wire/index.ts'
import { watch } from '../console/desk.ts'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { invite } from '../support/visitor.ts'

let browser: Browser
let system: System
beforeAll(async () => {
  ;[browser, system] = await Promise.all([launchBrowser(), startSystem('Atelier')])
})
afterAll(() => browser?.close())

const isAt = (path: string) => (url: URL) => url.pathname === path

/** A browser of somebody's, with an authenticator in it that says yes. */
async function openBrowser(): Promise<{ page: Page; cdp: CDPSession; authenticator: string }> {
  const context = await browser.newContext()
  watch(context)
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
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
  return { page, cdp, authenticator: authenticatorId }
}

/** Asks as the console does, from within its page. */
const ask = <T>(page: Page, method: string, path: string, body?: object): Promise<T> =>
  page.evaluate(
    async ([method, path, text]) => {
      const json = text === '' ? {} : { headers: { 'content-type': 'application/json' }, body: text }
      const response = await fetch(path, { method, ...json })
      return (response.status === 204 ? null : await response.json()) as T
    },
    [method, path, body === undefined ? '' : JSON.stringify(body)] as const,
  )

/** Adds a passkey by what the browser itself makes of the collector's options. */
async function addPasskey(page: Page, name: string): Promise<Passkey> {
  const { publicKey } = await ask<PasskeyOptions>(page, 'POST', '/v1/passkeys/options')
  const credential = await page.evaluate(async (options) => {
    const json = options as unknown as PublicKeyCredentialCreationOptionsJSON
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json)
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
    return made.toJSON()
  }, publicKey)
  return ask(page, 'POST', '/v1/passkeys', { name, credential })
}

it('takes somebody from an invitation to a passkey, and back in by it alone', async () => {
  const { page, cdp, authenticator } = await openBrowser()
  const { url }: CreatedInvitation = await invite(system, { role: 'editor' })
  await page.goto(url)
  await page.getByRole('heading', { name: 'Join Atelier' }).waitFor()
  await page.getByLabel('Your name').fill('Nora')
  await page.getByLabel('E-mail').fill('nora@example.com')
  await page.getByRole('button', { name: 'Join Atelier' }).click()
  await page.waitForURL(isAt('/console/inbox'))
  const { member } = await ask<Session>(page, 'GET', '/v1/session')
  expect(member).toMatchObject({ name: 'Nora', email: 'nora@example.com' })

  expect(await addPasskey(page, 'Laptop')).toMatchObject({ name: 'Laptop', opensAll: true, lastUsedAt: null })
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId: authenticator })
  expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: 'localhost' }])

  await ask(page, 'DELETE', '/v1/session')
  await page.goto(`${system.origin}/console/inbox?status=new`)
  await page.getByRole('link', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL(isAt('/console/sign-in'))
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL(isAt('/console/inbox'))
  expect(new URL(page.url()).searchParams.get('status')).toBe('new')
  expect((await ask<Session>(page, 'GET', '/v1/session')).member).toEqual(member)
  const { items } = await ask<{ items: MemberSession[] }>(page, 'GET', '/v1/sessions')
  expect(items.map(({ method, browser, current }) => [method, browser.split(' on ')[0], current])).toEqual([
    ['passkey', 'Chrome', true],
  ])

  const { items: passkeys } = await ask<{ items: Passkey[] }>(page, 'GET', '/v1/passkeys')
  await ask(page, 'DELETE', `/v1/passkeys/${passkeys[0]?.id}`)
  await page.context().clearCookies()
  await page.goto(`${system.origin}/console/sign-in`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByRole('status').getByText('Nobody here has this passkey').waitFor()
  await page.context().close()
})

it('says what to do where there is no passkey, where it is called off, and without scripts', async () => {
  const { page } = await openBrowser()
  // As a browser answers whoever closes its dialogue.
  await page.addInitScript(() => {
    navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError'))
  })
  await page.goto(`${system.origin}/console/sign-in`)
  const button = page.getByRole('button', { name: 'Sign in with a passkey' })
  await button.click()
  await page.getByRole('status').getByText('nobody is signed in').waitFor()
  await expect.poll(() => button.isEnabled()).toBe(true)

  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'PublicKeyCredential'))
  await page.reload()
  await page.getByRole('status').getByText('Sign in with a link instead').waitFor()
  expect(await button.count()).toBe(0)
  await page.context().close()

  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  await plain.goto(`${system.origin}/console/sign-in`)
  await plain.locator('noscript p', { hasText: 'A sign-in link works without it' }).waitFor()
  const link = (await (await system.call('/v1/sign-in-links', { method: 'POST' })).json()) as SignInLink
  await plain.goto(link.url)
  await plain.getByRole('button', { name: 'Sign in' }).click()
  await plain.waitForURL(isAt('/console/inbox'))
  await plain.context().close()
})
