import { describe, expect, it } from 'vitest'
import { refuse, store, tag } from '../../support/site.ts'
import { useHostile } from './host.ts'

const t = useHostile()

/** The page's own frame of a page that holds it in a sandbox. */
async function sandboxed(allowed: string): Promise<void> {
  await t.page.route('**/outer', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<iframe sandbox="${allowed}" src="/" style="width:900px;height:700px"></iframe>`,
    }),
  )
  t.site.serve(`<main><h1>Orders</h1></main>${tag(t.site)}`)
  await t.page.goto(`${t.site.page}/outer`)
}

describe('a page in a sandboxed frame, without an origin and without storage', () => {
  it.each(['allow-scripts', 'allow-scripts allow-forms'])(
    'with %s: sends, and keeps what fails for as long as it is open',
    async (allowed) => {
      await sandboxed(allowed)
      const frame = t.page.frameLocator('iframe')
      t.site.behave(refuse(500, 'fault'))
      await frame.locator('.launcher').click()
      await frame.locator('dialog textarea').click()
      await t.page.keyboard.type('From a sandbox')
      await frame.locator('[type=submit]').click()
      await frame.getByText(/Keep this page open/).waitFor()
      t.site.behave(store)
      const inside = t.page.frames().find((one) => one.parentFrame())
      await inside?.evaluate(() => window.earshot?.flush())
      await frame.getByText('K7M4XQ2P').waitFor()
      // Tried again by itself too, where the machine is slow.
      expect(t.site.submissions.length).toBeGreaterThan(1)
      expect(new Set(t.site.submissions.map(({ message }) => message))).toEqual(new Set(['From a sandbox']))
      expect(new Set(t.site.submissions.map(({ id }) => id)).size).toBe(1)
    },
  )
})

describe('a page that writes itself anew', () => {
  it.each(['before anybody opened it', 'after it was open'])(
    'by document.write, %s: open() brings it back whole',
    async (when) => {
      await t.host(`<main>Orders</main>${tag(t.site)}`)
      if (when === 'after it was open') {
        await t.open()
        await t.write('Half a thought')
      }
      await t.page.evaluate(() => {
        document.write('<title>Anew</title><main><h1>Written anew</h1></main>')
        document.close()
        void window.earshot?.open()
      })
      await t.page.locator('earshot-widget dialog[open]').waitFor()
      expect(await t.page.locator('earshot-widget').count()).toBe(1)
      if (when === 'after it was open')
        expect(await t.page.locator('dialog textarea').inputValue()).toBe('Half a thought')
      await t.write('After the flood')
      await t.submit()
      await t.page.getByText('K7M4XQ2P').waitFor()
      expect(t.site.submissions).toMatchObject([{ message: 'After the flood', page: { title: 'Anew' } }])
      await t.page.getByText('Done').click()
      await t.page.locator('.launcher').waitFor()
    },
  )
})
