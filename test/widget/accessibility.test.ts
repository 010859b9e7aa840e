import { describe, expect, it } from 'vitest'
import type { BrowserContextOptions } from 'playwright-core'
import { findings } from './axe.ts'
import { phone, useHarness } from './harness.ts'
import { throughStates } from './states.ts'

const t = useHarness()
const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 900 } }

/** Whatever can be pressed or filled in and is smaller than 24 px either way; a label is its field's target. */
const tooSmall = () =>
  t.page.locator('earshot-widget').evaluate((host) => {
    const controls = host.shadowRoot?.querySelectorAll<HTMLInputElement>('button,a,input,textarea,summary') ?? []
    return [...controls]
      .filter((control) => control.checkVisibility({ visibilityProperty: true }))
      .map((control) => control.labels?.[0] ?? control)
      .filter((target) => Math.min(target.getBoundingClientRect().width, target.getBoundingClientRect().height) < 24)
      .map((target) => `${target.outerHTML.slice(0, 80)} ${JSON.stringify(target.getBoundingClientRect())}`)
  })

/** Whatever reaches over an edge of the screen or of what it stands in. */
const overflowing = () =>
  t.page.locator('earshot-widget').evaluate((host) => {
    const nodes = [...(host.shadowRoot?.querySelectorAll<HTMLElement>('dialog,.fault,dialog *,.fault *') ?? [])]
    return nodes
      .filter((node) => node.checkVisibility() && getComputedStyle(node).display !== 'inline')
      .filter((node) => {
        const { left, right } = node.getBoundingClientRect()
        // A summary ends in three dots on purpose, and what one pixel holds is for screen readers.
        const cut = node.clientWidth > 1 && node.scrollWidth > node.clientWidth + 1 && !node.matches('summary')
        return left < 0 || right > innerWidth || cut
      })
      .map((node) => node.outerHTML.slice(0, 100))
  })

describe.each<[string, string, BrowserContextOptions, string[]?]>([
  ['light', 'en', { ...desktop, colorScheme: 'light' }],
  ['dark', 'ar', { ...phone, colorScheme: 'dark' }],
  // The same elements in other colours, or in less room.
  ['light', 'ar', { ...phone, colorScheme: 'light' }, ['color-contrast']],
  ['light, on the smallest phone,', 'de', { ...phone, viewport: { width: 320, height: 568 } }, []],
  ['forced colours', 'en', { ...desktop, forcedColors: 'active' }, ['color-contrast']],
  ['more contrast', 'ar', { ...desktop, colorScheme: 'dark', contrast: 'more' }, ['color-contrast']],
])('in %s, in %s', (_, lang, options, rules) => {
  it('axe finds nothing, no target is under 24 px and nothing is cut off, whatever the state', async () => {
    await t.renew(options)
    const found: Record<string, string[]> = {}
    await throughStates(t, lang, async (state) => {
      found[state] = [
        ...(await findings(t.page, 'earshot-widget', rules)),
        ...(await tooSmall()),
        ...(await overflowing()),
      ]
    })
    const clean = Object.fromEntries(Object.keys(found).map((state) => [state, []]))
    expect(found).toEqual(clean)
    expect(Object.keys(found)).toHaveLength(15)
  }, 120_000)
})
