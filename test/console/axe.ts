import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

interface WithAxe {
  axe: {
    run(
      root: unknown,
      options: { resultTypes: string[] },
    ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
  }
}

/** What axe finds wrong with the page as it is now; the page must have been opened with `bypassCSP`. */
export async function violationsOf(page: Page): Promise<string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as WithAxe).axe.run(document, { resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  })
}
