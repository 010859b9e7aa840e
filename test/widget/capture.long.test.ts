import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { appPage, bundleRasteriser, colourAt, drawPage, screenshot, wrongShare } from './pixels.ts'
import { phone, useHarness } from './harness.ts'

const t = useHarness()
const mask = '138,144,156'
let source: string

beforeAll(async () => {
  source = await bundleRasteriser()
})

async function show(body: string) {
  await t.page.setContent(`<!doctype html><html lang="en"><title>Orders</title>${body}`)
}
async function centreOf(selector: string): Promise<[x: number, y: number]> {
  const box = (await t.page.locator(selector).boundingBox())!
  return [box.x + box.width / 2, box.y + box.height / 2]
}

describe('the picture of a page', () => {
  it.each([350, 10_000])(
    'shows what the screen shows, with %i elements, at the top and further down',
    async (nodes) => {
      await show(appPage(nodes))
      await t.page.evaluate(() => {
        document.querySelector<HTMLInputElement>('#box')!.checked = true
        document.querySelector<HTMLSelectElement>('#pick')!.selectedIndex = 1
        document.querySelector<HTMLTextAreaElement>('#text')!.value = 'Typed by somebody'
      })
      for (const share of [0, 0.5, 1]) {
        await t.page.evaluate((share) => scrollTo(0, (document.body.scrollHeight - innerHeight) * share), share)
        // What it looks like, however long that takes: after eight seconds of its own accord it would give up.
        const { pixels } = await drawPage(t.page, source, 60_000)
        expect(wrongShare(pixels, await screenshot(t.page))).toBeLessThan(0.02)
      }
    },
  )

  it.each(['light', 'dark'] as const)('stands on what a page without a background stands on, in %s', async (scheme) => {
    for (const declared of ['normal', 'light', 'light dark', 'dark']) {
      await t.page.emulateMedia({ colorScheme: scheme })
      // Served: an empty tab has a background of its own.
      t.site.serve(`<style>:root{color-scheme:${declared}}</style><h1>Orders</h1>`)
      await t.page.goto(t.site.page)
      const { pixels } = await drawPage(t.page, source)
      expect([declared, colourAt(pixels, 600, 500)]).toEqual([declared, colourAt(await screenshot(t.page), 600, 500)])
    }
  })

  it('shows what a form holds', async () => {
    await show(
      '<style>body{margin:0}*{font:16px sans-serif}</style><input id="i" value="old"><textarea id="t">old</textarea><input type="checkbox" id="c"><select id="s"><option>One<option>Two</select>',
    )
    const empty = await drawPage(t.page, source)
    await t.page.fill('#i', 'something new')
    await t.page.fill('#t', 'somewhat newer')
    await t.page.check('#c')
    await t.page.selectOption('#s', 'Two')
    await t.page.evaluate(() => (document.activeElement as HTMLElement).blur())
    const filled = await drawPage(t.page, source)
    const real = await screenshot(t.page)
    expect(wrongShare(filled.pixels, real)).toBeLessThan(0.001)
    expect(wrongShare(filled.pixels, empty.pixels)).toBeGreaterThan(wrongShare(filled.pixels, real))
  })

  it('keeps fixed, stuck and scrolled things where they are, and shows a modal over all', async () => {
    await show(`<style>body{margin:0}div{box-sizing:border-box}.row{height:40px;border-bottom:4px solid #00f}
#bar{position:sticky;top:0;height:30px;background:#0a0;z-index:1}#fix{position:fixed;right:0;bottom:0;width:80px;height:80px;background:#a00}
#inner{width:300px;height:200px;overflow:auto;background:#eee}#inner .row:nth-child(8){background:#fa0}
#flex{display:flex;gap:8px;flex-wrap:wrap}#flex i{width:180px;height:90px;background:#08f}dialog{width:200px;height:100px;border:0;background:#ff0}</style>
<div style="height:300px"></div><div id="bar"></div><section><p>${'words '.repeat(60)}</p><h2>Head</h2></section>
<div id="inner">${'<div class="row">x</div>'.repeat(20)}</div><div id="flex">${'<i></i>'.repeat(60)}</div><dialog>modal</dialog><div id="fix"></div>`)
    await t.page.evaluate(() => {
      scrollTo(0, 420)
      document.querySelector('#inner')!.scrollTop = 190
    })
    expect(wrongShare((await drawPage(t.page, source)).pixels, await screenshot(t.page))).toBeLessThan(0.01)
    await t.page.evaluate(() => document.querySelector('dialog')!.showModal())
    expect(wrongShare((await drawPage(t.page, source)).pixels, await screenshot(t.page))).toBeLessThan(0.02)
  })

  it('is as sharp as the screen of a phone', async () => {
    await t.renew(phone)
    await show(`<meta name="viewport" content="width=device-width">${appPage(350)}`)
    const { pixels } = await drawPage(t.page, source)
    expect([pixels.width, pixels.height]).toEqual([720, 1480])
    expect(wrongShare(pixels, await screenshot(t.page))).toBeLessThan(0.03)
  })

  it('covers what is private before it is drawn, in shadow roots and frames too', async () => {
    await show(`<style>body{margin:0}.s{display:block;width:200px;height:40px;background:#fff;color:#f00;font:bold 24px sans-serif}</style>
<input class="s" id="password" type="password" value="secret"><div class="s" id="data" data-private><b>secret</b></div>
<div class="s sentry-mask" id="sentry">secret</div><div class="s rr-block" id="rr">secret</div><div class="s ph-no-capture" id="ph">secret</div>
<canvas class="s" id="canvas" data-private width="200" height="40"></canvas><img class="s" id="img" data-private alt="" src="data:image/gif;base64,R0lGODlhAQABAPAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==">
<p style="margin:0;font:24px/40px sans-serif">For <span id="inline" class="ph-mask">secret</span><b id="after" style="background:#0ff">now</b></p><div id="host"></div><iframe id="frame" style="border:0;width:300px;height:100px" srcdoc="<style>body{margin:0;background:#fff}</style><div data-private style='width:300px;height:50px;background:#f00'>secret</div><div style='width:300px;height:50px;background:#0f0'></div>"></iframe>
<iframe id="whole" data-private style="border:0;width:100px;height:50px" srcdoc="<body style='background:#f00'>secret"></iframe>`)
    await t.page.evaluate(() => {
      const pen = document.querySelector<HTMLCanvasElement>('#canvas')!.getContext('2d')!
      pen.fillStyle = '#f00'
      pen.fillRect(0, 0, 200, 40)
      const root = document.querySelector('#host')!.attachShadow({ mode: 'open' })
      root.innerHTML =
        '<div data-sentry-mask style="width:200px;height:40px;background:#f00">secret</div><div style="width:200px;height:40px;background:#00f"></div>'
    })
    await t.page.frameLocator('#whole').locator('body').waitFor()
    const { pixels } = await drawPage(t.page, source)
    for (const id of ['password', 'data', 'sentry', 'rr', 'ph', 'canvas', 'img', 'inline', 'whole']) {
      expect([id, colourAt(pixels, ...(await centreOf(`#${id}`)))]).toEqual([id, mask])
    }
    const after = (await t.page.locator('#after').boundingBox())!
    expect(colourAt(pixels, after.x + 1, after.y + 2)).toBe('0,255,255')
    expect(colourAt(pixels, after.x - 2, after.y + 14)).toBe(mask)
    const [x, y] = await centreOf('#host')
    expect(colourAt(pixels, x - 500, y - 20)).toBe(mask)
    expect(colourAt(pixels, 20, y + 20)).toBe('0,0,255')
    const frame = (await t.page.locator('#frame').boundingBox())!
    expect(colourAt(pixels, frame.x + 150, frame.y + 25)).toBe(mask)
    expect(colourAt(pixels, frame.x + 150, frame.y + 75)).toBe('0,255,0')
    let red = 0
    for (let at = 0; at < pixels.data.length; at += 4) {
      if (pixels.data[at]! > 200 && pixels.data[at + 1]! < 60 && pixels.data[at + 2]! < 60) red++
    }
    expect(red).toBe(0)
  })

  it('draws a box for what another origin does not let it read, and what does not load', async () => {
    const other = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'image/svg+xml' })
      response.end(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="red"/></svg>',
      )
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
    t.site.serve(
      `<style>body{margin:0}img,iframe{display:block;border:0;width:100px;height:50px}</style><img id="other" alt="" src="${elsewhere}/a.svg"><iframe id="frame" src="${elsewhere}/"></iframe><img id="gone" alt="" src="${elsewhere}/gone"><p id="p">still drawn</p><video id="v" width="100" height="50"></video>`,
    )
    await t.page.goto(t.site.page)
    const { pixels } = await drawPage(t.page, source)
    for (const id of ['other', 'frame']) {
      expect([id, colourAt(pixels, ...(await centreOf(`#${id}`)))]).toEqual([id, '216,219,224'])
    }
    const words = (await t.page.locator('#p').boundingBox())!
    const inks = Array.from({ length: 100 }, (_, x) => colourAt(pixels, x, words.y + words.height / 2))
    expect(new Set(inks).size).toBeGreaterThan(1)
    other.closeAllConnections()
    other.close()
  })

  it('gives up in time and says why, leaving the page as it was', async () => {
    await show(appPage(10_000))
    const before = await t.page.evaluate(() => document.documentElement.outerHTML)
    await expect(drawPage(t.page, source, 1)).rejects.toThrow('timeout')
    await drawPage(t.page, source)
    await t.page.evaluate(() => document.querySelector('earshot-widget')!.remove())
    expect(await t.page.evaluate(() => document.documentElement.outerHTML)).toBe(before)
  })
})
