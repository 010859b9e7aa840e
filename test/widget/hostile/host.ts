import { expect } from 'vitest'
import type { Locator } from 'playwright-core'
import { useHarness } from '../harness.ts'
import type { Harness } from '../harness.ts'

/** A harness that also sees what the page's policy stopped, and makes the whole journey as a person does. */
export interface Hostile extends Harness {
  /** Serves a whole page, the tag included, and waits for the widget. */
  host(html: string, headers?: Record<string, string>, origin?: string): Promise<void>
  /** What the policy stopped, as `directive uri`. */
  violations(): Promise<string[]>
  /** Opens by this, else by the launcher; types by the keyboard, sends, and sees the reference. */
  journey(words: string, opener?: Locator): Promise<void>
  /** Types by the keyboard into the open form and sends. */
  say(words: string): Promise<void>
}

export function useHostile(): Hostile {
  const t = useHarness() as Hostile
  t.host = async (html, headers, origin = t.site.page) => {
    await t.context.addInitScript(() => {
      const seen: string[] = []
      Object.assign(window, { seenViolations: seen })
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
        seen.push(`${effectiveDirective} ${blockedURI}`),
      )
    })
    t.site.serve(html, headers)
    await t.page.goto(origin)
    await t.page.waitForFunction(() => 'open' in (window.earshot ?? {}))
  }
  t.violations = () => t.page.evaluate(() => (window as unknown as { seenViolations: string[] }).seenViolations)
  t.say = async (words) => {
    await t.page.locator('dialog textarea').click()
    await t.page.keyboard.type(words)
    await t.submit()
  }
  t.journey = async (words, opener = t.page.locator('.launcher')) => {
    await opener.click()
    await t.page.locator('earshot-widget dialog[open]').waitFor()
    await t.say(words)
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(t.site.submissions.map(({ message }) => message)).toEqual([words])
  }
  return t
}
