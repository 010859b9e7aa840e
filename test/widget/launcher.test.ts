import { describe, expect, it } from 'vitest'
import { tag } from '../support/site.ts'
import { phone, useHarness } from './harness.ts'

const t = useHarness()
const launcher = () => t.page.locator('.launcher')
const dialog = () => t.page.locator('dialog[open]')

describe('the launcher', () => {
  it('loads nothing from where an image says that is called what the script is known by', async () => {
    const asked: string[] = []
    t.page.on('request', (request) => asked.push(request.url()))
    await t.page.route('https://stranger.example/**', (route) => route.abort())
    // What a page lets strangers write may name an image.
    await t.visit('<img name="currentScript" src="https://stranger.example/a.png" data-key="pub_strangers">')
    await t.open()
    expect(asked.filter((url) => url.includes('stranger'))).toEqual(['https://stranger.example/a.png'])
  })

  it('stands where it is told to, as large as it is told to, as an icon with a name where it has no words', async () => {
    await t.visit('', 'data-corner="top-left" data-offset="40 64" data-size="20" data-label=""')
    const { box, text, size } = await launcher().evaluate((button) => ({
      box: button.getBoundingClientRect(),
      text: button.textContent,
      size: getComputedStyle(button).fontSize,
    }))
    expect([box.x, box.y, text, size]).toEqual([40, 64, '', '20px'])
    expect(await t.page.getByRole('button', { name: 'Feedback' }).count()).toBe(1)
  })

  it('hides and shows, and the page opens the form meanwhile', async () => {
    await t.visit('', 'data-launcher="none"')
    expect(await launcher().isVisible()).toBe(false)
    await t.page.evaluate(() => window.earshot?.open({ kind: 'idea', message: 'Dark mode', email: 'ada@example.com' }))
    await dialog().waitFor()
    expect(await t.page.locator('textarea').inputValue()).toBe('Dark mode')
    expect(await t.page.locator('[name=email]').inputValue()).toBe('ada@example.com')
    expect(await t.page.locator('[name=kind]:checked').inputValue()).toBe('idea')
    await t.page.evaluate(() => {
      window.earshot?.close()
      window.earshot?.show()
    })
    expect(await launcher().isVisible()).toBe(true)
    await t.page.evaluate(() => window.earshot?.hide())
    expect(await launcher().isVisible()).toBe(false)
  })

  it('goes away for the visit when somebody sends it away, and comes back with the next', async () => {
    await t.visit()
    await launcher().hover()
    await t.page.getByRole('button', { name: 'Hide this button for now' }).click()
    expect(await launcher().isVisible()).toBe(false)
    await t.page.reload()
    await t.page.waitForFunction(() => 'open' in (window.earshot ?? {}))
    expect(await launcher().isVisible()).toBe(false)
    // Another visit is another tab.
    const next = await t.context.newPage()
    await next.goto(t.site.page)
    await next.locator('.launcher').waitFor()
  })

  it('can be sent away on a phone, once it was used', async () => {
    await t.renew(phone)
    await t.visit()
    await t.open()
    await t.page.getByRole('button', { name: 'Close' }).tap()
    await t.page.getByRole('button', { name: 'Hide this button for now' }).tap()
    expect(await launcher().isVisible()).toBe(false)
  })

  it("opens by the page's own elements, which load the form while the pointer is over them", async () => {
    await t.visit('<button id="own" data-earshot="bug">Report <b>a problem</b></button>')
    await t.page.locator('#own b').hover()
    await expect.poll(() => t.site.requests.some((request) => request.includes('/chunks/form'))).toBe(true)
    expect(await dialog().isVisible()).toBe(false)
    await t.page.locator('#own b').click()
    await dialog().waitFor()
    expect(await t.page.locator('[name=kind]:checked').inputValue()).toBe('bug')
  })

  it('is attached to an element by script, also inside a shadow root, and detached again', async () => {
    await t.visit('<div id="host"></div>')
    await t.page.evaluate(() => {
      const root = document.querySelector('#host')!.attachShadow({ mode: 'closed' })
      const button = document.createElement('button')
      button.textContent = 'Ask us'
      root.append(button)
      Object.assign(window, { button, undo: window.earshot?.attachTo(button, 'question') })
    })
    const press = () => t.page.evaluate(() => (window as unknown as { button: HTMLElement }).button.click())
    await expect
      .poll(async () => {
        await press()
        return dialog().count()
      })
      .toBe(1)
    expect(await t.page.locator('[name=kind]:checked').inputValue()).toBe('question')
    await t.page.evaluate(async () => {
      window.earshot?.close()
      await (window as unknown as { undo: () => Promise<void> }).undo()
    })
    await press()
    expect(await dialog().count()).toBe(0)
  })

  it('opens by a shortcut where the page sets one, whatever letter the keyboard makes of it', async () => {
    await t.visit('<input id="other">', 'data-shortcut="alt+shift+f"')
    await launcher().waitFor()
    await t.page.keyboard.press('Alt+f')
    expect(await dialog().count()).toBe(0)
    await t.page.evaluate(() =>
      document.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Ï', code: 'KeyF', altKey: true, shiftKey: true, bubbles: true }),
      ),
    )
    await dialog().waitFor()
  })

  it('goes away whole with destroy(): nothing in the page, no shortcut, no opener', async () => {
    await t.visit('<button id="own" data-earshot>Own</button>', 'data-shortcut="alt+k"')
    await t.open()
    await t.page.evaluate(() => window.earshot?.destroy())
    expect(await t.page.locator('earshot-widget').count()).toBe(0)
    await t.page.keyboard.press('Alt+k')
    await t.page.locator('#own').click()
    expect(await t.page.locator('earshot-widget').count()).toBe(0)
  })

  it('does not come back where it was taken out before the words of its language had come', async () => {
    let go = () => {}
    const gone = new Promise<void>((resolve) => (go = resolve))
    await t.page.route(/chunks\/de\./, (route) => gone.then(() => route.continue()))
    await t.visit('', 'data-lang="de"')
    await t.page.evaluate(() => window.earshot?.destroy())
    const arrived = t.page.waitForResponse(/chunks\/de\./)
    go()
    await (await arrived).finished()
    await t.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)))
    expect(await t.page.locator('earshot-widget').count()).toBe(0)
  })

  it('survives swaps of the body and mounts once, however often its script runs', async () => {
    await t.visit()
    await t.page.evaluate((markup) => {
      const body = document.createElement('body')
      body.append(document.createRange().createContextualFragment(`<h1>Next page</h1>${markup}`))
      document.body.replaceWith(body)
    }, tag(t.site))
    await t.page.getByText('Next page').waitFor()
    expect(await t.page.locator('earshot-widget').count()).toBe(1)
    await t.open()
    await t.write('After the swap')
    await t.submit()
    await t.page.getByText('K7M4XQ2P').waitFor()
  })
})

describe('languages', () => {
  it('speaks the language of the page, from the first sight of the launcher on', async () => {
    await t.visit('<script>document.documentElement.lang = "de-AT"</script>')
    await t.open()
    expect(await t.page.locator('dialog').getAttribute('lang')).toBe('de-AT')
    await t.page.getByRole('button', { name: 'Senden' }).waitFor()
  })

  it('lays Arabic out from the right, and changes the language while it runs', async () => {
    await t.visit('', 'data-lang="ar"')
    await t.open()
    const direction = () => t.page.locator('dialog').evaluate((node) => getComputedStyle(node).direction)
    expect(await direction()).toBe('rtl')
    await t.write('draft')
    await t.page.evaluate(() => window.earshot?.setLocale('fr'))
    await expect.poll(() => launcher().isVisible()).toBe(true)
    await t.open()
    expect(await direction()).toBe('ltr')
    await t.page.getByRole('button', { name: 'Envoyer' }).waitFor()
    expect(await t.page.locator('textarea').inputValue()).toBe('draft')
  })

  it('speaks English where it has no words of the language, or cannot get them', async () => {
    t.site.fail(/chunks\/pl\./, 404)
    for (const lang of ['tlh', 'pl', 'not a tag']) {
      await t.visit('', `data-lang="${lang}"`)
      await t.page.getByRole('button', { name: 'Feedback' }).waitFor()
      await t.open()
      expect(await t.page.getByRole('button', { name: 'Send', exact: true }).count()).toBe(1)
    }
  })
})
