import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { refuse } from '../support/site.ts'
import { phone, useHarness } from './harness.ts'

const t = useHarness()
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  run(context: unknown, options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/** What axe finds in the widget; the host page is the test's own. */
async function findings() {
  await t.page.evaluate(axeSource)
  return t.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: Axe }
    const { violations } = await axe.run(document.querySelector('earshot-widget'), {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: { region: { enabled: false } },
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  })
}

describe('the form', () => {
  it('is complete by keyboard alone, and gives the focus back', async () => {
    t.site.config({ rating: { scale: 'csat' } })
    await t.visit('<button id="before">Before</button>')
    await t.page.locator('#before').focus()
    await t.page.keyboard.press('Tab')
    await t.page.keyboard.press('Enter')
    await t.page.locator('.rating').waitFor()
    await t.page.keyboard.type('j and k are letters here')
    await t.page.keyboard.press('Shift+Tab')
    await t.page.keyboard.press('ArrowRight')
    await t.page.keyboard.press('Tab')
    await t.page.keyboard.press('Tab')
    await t.page.keyboard.press('Space')
    await t.page.keyboard.press('ArrowRight')
    await t.page.keyboard.press('Tab')
    await t.page.keyboard.type('ada@example.com')
    await t.page.keyboard.press('Enter')
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(t.site.submissions[0]).toMatchObject({
      kind: 'idea',
      message: 'j and k are letters here',
      rating: { scale: 'csat', value: 2 },
      email: 'ada@example.com',
    })
    expect(await t.page.locator('h3').evaluate((title) => title.matches(':focus'))).toBe(true)
    await t.page.keyboard.press('Escape')
    expect(await t.page.locator('.launcher').evaluate((button) => button.matches(':focus'))).toBe(true)
  })

  it('keeps its keys from the page', async () => {
    await t.visit('<script>document.addEventListener("keydown", () => (window.heard = true))</script>')
    await t.open()
    await t.page.locator('textarea').press('j')
    expect(await t.page.evaluate(() => 'heard' in window)).toBe(false)
  })

  it('keeps the draft over closing and over a reload', async () => {
    await t.visit()
    await t.open()
    await t.page.getByText('Idea').click()
    await t.write('Half a thought')
    await t.page.keyboard.press('Escape')
    await t.open()
    expect(await t.page.locator('textarea').inputValue()).toBe('Half a thought')
    await t.page.reload()
    await t.open()
    expect(await t.page.locator('textarea').inputValue()).toBe('Half a thought')
    await t.page.getByText('What would make this better?').waitFor()
  })

  it('keeps the draft when what it waits for arrives late', async () => {
    await t.page.route('**/v1/widget*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400))
      await route.fulfill({
        json: { rating: { scale: 'nps' }, kinds: [{ key: 'idea' }, { key: 'bug' }] },
        headers: { 'access-control-allow-origin': '*' },
      })
    })
    await t.visit()
    await t.open()
    await t.page.keyboard.type('Typed early')
    await t.page.locator('.rating').waitFor()
    await t.page.keyboard.type(', and late')
    expect(await t.page.locator('textarea').inputValue()).toBe('Typed early, and late')
    expect(await t.page.locator('[value=bug]').isChecked()).toBe(true)
  })

  it('asks for words first, and takes a rating for an answer', async () => {
    t.site.config({ rating: { scale: 'stars' } })
    await t.visit()
    await t.open()
    await t.page.locator('.rating').waitFor()
    await t.submit()
    await t.page.getByText('Write a few words first.').waitFor()
    expect(await t.page.locator('textarea').evaluate((field) => field.matches(':focus'))).toBe(true)
    await t.page.locator('.rating label').nth(3).click()
    await t.submit()
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(t.site.submissions[0]).toMatchObject({ rating: { scale: 'stars', value: 4 } })
  })

  it('leaves out what is switched off in the list of what goes along', async () => {
    await t.visit('', 'data-tag-plan="pro" data-release="1.4.2"')
    await t.open()
    await t.page.getByText('Sent along: page and browser, plan: pro, version').click()
    await t.page.locator('[value=page]').uncheck()
    await t.page.getByText('Sent along: plan: pro, version').waitFor()
    await t.write('Anonymous')
    await t.submit()
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(t.site.submissions[0]).toMatchObject({ tags: { plan: 'pro' }, release: '1.4.2' })
    expect(t.site.submissions[0]).not.toHaveProperty('page')
  })

  it('says why it was refused, keeps the text, and sends it again', async () => {
    t.site.behave(refuse(422, 'invalid'))
    await t.visit()
    await t.open()
    await t.write('Try me')
    await t.submit()
    await t.page.getByText('It is invalid.').waitFor()
    expect(await t.page.locator('textarea').inputValue()).toBe('Try me')
    await t.page.getByRole('button', { name: 'Copy text' }).click()
    await t.page.getByRole('button', { name: 'Copied' }).waitFor()
    t.site.reset()
    await t.submit()
    await t.page.getByText('K7M4XQ2P').waitFor()
    await t.page.getByRole('button', { name: 'Send another' }).click()
    expect(await t.page.locator('textarea').inputValue()).toBe('')
  })

  it('opens from any element of the page, with its kind', async () => {
    await t.visit('<a href="#x" data-earshot="praise"><b>Say something nice</b></a>')
    await t.page.getByText('Say something nice').click()
    await t.page.getByText('What do you like?').waitFor()
    await t.page.keyboard.press('Escape')
    expect(await t.page.locator('a').evaluate((link) => link.matches(':focus'))).toBe(true)
  })

  it('lies beside the page on a desktop, and is a sheet over it on a phone with inputs of 16 px', async () => {
    await t.visit()
    await t.open()
    expect(await t.page.locator('dialog').evaluate((dialog) => dialog.matches(':modal'))).toBe(false)
    await t.renew(phone)
    await t.visit()
    await t.open()
    const dialog = t.page.locator('dialog')
    expect(await dialog.evaluate((sheet) => sheet.matches(':modal'))).toBe(true)
    expect(await dialog.boundingBox()).toMatchObject({ x: 0, width: 360 })
    expect(await t.page.locator('textarea').evaluate((field) => getComputedStyle(field).fontSize)).toBe('16px')
  })

  it("wins over a modal of the page's own and its focus trap", async () => {
    await t.visit(`<dialog id="own"><button data-earshot>Report</button></dialog><script>
      own.showModal(); addEventListener('focusin', (event) => { if (!own.contains(event.target)) own.querySelector('button').focus() })</script>`)
    await t.page.getByText('Report').click()
    await t.page.locator('earshot-widget dialog[open]').waitFor()
    await t.page.locator('earshot-widget textarea').fill('Above')
    await t.submit()
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(t.site.submissions).toMatchObject([{ message: 'Above' }])
  })

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it('gives axe nothing to find in any state', async () => {
      await t.renew({ colorScheme, viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
      t.site.config({
        rating: { scale: 'nps' },
        mayContact: { text: 'You may contact me', version: '1' },
        privacyUrl: 'https://a.example/',
      })
      await t.visit('', 'data-tag-plan="pro"')
      const found: Record<string, string[]> = { launcher: await findings() }
      await t.open()
      await t.page.locator('.rating').waitFor()
      await t.page.locator('summary').click()
      found.form = await findings()
      await t.submit()
      found.missing = await findings()
      await t.write('A long and thoughtful text')
      t.site.behave(() => undefined)
      await t.submit()
      found.sending = await findings()
      await t.page.reload()
      t.site.behave(refuse(422, 'invalid'))
      await t.open()
      await t.submit()
      await t.page.getByText('It is invalid.').waitFor()
      found.refused = await findings()
      t.site.behave(refuse(500, 'fault'))
      await t.submit()
      await t.page.getByText(/^Kept, /).waitFor()
      found.waiting = await findings()
      t.site.reset()
      await t.page.evaluate(() => window.earshot?.flush())
      await t.page.getByText('K7M4XQ2P').waitFor()
      found.sent = await findings()
      t.site.fail(/chunks/, 500)
      await t.page.goto(`${t.site.page}/again`)
      await t.page.locator('.launcher').click()
      await t.page.getByText('The form could not be loaded').waitFor()
      found.fault = await findings()
      const clean = Object.fromEntries(Object.keys(found).map((state) => [state, []]))
      expect(found).toEqual(clean)
    })
  })
})
