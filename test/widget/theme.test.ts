import { describe, expect, it } from 'vitest'
import { useHarness } from './harness.ts'

const t = useHarness()
const white = 'rgb(255, 255, 255)'

const style = (selector: string, property: string) =>
  t.page.locator(selector).evaluate((node, property) => getComputedStyle(node).getPropertyValue(property), property)
const background = () => style('dialog', 'background-color')
/** The hue of what is painted there, in whole degrees: the accent may be darkened, its hue stays. */
const hue = async (selector: string) => hueOf(await style(selector, 'background-color'))
const hueOf = (colour: string) =>
  t.page.evaluate((colour) => {
    const probe = document.body.appendChild(document.createElement('div'))
    probe.style.background = `oklch(from ${colour} l c h)`
    return Math.round(Number(/([\d.]+)\)$/.exec(getComputedStyle(probe).backgroundColor)?.[1]))
  }, colour)

describe('the theme', () => {
  it('changes while the form is open, and follows the system again on request', async () => {
    await t.renew({ colorScheme: 'light' })
    await t.visit()
    await t.open()
    const light = await background()
    await t.page.evaluate(() => window.earshot?.setTheme('dark'))
    const dark = await background()
    expect(dark).not.toBe(light)
    expect(await style('dialog', 'color-scheme')).toBe('dark')
    await t.page.emulateMedia({ colorScheme: 'dark' })
    await t.page.evaluate(() => window.earshot?.setTheme('light'))
    expect(await background()).toBe(light)
    await t.page.evaluate(() => window.earshot?.setTheme('auto'))
    expect(await background()).toBe(dark)
    await t.page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(background).toBe(light)
  })

  it('is what the project says: scheme, accent and radius', async () => {
    await t.renew({ colorScheme: 'light' })
    t.site.config({ theme: { scheme: 'dark', accent: '#0b7a3c', radius: 3 } })
    await t.visit()
    await t.open()
    await expect.poll(() => style('dialog', 'border-radius')).toBe('3px')
    expect(await style('dialog', 'color-scheme')).toBe('dark')
    expect(await hue('.primary')).toBe(await hueOf('#0b7a3c'))
    expect(await hue('.launcher')).toBe(await hueOf('#0b7a3c'))
  })

  it('is what the page says where both do, by attributes and by custom properties', async () => {
    t.site.config({ theme: { scheme: 'dark', accent: '#0b7a3c', radius: 3 }, rating: { scale: 'thumbs' } })
    await t.visit('', 'data-theme="light" data-accent="#8a1538"')
    await t.open()
    // The project's settings have arrived.
    await t.page.locator('.rating').waitFor()
    expect(await background()).toBe('oklch(1 0 0)')
    expect(await hue('.primary')).toBe(await hueOf('#8a1538'))
    await t.page.addStyleTag({
      content: 'html { --earshot-accent: #1d4ed8; --earshot-radius: 0px; --earshot-font: Georgia, serif }',
    })
    expect(await hue('.primary')).toBe(await hueOf('#1d4ed8'))
    expect(await style('dialog', 'border-radius')).toBe('0px')
    expect(await style('dialog', 'font-family')).toBe('Georgia, serif')
    expect(await style('.launcher', 'font-family')).toBe('Georgia, serif')
  })

  it('takes no colour for one that is none, and keeps its own', async () => {
    t.site.config({ theme: { scheme: 'light', accent: 'url(x)', radius: 12 } })
    await t.visit()
    const own = await hue('.launcher')
    await t.open()
    await expect.poll(() => style('dialog', 'border-radius')).toBe('12px')
    expect(await hue('.primary')).toBe(own)
  })

  it('is the one of the card, too, that stands in for the form', async () => {
    await t.renew({ colorScheme: 'dark' })
    t.site.fail(/chunks\/form/, 500)
    await t.visit('', 'data-theme="light" data-accent="#8a1538"')
    await t.page.locator('.launcher').click()
    expect(await style('.fault', 'background-color')).toBe(white)
    expect(await hue('.fault button')).toBe(await hueOf('#8a1538'))
    await t.page.evaluate(() => window.earshot?.setTheme('dark'))
    await t.page.locator('.launcher').click()
    expect(await style('.fault', 'color-scheme')).toBe('dark')
  })
})

describe('words', () => {
  it("are the page's own where it has some, in whatever language the rest is", async () => {
    const strings = JSON.stringify({ strings: { send: 'Ab damit', launcher: 'Sag was' } })
    await t.visit(`<script type="application/json" data-earshot>${strings}</script>`, 'data-lang="de"')
    await t.page.getByRole('button', { name: 'Sag was' }).waitFor()
    await t.open()
    await t.page.getByRole('button', { name: 'Ab damit' }).waitFor()
    expect(await t.page.getByText('Was ist schiefgegangen?').isVisible()).toBe(true)
  })
})
