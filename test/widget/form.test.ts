import { describe, expect, it } from 'vitest'
import { refuse } from '../support/site.ts'
import { phone, useHarness } from './harness.ts'

const t = useHarness()

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
    // The settings are here, with which the kinds are built anew.
    await t.page.locator('.attach').waitFor()
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

  it("asks in the words of each kind, the project's own kinds among them", async () => {
    t.site.config({ kinds: [{ key: 'bug' }, { key: 'billing', label: 'Billing', prompt: 'Which invoice?' }] })
    await t.visit()
    await t.open()
    await t.page.getByText('Billing').click()
    await t.page.getByLabel('Which invoice?').fill('The one of May')
    await t.submit()
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(t.site.submissions[0]).toMatchObject({ kind: 'billing', message: 'The one of May' })
  })

  it("leads a kind to an address, or to the page's own code with what was written", async () => {
    const kinds = [
      { key: 'question', label: 'Help desk', handler: true },
      { key: 'idea' },
      { key: 'praise', url: 'https://example.com/reviews' },
    ]
    t.site.config({ kinds })
    await t.visit()
    await t.page.evaluate(() => window.earshot?.on('kind', (detail) => Object.assign(window, { detail })))
    await t.open()
    await t.page.getByText('Help desk').waitFor()
    // The first kind that leads nowhere else is the one that is chosen.
    expect(await t.page.locator('[name=kind]:checked').inputValue()).toBe('idea')
    expect(await t.page.getByRole('link', { name: 'Praise' }).getAttribute('href')).toBe('https://example.com/reviews')
    await t.write('Where is my refund?')
    await t.page.getByRole('button', { name: 'Help desk' }).click()
    expect(await t.page.locator('dialog[open]').count()).toBe(0)
    expect(await t.page.evaluate(() => (window as unknown as { detail: unknown }).detail)).toEqual({
      kind: 'question',
      message: 'Where is my refund?',
    })
  })

  it('keeps which wording somebody agreed to, and never agrees for them', async () => {
    t.site.config({
      mayContact: { text: 'You may write to me about this.', version: '2026-11' },
      privacyUrl: 'https://example.com/privacy',
    })
    await t.visit()
    await t.open()
    await t.page.getByRole('link', { name: 'Privacy' }).waitFor()
    await t.page.getByLabel('You may write to me about this.').check()
    await t.write('First')
    await t.submit()
    await t.page.getByRole('button', { name: 'Send another' }).click()
    await t.write('Second')
    await t.submit()
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(t.site.submissions).toMatchObject([
      { mayContact: true, mayContactVersion: '2026-11' },
      { mayContact: false, mayContactVersion: '2026-11' },
    ])
  })

  it('says how much may still be written before the limit is met', async () => {
    await t.visit()
    await t.open()
    await t.write('x'.repeat(48_000))
    expect(await t.page.locator('.left').textContent()).toBe('')
    await t.write('x'.repeat(49_960))
    await t.page.getByText('40 characters left', { exact: true }).waitFor()
    await t.page.locator('textarea').press('End')
    await t.page.keyboard.type('y'.repeat(39))
    await t.page.getByText('1 character left', { exact: true }).waitFor()
  })

  it('forgets the words of somebody who signed out', async () => {
    await t.visit()
    await t.page.evaluate(() => window.earshot?.identify({ id: 'u_42', email: 'ada@example.com' }))
    await t.open()
    await t.write('Half a thought')
    await t.page.evaluate(() => window.earshot?.reset())
    expect(await t.page.locator('textarea').inputValue()).toBe('')
    expect(await t.page.locator('[name=email]').inputValue()).toBe('')
    expect(await t.page.evaluate(() => sessionStorage.length)).toBe(0)
  })
})
