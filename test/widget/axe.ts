import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  run(context: unknown, options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/**
 * What axe finds below an element, shadow roots included; the rest of the page is the test's own. By all its rules, or by
 * some.
 */
export async function findings(
  page: Page,
  selector = 'earshot-widget',
  only: readonly string[] = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
): Promise<string[]> {
  if (only.length === 0) return []
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  return page.evaluate(
    async ([selector, ...runOnly]) => {
      const { axe } = window as unknown as { axe: Axe }
      const { violations } = await axe.run(document.querySelector(selector as string), {
        runOnly,
        preload: false,
        resultTypes: ['violations'],
        rules: { region: { enabled: false } },
      })
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
    },
    [selector, ...only],
  )
}
