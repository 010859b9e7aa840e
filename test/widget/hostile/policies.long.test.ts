import { describe, expect, it } from 'vitest'
import { key, tag } from '../../support/site.ts'
import type { Site } from '../../support/site.ts'
import { useHostile } from './host.ts'

const t = useHostile()

interface Case {
  /** What the page's policy is like. */
  name: string
  policy: (site: Site) => string
  html: (site: Site) => string
  /** The page and the widget's files come from one origin. */
  own?: boolean
}

const cases: Case[] = [
  {
    name: 'that allows the collector and nothing else',
    policy: ({ collector }) => `default-src 'none'; script-src ${collector}; connect-src ${collector}`,
    html: (site) => tag(site),
  },
  {
    name: "that allows 'self' alone, with the widget and the collector under the page's own domain",
    policy: () => `default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'`,
    html: () => tag({ collector: '/own' }),
    own: true,
  },
  {
    name: "that allows 'self' alone, with the files beside the page and the collector under a path",
    policy: () => `default-src 'none'; script-src 'self'; connect-src 'self'`,
    html: () => tag({ collector: '' }, 'data-endpoint="/own"'),
    own: true,
  },
  {
    name: 'that trusts a nonce alone',
    policy: ({ collector }) => `default-src 'none'; script-src 'nonce-r4nd0m'; connect-src ${collector}`,
    html: (site) => tag(site, 'nonce="r4nd0m"'),
  },
  {
    name: "with 'strict-dynamic'",
    policy: () =>
      `script-src 'nonce-r4nd0m' 'strict-dynamic' https: 'unsafe-inline'; object-src 'none'; base-uri 'none'`,
    html: (site) => tag(site, 'nonce="r4nd0m"'),
  },
  {
    name: "with 'strict-dynamic', put in by the page's own script",
    policy: () => `script-src 'nonce-r4nd0m' 'strict-dynamic'; object-src 'none'; base-uri 'none'`,
    html: (site) => `<script nonce="r4nd0m">
      const script = document.createElement('script')
      Object.assign(script.dataset, { key: '${key}' })
      script.src = '${site.collector}/earshot.js'
      document.head.append(script)
    </script>`,
  },
  {
    name: 'with Trusted Types that nobody may make',
    policy: ({ collector }) =>
      `script-src ${collector}; require-trusted-types-for 'script'; trusted-types 'none'; style-src 'none'; img-src 'none'`,
    html: (site) => tag(site),
  },
  {
    name: 'with Trusted Types and a default policy that takes nothing',
    policy: ({ collector }) =>
      `script-src ${collector} 'nonce-r4nd0m'; require-trusted-types-for 'script'; trusted-types default`,
    html: (site) => `<script nonce="r4nd0m">
      const refuse = (given) => { throw new Error('refused: ' + given) }
      trustedTypes.createPolicy('default', { createHTML: refuse, createScript: refuse, createScriptURL: refuse })
    </script>${tag(site)}`,
  },
]

describe('a page with a policy', () => {
  it.each(cases)('$name: opens, sends, and breaks no rule of it', async ({ policy, html, own }) => {
    const headers = { 'content-security-policy': policy(t.site) }
    await t.host(`<main><h1>Orders</h1></main>${html(t.site)}`, headers, own ? t.site.collector : t.site.page)
    await t.journey('Under a policy')
    // The styles came through: without them it would fill the page.
    expect(await t.page.locator('dialog').evaluate((dialog) => dialog.getBoundingClientRect().width)).toBe(400)
    expect(await t.violations()).toEqual([])
  })

  it('that forbids the collector: says so, and keeps the words over a reload until it is allowed', async () => {
    const closed = { 'content-security-policy': `script-src ${t.site.collector}; connect-src 'self'` }
    await t.host(tag(t.site), closed)
    await t.open()
    await t.arrived('outcome')
    await t.say('Kept for better days')
    await t.page.getByText('Kept, not sent yet').waitFor()
    expect(t.site.submissions).toEqual([])
    t.site.serve(tag(t.site))
    await t.page.reload()
    await expect.poll(() => t.site.submissions.map(({ message }) => message)).toEqual(['Kept for better days'])
  })

  it('that forbids the chunks: the launcher itself says so, with what was to be said', async () => {
    const { collector } = t.site
    await t.host(tag(t.site), {
      'content-security-policy': `script-src ${collector}/earshot.js; connect-src ${collector}`,
    })
    await t.page.evaluate(() => window.earshot?.open({ message: 'Half a thought' }))
    await t.page.getByText('The form could not be loaded').waitFor()
    expect(await t.page.locator('.fault textarea').inputValue()).toBe('Half a thought')
  })
})
