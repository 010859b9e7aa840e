import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { tag } from '../../support/site.ts'
import { useHostile } from './host.ts'

const t = useHostile()

/** The two libraries as pages bundle them. */
let libraries = ''
beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { createFocusTrap } from 'focus-trap'
        import { focusInside, moveFocusInside } from 'focus-lock'
        Object.assign(window, { createFocusTrap, focusInside, moveFocusInside })`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
  })
  libraries = outputFiles[0]?.text ?? ''
})

const order = `
  <main><h1>Orders</h1><input id="outside"></main>
  <dialog id="order"><h2>Order 17</h2><input id="inside"><button data-earshot="idea">Tell us</button></dialog>`

/** A modal as libraries build them: an element in the page, and a trap around it. */
const sheet = `
  <main><h1>Orders</h1><input id="outside"></main>
  <div id="sheet" role="dialog" aria-label="Order" style="position:fixed;inset:100px;background:#eee">
    <input id="inside"><button data-earshot="idea">Tell us</button></div>`

const traps = {
  'focus-trap': `createFocusTrap('#sheet', { initialFocus: '#inside' }).activate()`,
  'focus-lock': `
    const sheet = document.getElementById('sheet')
    const hold = () => setTimeout(() => focusInside(sheet) || moveFocusInside(sheet, document.activeElement))
    document.addEventListener('focusin', hold)
    document.addEventListener('focusout', hold)
    document.getElementById('inside').focus()`,
  'a trap that never lets go': `
    const inside = document.getElementById('inside')
    document.addEventListener('focusin', (event) => event.target === inside || inside.focus(), true)
    document.addEventListener('focusout', () => inside.focus(), true)
    inside.focus()`,
}

const focusIsIn = (selector: string) => t.page.evaluate((wanted) => !!document.activeElement?.closest(wanted), selector)

describe('a page with a modal of its own', () => {
  it.each(['by an element of theirs', 'by the API'])(
    'opened by showModal(): the form opens above it %s',
    async (way) => {
      await t.host(order + tag(t.site))
      await t.page.evaluate(() => document.querySelector<HTMLDialogElement>('#order')?.showModal())
      if (way === 'by the API') {
        await t.page.evaluate(() => void window.earshot?.open({ kind: 'idea' }))
        await t.page.locator('earshot-widget dialog[open]').waitFor()
      } else await t.page.getByText('Tell us').click()
      await t.say('From above a modal')
      await t.page.getByText('K7M4XQ2P').waitFor()
      expect(t.site.submissions).toMatchObject([{ message: 'From above a modal', kind: 'idea' }])
      await t.page.keyboard.press('Escape')
      await t.page.locator('earshot-widget dialog[open]').waitFor({ state: 'detached' })
      // Theirs is still there, and usable.
      await t.page.locator('#inside').fill('17')
      expect(await t.page.locator('#order').evaluate((dialog) => dialog.matches(':modal'))).toBe(true)
    },
  )

  it.each(Object.entries(traps))(
    'kept by %s: clicks, keys and Tab belong to the form while it is open',
    async (_, trap) => {
      await t.host(`${sheet}<script>${libraries};{${trap}}</script>${tag(t.site)}`)
      expect(await focusIsIn('#inside')).toBe(true)
      await t.page.getByText('Tell us').click()
      await t.page.locator('earshot-widget dialog[open]').waitFor()
      // Nobody types sooner; the form needs 60 ms to find out that the focus is pulled away. By the page's own clock: what
      // was to be done sooner has been done, however busy the machine is.
      await t.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 60)))
      // The settings are here, with which the fields below the words are built anew.
      await t.page.locator('.attach').waitFor()
      await t.page.locator('dialog textarea').click()
      await t.page.keyboard.type('From above a trap')
      await t.page.keyboard.press('Tab')
      await t.page.keyboard.type('ada@example.com')
      await t.page.locator('dialog').getByText('Praise').click()
      await t.submit()
      await t.page.getByText('K7M4XQ2P').waitFor()
      expect(t.site.submissions).toMatchObject([
        { message: 'From above a trap', email: 'ada@example.com', kind: 'praise' },
      ])
      await t.page.getByText('Done').click()
      await t.page.locator('earshot-widget dialog[open]').waitFor({ state: 'detached' })
      await expect.poll(() => focusIsIn('#sheet')).toBe(true)
    },
  )

  it('made inert around and on the widget, and hidden from screen readers: opens all the same', async () => {
    await t.host(sheet + tag(t.site))
    await t.page.evaluate(() => {
      for (const element of [...document.body.children, document.querySelector('earshot-widget') as Element]) {
        element.setAttribute('inert', '')
        element.setAttribute('aria-hidden', 'true')
      }
      void window.earshot?.open()
    })
    await t.page.locator('earshot-widget dialog[open]').waitFor()
    await t.say('Out of inertness')
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(await t.page.getByRole('dialog', { name: 'Send feedback' }).count()).toBe(1)
  })
})
