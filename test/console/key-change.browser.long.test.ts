import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Key } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { openConsole, said } from './desk.ts'

let browser: Browser
let system: System

beforeAll(async () => {
  ;[browser, system] = await Promise.all([launchBrowser(), startSystem('Keys')])
})
afterAll(() => browser.close())

async function keys(): Promise<Key[]> {
  const answer = await system.call(`/v1/projects/${system.project}/keys`)
  return ((await answer.json()) as { items: Key[] }).items
}

describe('a key', () => {
  it('is named and given an end when it is made, and both can be changed later', async () => {
    const page = await openConsole(browser, system, '/console/setup/keys', { bypassCSP: true })
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: 'New secret key' }).click()
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Nightly export')
    await dialog.getByRole('combobox', { name: 'Stops' }).selectOption('In 30 days')
    await dialog.getByRole('button', { name: 'Make key' }).click()
    await dialog.getByRole('button', { name: 'I have kept it' }).click()
    const table = page.getByRole('table', { name: 'Secret keys' })
    await table.getByText('Stops in 30 days').waitFor()

    await page.getByRole('button', { name: 'Change Nightly export' }).click()
    expect(await violationsOf(page)).toEqual([])
    const end = dialog.getByLabel('Day and time')
    expect(await end.inputValue()).not.toBe('')
    await end.fill('2020-01-01T00:00')
    await dialog.getByRole('button', { name: 'Save key' }).click()
    await dialog.getByText('Choose a time to come. To stop the key now, revoke it.').waitFor()
    await dialog.getByRole('combobox', { name: 'Stops' }).selectOption('Never by itself')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Weekly export')

    // It does not get through: nothing that was typed is lost, and the dialog says why.
    await page.route('**/v1/projects/*/keys/*', (route) => route.abort(), { times: 1 })
    await dialog.getByRole('button', { name: 'Save key' }).click()
    await dialog.getByRole('alert').getByText('Not changed.').waitFor()
    await dialog.getByRole('button', { name: 'Save key' }).click()
    await said(page).getByText('Weekly export was changed.').waitFor()
    await table.getByText('Weekly export').first().waitFor()
    await table.getByText('Stops in').waitFor({ state: 'detached' })
    const changed = (await keys()).find(({ name }) => name === 'Weekly export')
    expect(changed?.expiresAt).toBeNull()

    await page.goto(`${system.origin}/console/audit?action=key.update`)
    const entry = page.getByRole('listitem').filter({ hasText: 'changed the key “Weekly export”' })
    await entry.getByText('Nightly export').waitFor()
    expect(await entry.innerText()).toMatch(/Name[\s\S]*Nightly export[\s\S]*Weekly export[\s\S]*Stops[\s\S]*nothing/)
    await page.context().close()
  }, 60_000)
})
