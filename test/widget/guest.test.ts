import { describe, expect, it } from 'vitest'
import { key, stub, tag } from '../support/site.ts'
import { useHarness } from './harness.ts'

const t = useHarness()

describe('a guest in the page', () => {
  it('asks the collector for nothing but its file until somebody is about to write', async () => {
    await t.visit()
    await t.page.waitForTimeout(300)
    expect(t.site.requests).toEqual(['GET /earshot.js'])
    await t.page.locator('.launcher').hover()
    await expect.poll(() => t.site.requests.length).toBe(6)
    expect(
      t.site.requests
        .slice(1)
        .map((request) => request.replace(/\.\w{8}\./, '.#.'))
        .sort(),
    ).toEqual([
      'GET /chunks/attachments.#.js',
      'GET /chunks/beside.#.js',
      'GET /chunks/client.#.js',
      'GET /chunks/form.#.js',
      'GET /v1/widget',
    ])
  })

  it('drains the queue and answers to the same names afterwards', async () => {
    t.site.serve(`${stub}<script>earshot('tag','plan','pro');earshot('identify',{id:'u_42'})</script>${tag(t.site)}`)
    await t.page.goto(t.site.page)
    await t.page.waitForFunction(() => 'open' in (window.earshot ?? {}))
    const sent = await t.page.evaluate(() => {
      window.earshot?.('tag', 'screen', 'checkout')
      return window.earshot?.send({ kind: 'bug', message: 'x' })
    })
    expect(sent?.state).toBe('stored')
    expect(t.site.submissions[0]).toMatchObject({ tags: { plan: 'pro', screen: 'checkout' }, person: { id: 'u_42' } })
  })

  it('works with the one tag under a policy that allows nothing but the collector', async () => {
    const policy = `default-src 'none'; script-src ${t.site.collector}; connect-src ${t.site.collector}; require-trusted-types-for 'script'; trusted-types 'none'`
    const violations: string[] = []
    t.page.on('console', (message) => {
      if (/policy|trusted/i.test(message.text())) violations.push(message.text())
    })
    const attributes = 'data-release="1.4.2" data-tag-plan="pro" data-user-id="u_42" data-query="tab"'
    t.site.serve(`<main>Orders</main>${tag(t.site, attributes)}`, { 'content-security-policy': policy })
    await t.page.goto(`${t.site.page}/?tab=2&token=x`)
    await t.open()
    expect(await t.page.locator('dialog').evaluate((dialog) => getComputedStyle(dialog).width)).toBe('400px')
    await t.write('Strict')
    await t.submit()
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(t.site.submissions[0]).toMatchObject({
      release: '1.4.2',
      tags: { plan: 'pro' },
      person: { id: 'u_42' },
      page: { url: `${t.site.page}/?tab=2` },
    })
    expect(violations).toEqual([])
  })

  it('says that the device blocks it where the policy forbids the collector, and keeps it', async () => {
    const policy = `script-src ${t.site.collector}; connect-src 'self'`
    t.site.serve(tag(t.site), { 'content-security-policy': policy })
    await t.page.goto(t.site.page)
    await t.open()
    await t.write('Blocked')
    await t.arrived('outcome')
    await t.submit()
    await t.page.getByText('Kept, not sent yet').waitFor()
    await t.page.getByText(/on this device/).waitFor()
    expect(t.site.submissions).toEqual([])
  })

  it('says that the device blocks it where a blocker picks out the request', async () => {
    await t.visit()
    await t.page.route('**/v1/feedback*', (route) => route.abort('blockedbyclient'))
    await t.open()
    await t.write('Blocked')
    await t.arrived('outcome')
    await t.submit()
    await t.page.getByText('Kept, not sent yet').waitFor()
    expect(t.site.submissions).toEqual([])
  })

  it('is one instance when its script stands in the page twice', async () => {
    await t.visit(tag(t.site))
    await t.page.waitForTimeout(200)
    expect(await t.page.locator('earshot-widget').count()).toBe(1)
  })

  it('mounts nothing and sends nothing when it is not enabled', async () => {
    await t.visit('', 'data-enabled="false"')
    expect(await t.page.locator('earshot-widget').count()).toBe(0)
    expect(await t.page.evaluate(() => window.earshot?.send({ message: 'x' }))).toMatchObject({ state: 'cancelled' })
    expect(t.site.submissions).toEqual([])
  })

  it('stands above hostile styles', async () => {
    await t.visit(
      '<style>*{display:none!important;opacity:.1!important;color:lime!important;font:40px serif!important}html,body{display:block!important}</style>',
    )
    const style = await t.page.locator('.launcher').evaluate((button) => {
      const { opacity, color, fontSize, display } = getComputedStyle(button)
      return {
        opacity,
        color,
        fontSize,
        display,
        host: getComputedStyle((button.getRootNode() as ShadowRoot).host).display,
      }
    })
    expect(style).toEqual({
      opacity: '1',
      color: 'rgb(255, 255, 255)',
      fontSize: '15px',
      display: 'flex',
      host: 'inline',
    })
  })

  it('sends whole submissions from a page with polluted prototypes and a patched fetch', async () => {
    await t.visit()
    await t.page.evaluate(() => {
      Object.assign(Object.prototype, { polluted: 'yes' })
      window.fetch = () => Promise.reject(new Error('patched'))
    })
    await t.open()
    await t.write('Clean')
    await t.submit()
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(t.site.submissions[0]).toMatchObject({ message: 'Clean' })
    expect(JSON.stringify(t.site.submissions)).not.toContain('polluted')
  })

  it('collects nothing about the page where the visitor asks for privacy', async () => {
    await t.context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
    await t.visit()
    await t.open()
    await t.write('Private')
    await t.submit()
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(t.site.submissions[0]).not.toHaveProperty('page')
    expect(t.site.submissions[0]).not.toHaveProperty('anonymousId')
  })

  it('stores nothing before somebody speaks, and says nothing of the person in a cookie', async () => {
    await t.visit()
    await t.open()
    const stored = await t.page.evaluate(async () => [
      localStorage.length,
      sessionStorage.length,
      (await indexedDB.databases()).length,
      document.cookie,
    ])
    expect(stored).toEqual([0, 0, 0, ''])
  })

  it('speaks itself when the form cannot be loaded, with the words kept, and loads it later', async () => {
    t.site.fail(/chunks\/form/, 500)
    await t.visit('', 'data-mailto="help@example.com"')
    await t.page.evaluate(
      (name) => sessionStorage.setItem(name, JSON.stringify({ message: 'Half a thought' })),
      `earshot:${key}:draft`,
    )
    // Without a pointer, which would ask ahead of the click.
    await t.page.locator('.launcher').dispatchEvent('click')
    await t.page.getByText('The form could not be loaded').waitFor()
    expect(await t.page.locator('.fault textarea').inputValue()).toBe('Half a thought')
    expect(await t.page.locator('.fault a').getAttribute('href')).toContain('Half%20a%20thought')
    expect(t.site.requests.filter((request) => request.includes('form'))).toHaveLength(2)
    t.site.reset()
    await t.open()
    expect(await t.page.locator('.fault').count()).toBe(0)
    expect(await t.page.locator('dialog textarea').inputValue()).toBe('Half a thought')
  })

  it('speaks itself in the theme of the page, else of the system', async () => {
    await t.renew({ colorScheme: 'dark' })
    t.site.fail(/chunks/, 500)
    await t.visit()
    const background = async () => {
      await t.page.locator('.launcher').click()
      return t.page.locator('.fault').evaluate((card) => getComputedStyle(card).backgroundColor)
    }
    const dark = await background()
    await t.page.evaluate(() => window.earshot?.setTheme('light'))
    const light = await background()
    await t.page.evaluate(() => window.earshot?.setTheme('dark'))
    expect(light).toBe('rgb(255, 255, 255)')
    expect(dark).not.toBe(light)
    expect(await background()).toBe(dark)
  })
})
