import { describe, expect, it } from 'vitest'
import type { BrowserContextOptions } from 'playwright-core'
import { phone, useHarness } from './harness.ts'
import { look } from './looks.ts'

const t = useHarness()
const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 900 } }

describe.each<[string, string, BrowserContextOptions]>([
  ['light', 'en', { ...desktop, colorScheme: 'light' }],
  ['dark', 'ar', { ...phone, colorScheme: 'dark' }],
  ['light', 'ar', { ...phone, colorScheme: 'light' }],
  ['dark', 'en', { ...desktop, colorScheme: 'dark' }],
  ['light, on the smallest phone,', 'de', { ...phone, viewport: { width: 320, height: 568 } }],
  ['forced colours', 'en', { ...desktop, forcedColors: 'active' }],
  ['more contrast', 'ar', { ...desktop, colorScheme: 'dark', contrast: 'more' }],
])('in %s, in %s', (_, lang, options) => {
  it('axe finds nothing, no target is under 24 px and nothing is cut off, whatever the state', async () => {
    const found = await look(t, lang, options)
    const clean = Object.fromEntries(Object.keys(found).map((state) => [state, []]))
    expect(found).toEqual(clean)
    expect(Object.keys(found)).toHaveLength(15)
  }, 120_000)
})
