import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface WithAxe {
  axe: {
    run(
      context: { exclude: string[] },
      options: { resultTypes: string[]; preload: boolean },
    ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
  }
}

/**
 * What axe finds wrong with the page as it is now, which must have been opened with `bypassCSP`; but for what `without`
 * selects and another look has seen.
 */
export async function violationsOf(page: Page, without: string[] = []): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source)
  return page.evaluate(async (exclude) => {
    const { axe } = globalThis as unknown as WithAxe
    const { violations } = await axe.run({ exclude }, { resultTypes: ['violations'], preload: false })
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  }, without)
}
