import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { key, stub, tag } from '../support/site.ts'
import { useHarness } from './harness.ts'

const t = useHarness({ mayFail: /^(Error: )?(uncaught|rejected|every frame)/ })

const root = join(import.meta.dirname, '../..')

/** The SDK and its recorder as one script, with their parts inside. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: "export * from './dist/package/sdk/index.js'; export * from './dist/package/sdk/crumbs/index.js'",
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'sdk',
  })
  return outputFiles[0]!.text
}

const script = bundle()

type Sdk = typeof import('../../sdk/index.ts') & typeof import('../../sdk/crumbs/index.ts')

declare global {
  interface Window {
    sdk: Sdk
    client: ReturnType<Sdk['createEarshot']>
  }
}

/** A page with the headless SDK in it. */
async function visitHeadless(body: string): Promise<void> {
  t.site.serve(`${body}<script>${await script}</script>`)
  await t.page.goto(t.site.page)
  await t.page.evaluate(
    ([key, endpoint]) => {
      window.client = window.sdk.createEarshot({ key: key!, endpoint: endpoint! })
    },
    [key, t.site.collector],
  )
}

const crumbs = () => t.page.evaluate(() => window.client.facts().crumbs ?? [])

describe('uncaught errors', () => {
  it('are crumbs from the launcher on, in order and bounded, and nothing of it is fetched before it is needed', async () => {
    await t.visit('<button id="fail" onclick="throw new Error(\'uncaught?token=x 4111 1111 1111 1111\')">Fail</button>')
    await t.page.locator('#fail').click()
    await t.page.evaluate(() => {
      window.earshot?.crumb('between')
      void Promise.reject(new Error('rejected'))
    })
    await t.page.waitForTimeout(100)
    expect(t.site.requests).toEqual(['GET /earshot.js'])
    await t.open()
    await expect.poll(() => t.site.requests.filter((request) => /diagnostics/.test(request))).toHaveLength(1)
    await t.arrived('diagnostics')
    await t.write('It broke')
    await t.submit()
    await t.page.getByText('K7M4XQ2P').waitFor()
    const sent = t.site.submissions[0]?.crumbs ?? []
    expect(sent.map(({ type }) => type)).toEqual(['error', 'manual', 'error'])
    expect(sent[0]).toMatchObject({
      message: 'Error: uncaught [removed]',
      data: { source: expect.stringMatching(/^http:\/\/localhost:\d+\/:\d+$/) },
    })
    expect(sent[2]?.message).toBe('Error: rejected')
    // After the client came, by itself.
    await t.page.evaluate(
      () =>
        void setTimeout(() => {
          throw new Error('uncaught later')
        }),
    )
    await expect
      .poll(async () => {
        await t.page.evaluate(() => window.earshot?.send({ message: 'x' }))
        return t.site.submissions.at(-1)?.crumbs?.at(-1)?.message
      })
      .toBe('Error: uncaught later')
  })

  it('do not pile up in a page that throws in every frame, and what was said meanwhile counts', async () => {
    await t.visit(stub)
    await t.page.evaluate(() => {
      window.earshot?.tag('plan', 'pro')
      for (let n = 0; n < 3_000; n++) window.earshot?.crumb(`every frame ${n}`)
      window.dispatchEvent(new ErrorEvent('error', { error: new Error('uncaught last'), message: 'uncaught last' }))
    })
    await expect.poll(() => t.site.requests.filter((request) => /client/.test(request))).toHaveLength(1)
    await expect
      .poll(async () => {
        await t.page.evaluate(() => window.earshot?.send({ message: 'x' }))
        return t.site.submissions.at(-1)?.crumbs?.length
      })
      .toBe(30)
    // Where thousands come before the client does, the first of them count; the tag among them, too.
    const [sent] = t.site.submissions
    expect(sent?.crumbs?.at(-1)?.message).toBe('every frame 997')
    expect(sent?.tags).toEqual({ plan: 'pro' })
  })

  it('are not taken with GPC, nor after destroy()', async () => {
    await t.context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
    await visitHeadless('')
    await t.page.evaluate(
      () =>
        void setTimeout(() => {
          throw new Error('uncaught')
        }),
    )
    await t.page.waitForTimeout(50)
    expect(await t.page.evaluate(() => window.client.facts().crumbs)).toBeUndefined()
  })
})

describe('the script tag’s queue', () => {
  it('says what it does not know, and what a wrong key or a wrong call is', async () => {
    const lines: string[] = []
    t.page.on('console', (message) => message.type() === 'error' && lines.push(message.text()))
    await t.visit(
      `${stub}<script>earshot('opne'); earshot('crumb'); earshot('attachTo', null); earshot('tag', 'plan', 'pro')</script>`,
    )
    await t.page.evaluate(() => window.earshot?.send({ message: 'x' }))
    await expect.poll(() => lines.length).toBe(3)
    expect(lines[0]).toBe('earshot: there is no opne')
    expect(lines.join()).toMatch(/earshot: attachTo TypeError/)
    expect(lines.join()).toMatch(/earshot: crumb\(undefined.*Use it so: crumb\(message/)
    expect(t.site.submissions[0]?.tags).toEqual({ plan: 'pro' })
    lines.length = 0
    t.site.serve(tag(t.site).replace(key, 'sec_0123456789abcdefghijklmn'))
    await t.page.goto(t.site.page)
    await expect.poll(() => lines.join()).toMatch(/sec_… is secret: take it out/)
    expect(await t.page.locator('earshot-widget').count()).toBe(0)
    expect(await t.page.evaluate(() => window.earshot?.send({ message: 'x' }))).toEqual({ id: '', state: 'cancelled' })
    expect(t.site.submissions).toHaveLength(1)
  })

  it('does nothing at all when it is not enabled', async () => {
    await t.visit('', 'data-enabled="false" data-crumbs data-surveys')
    const said = await t.page.evaluate(async () => {
      window.earshot?.tag('plan', 'pro')
      window.earshot?.consent(true)
      await window.earshot?.open()
      const sent = await window.earshot?.send({ message: 'x' })
      return [sent?.state, await window.earshot?.flush(), localStorage.length, document.querySelector('earshot-widget')]
    })
    expect(said).toEqual(['cancelled', 0, 0, null])
    expect(t.site.requests).toEqual(['GET /earshot.js'])
  })
})

describe('recorded crumbs', () => {
  it('are console, clicks, requests and navigation, masked, and nothing that somebody typed', async () => {
    await visitHeadless(`
      <button id="pay" class="primary big">  Pay
        now </button>
      <label id="label">Card <input id="field" value="4111 1111 1111 1111"></label>
      <textarea id="words">typed</textarea>
      <button id="private">Hello <b data-private>Ada</b></button>
      <div data-earshot-mask><a id="masked" href="#">Ada</a></div>
      <div id="region"><p>Much</p></div>`)
    await t.page.evaluate(async (collector) => {
      const { client, sdk } = window
      sdk.recordCrumbs(client)
      // Twice does not double.
      sdk.recordCrumbs(client)
      console.info('not a warning')
      console.warn('low on', { token: 'x', items: 3 }, 'Bearer s3cr3t-t0ken')
      console.error(new TypeError('no total'))
      for (const id of ['pay', 'field', 'words', 'private', 'masked', 'region']) document.getElementById(id)?.click()
      await fetch('/orders?token=x', { method: 'post', body: 'secret' })
      await fetch(new Request('/orders')).then((response) => response.text())
      await fetch(`${collector}/nothing`, { mode: 'cors' }).catch(() => undefined)
      await fetch('http://localhost:1/').catch(() => undefined)
      const request = new XMLHttpRequest()
      request.open('GET', '/xhr?token=x')
      request.send()
      await new Promise((resolve) => request.addEventListener('load', resolve))
      history.pushState(null, '', '/orders?token=x')
      history.replaceState({ scroll: 5 }, '')
      location.hash = 'top'
      await new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }))
      // Ours is nobody's crumb.
      await client.send({ message: 'x' })
    }, t.site.collector)
    const { page, collector } = t.site
    const all = await crumbs()
    const of = (type: string) => all.filter((crumb) => crumb.type === type).map(({ message }) => message)
    expect(of('console')).toEqual(['low on {"token":"[removed]","items":3} Bearer [removed]', 'TypeError: no total'])
    expect(of('click')).toEqual([
      'button#pay.primary.big "Pay now"',
      'input[type=text]#field',
      'textarea#words',
      'button#private',
      'a#masked',
      'div#region',
    ])
    expect(of('request')).toEqual([
      `POST ${page}/orders 200`,
      `GET ${page}/orders 200`,
      `GET ${collector}/nothing 404`,
      'GET http://localhost:1/ TypeError',
      `GET ${page}/xhr 200`,
    ])
    expect(all.find(({ type }) => type === 'request')?.data).toEqual({
      method: 'POST',
      url: `${page}/orders`,
      status: 200,
      ms: expect.any(Number) as number,
    })
    // A click on a link to a hash, too.
    expect(of('navigation')).toEqual([
      `${page}/ → ${page}/`,
      `${page}/ → ${page}/orders`,
      `${page}/orders → ${page}/orders`,
    ])
    expect(JSON.stringify(all)).not.toMatch(/4111|typed|Ada|s3cr3t|token=|secret/)
  })

  it('change nothing for the page, stand between other patches, and go whole in any order', async () => {
    await visitHeadless('<button id="pay">Pay</button>')
    const said = await t.page.evaluate(async () => {
      const { client, sdk } = window
      const look = () => [
        fetch.name,
        fetch.length,
        String(fetch),
        console.warn.name,
        Object.hasOwn(history, 'pushState'),
      ]
      const read = (): unknown[] => [
        Reflect.get(console, 'warn'),
        Reflect.get(history, 'pushState'),
        Reflect.get(XMLHttpRequest.prototype, 'open'),
      ]
      const natives = read()
      const before = JSON.stringify(look())
      // Somebody else's patch before ours, and one after it.
      const calls: string[] = []
      const wrap = (name: string) => {
        const inner = window.fetch
        const layer: typeof fetch = (...args) => {
          calls.push(name)
          return inner(...args)
        }
        window.fetch = layer
        return () => {
          if (window.fetch === layer) window.fetch = inner
        }
      }
      const undoBefore = wrap('before')
      const stop = sdk.recordCrumbs(client)
      const between = JSON.stringify([console.warn.name, console.warn.length, String(console.warn)])
      const undoAfter = wrap('after')
      const request = new Request('/x', { method: 'POST', body: 'secret' })
      const response = await fetch(request.clone())
      const isUnread = !request.bodyUsed && !response.bodyUsed
      let failure: unknown
      const unhandled = new Promise((resolve) =>
        addEventListener(
          'unhandledrejection',
          (event) => {
            event.preventDefault()
            resolve(String(event.reason))
          },
          { once: true },
        ),
      )
      await fetch('http://[').catch((error: unknown) => (failure = error))
      void fetch('http://localhost:1/?rejected')
      const reason = await unhandled
      const noted = client.facts().crumbs?.filter(({ type }) => type === 'request').length
      // Ours goes first, though the other one stands on it.
      stop()
      await fetch('/y')
      undoAfter()
      undoBefore()
      await fetch('/z')
      console.warn('not noted')
      document.getElementById('pay')?.click()
      history.pushState(null, '', '/elsewhere')
      const after = client.facts().crumbs?.length
      const again = sdk.recordCrumbs(client, { console: false, clicks: false, navigation: false })
      again()
      // destroy() undoes it, too.
      sdk.recordCrumbs(client)
      client.destroy()
      const same = read().map((method, at) => method === natives[at])
      return {
        calls,
        isUnread,
        failure: failure instanceof TypeError,
        reason,
        noted,
        after,
        same,
        between,
        before,
        own: Object.hasOwn(history, 'pushState'),
      }
    })
    expect(said).toMatchObject({
      // The last one: who stood before us cannot see that it is on top again, and is called through us.
      calls: ['after', 'before', 'after', 'before', 'after', 'before', 'after', 'before', 'before'],
      isUnread: true,
      failure: true,
      reason: 'TypeError: Failed to fetch',
      noted: 3,
      same: [true, true, true],
      between: '["warn",0,"function warn() { [native code] }"]',
      own: false,
    })
    // The rejection is an error of its own.
    expect(said.after).toBeLessThanOrEqual(5)
  })

  it('come with an attribute, through the page’s own frameworks’ patches, and go with destroy()', async () => {
    await t.visit('<button id="pay">Pay</button>', 'data-crumbs="clicks,console"')
    await expect.poll(() => t.site.requests.filter((request) => /crumbs/.test(request))).toHaveLength(1)
    await expect
      .poll(async () => {
        await t.page.locator('#pay').click()
        await t.page.evaluate(async () => {
          console.warn('low')
          await fetch('/orders')
          await window.earshot?.send({ message: 'x' })
        })
        return t.site.submissions
          .at(-1)
          ?.crumbs?.slice(-2)
          .map(({ message }) => message)
      })
      .toEqual(['button#pay "Pay"', 'low'])
    expect(t.site.submissions.at(-1)?.crumbs?.some(({ type }) => type === 'request')).toBe(false)
    const isNative = await t.page.evaluate(() => {
      const { warn } = console
      window.earshot?.destroy()
      return [warn === console.warn, String(console.warn)]
    })
    expect(isNative).toEqual([false, 'function warn() { [native code] }'])
  })

  it.each(['worker', 'serviceWorker'])('work in a %s, with fetch and the console', async (kind) => {
    const body = `${await script};(async () => {
      const client = sdk.createEarshot({ key: ${JSON.stringify(key)}, endpoint: ${JSON.stringify(t.site.collector)} })
      sdk.recordCrumbs(client)
      console.warn('low')
      await fetch(${JSON.stringify(t.site.collector)} + '/nothing')
      self.dispatchEvent(new ErrorEvent('error', { error: new Error('uncaught'), message: 'uncaught' }))
      await new Promise((resolve) => setTimeout(resolve, 50))
      await client.send({ message: 'from a ${kind}' })
      client.destroy()
    })()`
    const server = createServer((request, response) => {
      const isWorker = request.url === '/worker.js'
      response.writeHead(200, { 'content-type': isWorker ? 'text/javascript' : 'text/html' })
      response.end(isWorker ? body : '<!doctype html>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await t.page.goto(`http://localhost:${(server.address() as AddressInfo).port}`)
    await t.page.evaluate(async (kind) => {
      if (kind === 'worker') Object.assign(window, { worker: new Worker('/worker.js') })
      else await navigator.serviceWorker.register('/worker.js')
    }, kind)
    await expect.poll(() => t.site.submissions.length).toBe(1)
    server.closeAllConnections()
    server.close()
    expect(t.site.submissions[0]?.message).toBe(`from a ${kind}`)
    expect(t.site.submissions[0]?.crumbs?.map(({ message }) => message)).toEqual([
      'low',
      `GET ${t.site.collector}/nothing 404`,
      'Error: uncaught',
    ])
  })
})
