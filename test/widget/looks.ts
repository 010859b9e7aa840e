import type { BrowserContextOptions } from 'playwright-core'
import { findings } from './axe.ts'
import type { Harness } from './harness.ts'
import { throughStates } from './states.ts'

/** Whatever can be pressed or filled in and is smaller than 24 px either way; a label is its field's target. */
const tooSmall = (t: Harness) =>
  t.page.locator('earshot-widget').evaluate((host) => {
    const controls = host.shadowRoot?.querySelectorAll<HTMLInputElement>('button,a,input,textarea,summary') ?? []
    return [...controls]
      .filter((control) => control.checkVisibility({ visibilityProperty: true }))
      .map((control) => control.labels?.[0] ?? control)
      .filter((target) => Math.min(target.getBoundingClientRect().width, target.getBoundingClientRect().height) < 24)
      .map((target) => `${target.outerHTML.slice(0, 80)} ${JSON.stringify(target.getBoundingClientRect())}`)
  })

/** Whatever reaches over an edge of the screen or of what it stands in. */
const overflowing = (t: Harness) =>
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

/** Takes the widget through its states: what axe finds in each, targets under 24 px, and what is cut off. */
export async function look(
  t: Harness,
  lang: string,
  options: BrowserContextOptions,
): Promise<Record<string, string[]>> {
  await t.renew(options)
  const found: Record<string, string[]> = {}
  await throughStates(t, lang, async (state) => {
    found[state] = [...(await findings(t.page, 'earshot-widget')), ...(await tooSmall(t)), ...(await overflowing(t))]
  })
  return found
}
