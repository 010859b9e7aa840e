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
      expect(t.site.submissions.map(({ message }) => message)).toEqual(['From a sandbox', 'From a sandbox'])
      expect(t.site.submissions[0]?.id).toBe(t.site.submissions[1]?.id)
    },
  )
})

describe('a page that writes itself anew', () => {
  it('by document.write after it was loaded: nothing breaks, and the widget works', async () => {
    await t.host(`<main>Orders</main>${tag(t.site)}`)
    await t.page.evaluate(() => {
      document.write('<main><h1>Written anew</h1><button data-earshot="idea">Tell us</button></main>')
      document.close()
    })
    await t.page.waitForTimeout(500)
    console.log(
      await t.page.evaluate(() => document.documentElement.outerHTML),
      await t.page.locator('.launcher').count(),
    )
    await t.page.evaluate(() => window.earshot?.open())
    console.log(await t.page.locator('earshot-widget').count())
  })
})
