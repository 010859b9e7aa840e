import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { engines, isLeftOut, openEngine } from '../support/engines.ts'
import type { Tab } from '../support/engines.ts'
import { serve, startRelay } from '../support/relay.ts'
import type { Relay, Served } from '../support/relay.ts'
import { startSystem } from '../support/system.ts'
import type { System } from '../support/system.ts'

// Three browsers after one another on a busy machine; nothing here waits for time to pass.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

// Right to left, beyond the basic plane, a line of its own, and what a parser would take for its own.
const words = 'The total is wrong: "twice" <b>&amp;</b>\nהסכום שגוי 🧾 合計 é'

let system: System
let relay: Relay
let shop: Served

beforeAll(async () => {
  system = await startSystem('Engines')
  relay = await startRelay(system.origin)
  shop = await serve((request, response) => {
    const isPlain = request.url === '/plain'
    // The strictest that a page with the tag can have: what the script imports, it must be trusted for.
    const policy = `default-src 'none'; script-src 'nonce-r4nd0m'; connect-src ${relay.origin}; img-src 'self'`
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      ...(isPlain ? {} : { 'content-security-policy': policy }),
    })
    response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Checkout</title>
      ${isPlain ? '<style>html,body{margin:0;height:100%;background:rgb(20,160,90)}</style>' : ''}
      <script nonce="r4nd0m">errors = []; onerror = (message) => errors.push(message)
        onunhandledrejection = (event) => errors.push(String(event.reason))
        document.addEventListener('securitypolicyviolation', (event) => errors.push(event.blockedURI))</script>
      <h1>Checkout</h1>
      <dialog id="order"><h2>Order 17</h2><button data-earshot="idea">Tell us</button></dialog>
      <script async nonce="r4nd0m" src="${relay.origin}/earshot.js" data-key="${system.publishableKey}" data-release="1.4.2"></script>`)
  })
})
afterAll(async () => {
  await Promise.all([shop?.close(), relay?.close()])
})

/** The colour of an image near its upper right corner, as red, green and blue. */
async function cornerOf(url: string): Promise<[number, number, number]> {
  const image = new Image()
  image.src = url
  await image.decode()
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D
  ;[canvas.width, canvas.height] = [image.width, image.height]
  pen.drawImage(image, 0, 0)
  const [red = 0, green = 0, blue = 0] = pen.getImageData(image.width - 20, 20, 1, 1).data
  return [red, green, blue]
}

for (const engine of engines) {
  describe.skipIf(isLeftOut(engine))(`in ${engine.name}`, () => {
    let tab: Tab
    let before: string[] = []

    const panel = () => document.querySelector('earshot-widget')?.shadowRoot?.querySelector('dialog[open]')
    /** Waits until the open form says this. */
    const reads = (text: string) =>
      tab.wait(
        `“${text}”`,
        (wanted) => {
          const root = document.querySelector('earshot-widget')?.shadowRoot
          return root?.querySelector<HTMLElement>('dialog[open]')?.innerText.includes(wanted)
        },
        text,
      )
    const visit = async () => {
      await tab.goto(`${shop.origin}/checkout?session=secret`)
      await tab.wait('the widget', () => !!window.earshot?.open)
    }
    const open = async () => {
      await tab.click('.launcher')
      await tab.wait('the form', panel)
      // A click goes to a place, and the form may still be on its way in: what is typed then would go elsewhere.
      const isIn = () => document.querySelector('earshot-widget')?.shadowRoot?.activeElement?.localName === 'textarea'
      for (let clicks = 0; clicks === 0 || !(await tab.evaluate(isIn)); clicks++) {
        if (clicks > 20) throw new Error(`${tab.engine} never came into the words by a click.`)
        await tab.click('textarea')
      }
    }
    /** Presses the widget's button with these words. */
    const press = async (words: string) => {
      await tab.wait(
        `“${words}”`,
        (wanted) => {
          const buttons = document.querySelector('earshot-widget')?.shadowRoot?.querySelectorAll('button') ?? []
          const found = [...buttons].find((button) => button.innerText.trim() === wanted && !button.disabled)
          for (const button of buttons) button.toggleAttribute('data-wanted', button === found)
          return found
        },
        words,
      )
      await tab.click('[data-wanted]')
    }
    /** What has come in since the test began. */
    const arrivals = async () => (await system.list()).items.filter(({ id }) => !before.includes(id))
    const arrived = async () => {
      const items = await arrivals()
      expect(items).toHaveLength(1)
      return items[0]
    }
    /** Presses Tab until this has the focus. */
    const tabTo = async (selector: string) => {
      const isThere = (wanted: string) =>
        !!document.querySelector('earshot-widget')?.shadowRoot?.activeElement?.matches(wanted)
      for (let presses = 0; !(await tab.evaluate(isThere, selector)); presses++) {
        if (presses > 30) throw new Error(`${tab.engine} never came to “${selector}” by Tab.`)
        await tab.press('Tab')
      }
    }

    beforeAll(async () => {
      tab = await openEngine(engine)
    })
    beforeEach(async () => {
      relay.down = false
      before = (await system.list()).items.map(({ id }) => id)
      await visit()
    })
    afterAll(async () => {
      await tab?.close()
    })

    it('opens the form, types, sends, and what the collector has is what was typed', async () => {
      await open()
      // Nothing is kept on the device before somebody has typed, the outbox's database included.
      expect(await tab.evaluate(async () => [sessionStorage.length, (await indexedDB.databases()).length])).toEqual([
        0, 0,
      ])
      await tab.type(words)
      await tab.click('[type=submit]')
      await reads('Reference')
      const item = await arrived()
      expect(item?.message).toBe(words)
      expect(item).toMatchObject({ release: '1.4.2', kind: 'bug', source: 'widget' })
      expect(item?.page?.url).toBe(`${shop.origin}/checkout`)
      await reads(item?.reference ?? 'no reference')
      expect(await tab.evaluate(() => (window as unknown as { errors: string[] }).errors)).toEqual([])
    })

    it('keeps a draft over a reload, and is open and sent by the keyboard alone', async () => {
      await open()
      await tab.type('Half a thought')
      await visit()
      await tabTo('.launcher')
      await tab.press('Enter')
      await tab.wait('the form', panel)
      await tabTo('textarea')
      await tab.type(', now whole')
      await tabTo('[type=submit]')
      await tab.press('Enter')
      await reads('Reference')
      expect((await arrived())?.message).toMatch(/Half a thought|, now whole/)
      await tab.press('Escape')
      await tab.wait(
        'the form to close',
        () => !document.querySelector('earshot-widget')?.shadowRoot?.querySelector('dialog[open]'),
      )
    })

    it('opens above a modal of the page, which stays when Escape closes the form', async () => {
      await tab.evaluate(() => document.querySelector<HTMLDialogElement>('#order')?.showModal())
      await tab.click('#order button')
      await tab.wait('the form', panel)
      await tab.click('textarea')
      await tab.type('From above a modal')
      await tab.click('[type=submit]')
      await reads('Reference')
      expect(await arrived()).toMatchObject({ message: 'From above a modal', kind: 'idea' })
      await tab.press('Escape')
      await tab.wait(
        'the form to close',
        () => !document.querySelector('earshot-widget')?.shadowRoot?.querySelector('dialog[open]'),
      )
      expect(await tab.evaluate(() => document.querySelector('#order')?.matches(':modal'))).toBe(true)
    })

    it('takes a picture of the page without asking, and the collector has it in the colours of the page', async () => {
      await tab.goto(`${shop.origin}/plain`)
      await tab.wait('the widget', () => !!window.earshot?.open)
      await open()
      await tab.type('As you see')
      await press('Add a screenshot')
      await press('Attach')
      await tab.wait('the picture in the form', () =>
        document.querySelector('earshot-widget')?.shadowRoot?.querySelector('.attached li'),
      )
      await tab.click('[type=submit]')
      await reads('Reference')
      const { id } = (await arrived()) ?? { id: '' }
      await expect.poll(async () => (await system.find(id)).attachments?.[0]?.url, { timeout: 10_000 }).toBeTruthy()
      const image = await fetch((await system.find(id)).attachments?.[0]?.url ?? '')
      const base64 = Buffer.from(await image.arrayBuffer()).toString('base64')
      const [red, green, blue] = await tab.evaluate(
        cornerOf,
        `data:${image.headers.get('content-type')};base64,${base64}`,
      )
      // JPEG and WebP come near.
      expect(Math.abs(red - 20) + Math.abs(green - 160) + Math.abs(blue - 90)).toBeLessThan(12)
    })

    it('keeps what the collector cannot take, says so, and sends it at the next load by itself', async () => {
      await open()
      await tab.type('From the tunnel')
      relay.down = true
      await tab.click('[type=submit]')
      await reads('Kept')
      expect(await arrivals()).toEqual([])
      relay.down = false
      await visit()
      await expect.poll(async () => (await arrivals()).map(({ message }) => message)).toEqual(['From the tunnel'])
      await tab.wait('an empty outbox', async () => (await indexedDB.databases()).length === 0)
    })
  })
}
