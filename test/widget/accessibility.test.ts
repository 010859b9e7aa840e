import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { refuse } from '../support/site.ts'
import { useHarness } from './harness.ts'

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

describe.each(['light', 'dark'] as const)('the form in %s', (colorScheme) => {
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
