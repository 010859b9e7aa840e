import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { FiltersEngine, Request } from '@ghostery/adblocker'
import { beforeAll, describe, expect, it } from 'vitest'
import { isLeftOut } from '../../support/engines.ts'
import { listsMissing, readLists } from '../../support/lists.ts'
import { tag } from '../../support/site.ts'
import { useHostile } from './host.ts'

const t = useHostile()

/** As which collector's address the lists see ours: a domain of the customer's, Cloudflare's own, a path of the page's. */
const addresses = {
  'a domain of its own': 'https://feedback.example.com',
  'a domain of Cloudflare': 'https://earshot.acme.workers.dev',
  'a path of the page': 'https://shop.example.com/earshot',
}
const pageUrl = 'https://shop.example.com/orders'
const types = { script: 'script', fetch: 'xmlhttprequest', document: 'main_frame' } as const

describe.skipIf(isLeftOut({ missing: listsMissing }))('a browser with the public block lists', () => {
  let engine: FiltersEngine
  beforeAll(() => {
    engine = FiltersEngine.parse(readLists(), { loadCosmeticFilters: true })
  })

  const isBlocked = (url: string, type: string) =>
    engine.match(Request.fromRawDetails({ url, sourceUrl: pageUrl, type: types[type as 'script'] ?? 'other' })).match

  it('has lists that block what they are for', () => {
    expect(isBlocked('https://www.google-analytics.com/analytics.js', 'script')).toBe(true)
    expect(isBlocked('https://bat.bing.com/bat.js', 'script')).toBe(true)
  })

  it.each(Object.entries(addresses))('has nothing against any address of ours on %s', (_, address) => {
    const built = readdirSync(join(import.meta.dirname, '../../../dist/site/chunks')).map((name) => `/chunks/${name}`)
    const paths = {
      script: ['/earshot.js', '/earshot.1.4.2.js', ...built],
      fetch: [
        '/v1/widget',
        '/v1/feedback',
        '/v1/displays',
        '/v1/feedback/01a2055b/attachments/0',
        '/files/01a2055b.png',
      ],
    }
    for (const [type, list] of Object.entries(paths)) {
      expect(list.filter((path) => isBlocked(`${address}${path}?key=pub_0123456789abcdefghijklmn`, type))).toEqual([])
    }
  })

  it.each(Object.entries(addresses))('lets everything through to %s, and hides nothing', async (_, address) => {
    const stopped: string[] = []
    await t.page.route('**', (route, request) => {
      const url = request.url().replace(t.site.collector, address).replace(t.site.page, 'https://shop.example.com')
      if (!isBlocked(url, request.resourceType())) return route.continue()
      stopped.push(url)
      return route.abort('blockedbyclient')
    })
    await t.host(`<main class="feedback"><h1>Orders</h1></main>${tag(t.site)}`)
    const { styles } = engine.getCosmeticsFilters({
      url: pageUrl,
      hostname: 'shop.example.com',
      domain: 'example.com',
      classes: ['launcher', 'feedback', 'fault', 'outcome'],
      ids: ['title', 'missing'],
    })
    await t.page.addStyleTag({ content: styles })
    await t.journey('Past the lists')
    expect(stopped).toEqual([])
  })
})
