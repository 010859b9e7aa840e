import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { key, tag } from '../../support/site.ts'
import { useHostile } from './host.ts'

const t = useHostile()

/** The launcher as it was before a deploy: it asks for chunks whose names are no longer served. */
async function serveOlder(): Promise<void> {
  const now = await readFile(join(import.meta.dirname, '../../../dist/site/earshot.js'), 'utf8')
  const older = now.replaceAll(/\b([a-z]+)\.[0-9a-f]{8}\b/g, '$1.00000000')
  expect(older).not.toBe(now)
  await t.page.route('**/earshot.0.0.9.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: `window.older=true;${older}` }),
  )
}

const olderTag = () => tag(t.site).replace('earshot.js', 'earshot.0.0.9.js').replace('async', '')
const newerTag = () => tag(t.site).replace('async', '')

describe('a page with the script in two versions', () => {
  it('leaves the first one alone, whose form then opens', async () => {
    await serveOlder()
    await t.host(`${newerTag()}<script>first = window.earshot</script>${olderTag()}`)
    const ran = await t.page.evaluate(() => {
      const { older, first } = window as unknown as Record<string, unknown>
      return { older, isFirst: first === window.earshot }
    })
    expect(ran).toEqual({ older: true, isFirst: true })
    expect(await t.page.locator('earshot-widget').count()).toBe(1)
    await t.journey('From the first')
  })
})

describe('a launcher from before a deploy', () => {
  it('says itself that the form cannot be had, with the words, and nothing else happens to the page', async () => {
    await serveOlder()
    await t.host(`<main><button data-earshot>Tell us</button></main>${olderTag()}`)
    await t.page.evaluate(
      (name) => sessionStorage.setItem(name, JSON.stringify({ message: 'Half a thought' })),
      `earshot:${key}:draft`,
    )
    // Without a pointer, which would ask ahead of the click.
    await t.page.getByText('Tell us').dispatchEvent('click')
    await t.page.getByText('The form could not be loaded').waitFor()
    expect(await t.page.locator('.fault textarea').inputValue()).toBe('Half a thought')
    // What the page sends by itself is answered, never thrown.
    expect(await t.page.evaluate(() => window.earshot?.send({ message: 'x' }))).toEqual({ id: '', state: 'cancelled' })
    expect(t.site.requests.filter((request) => request.includes('form.00000000'))).toHaveLength(2)
  })

  it('is told by the collector that a file is gone, which nobody may remember', async () => {
    for (const path of ['/chunks/form.00000000.js', '/chunks/client.00000000.js?again', '/earshot.0.0.9.js']) {
      const response = await fetch(`${inject('origin')}${path}`)
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 404, 'no-store'])
      await response.text()
    }
  })
})
