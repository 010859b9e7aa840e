import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { tag } from '../support/site.ts'
import { phone, useHarness } from './harness.ts'
import { colourAt } from './pixels.ts'
import type { Pixels } from './pixels.ts'

const t = useHarness()
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  run(context: unknown, options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

async function findings() {
  await t.page.evaluate(axeSource)
  return t.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: Axe }
    const { violations } = await axe.run(document.querySelector('earshot-widget'), {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: { region: { enabled: false } },
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  })
}

const button = (name: string) => t.page.getByRole('button', { name, exact: true })
// A browser on a busy machine encodes slowly.
const poll = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 })
const items = () => t.page.locator('.attached li')
const picture = () => t.page.locator('.editor canvas')
const body = '<style>body{margin:0;background:#0a0}</style><h1>Orders</h1>'

async function shoot() {
  await button('Add a screenshot').click()
  await picture().waitFor({ timeout: 15_000 })
}

/** Draws from one point of the picture to another, as shares of its size. */
async function drag(x1: number, y1: number, x2: number, y2: number) {
  const { x, y, width, height } = (await picture().boundingBox())!
  await t.page.mouse.move(x + width * x1, y + height * y1)
  await t.page.mouse.down()
  await t.page.mouse.move(x + width * x2, y + height * y2, { steps: 3 })
  await t.page.mouse.up()
}

/** What was uploaded, decoded by the browser. */
async function uploaded(index = 0): Promise<Pixels> {
  await poll(() => t.site.uploads.length).toBeGreaterThan(index)
  const { bytes, type } = t.site.uploads[index]!
  const png = await t.page.evaluate(
    async ({ base64, type }) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      const image = await createImageBitmap(new Blob([bytes], { type }))
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      canvas.getContext('2d')!.drawImage(image, 0, 0)
      return canvas.toDataURL().split(',')[1]!
    },
    { base64: bytes.toString('base64'), type: type ?? '' },
  )
  return PNG.sync.read(Buffer.from(png, 'base64'))
}

async function send() {
  await t.write('See the picture')
  await t.submit()
  await t.page.getByText('K7M4XQ2P').waitFor()
}

/** A PNG of one colour. */
function png(width: number, height: number, noise = false): Buffer {
  const image = new PNG({ width, height })
  let seed = 1
  for (let at = 0; at < image.data.length; at++) {
    seed = (seed * 48_271) % 2_147_483_647
    image.data[at] = at % 4 === 3 ? 255 : noise ? seed & 255 : 200
  }
  return PNG.sync.write(image, { deflateLevel: 1 })
}

describe('a screenshot', () => {
  it('is edited by pointer, undone and redone, burnt in, sent after the receipt, and gone from the form', async () => {
    await t.visit(body)
    await t.open()
    await shoot()
    await drag(0.1, 0.5, 0.3, 0.9)
    await button('Black out').click()
    await drag(0.6, 0.6, 0.9, 0.9)
    await poll(() => t.page.locator('.marks li').allTextContents()).toEqual(['Box 1', 'Black out 1'])
    await t.page.keyboard.press('Control+z')
    await poll(() => t.page.locator('.marks li').count()).toBe(1)
    await button('Redo').click()
    await button('Arrow').click()
    await drag(0.4, 0.3, 0.5, 0.5)
    await button('Remove Box 1').click()
    await poll(() => t.page.locator('.marks li').allTextContents()).toEqual(['Black out 1', 'Arrow 1'])
    await button('Attach').click()
    await poll(() => items().count()).toBe(1)
    await send()
    const pixels = await uploaded()
    expect([pixels.width, pixels.height]).toEqual([1280, 800])
    expect(colourAt(pixels, 1280 * 0.75, 800 * 0.75)).toBe('0,0,0')
    expect(colourAt(pixels, 1280 * 0.75, 800 * 0.4).replace(/\d+,(\d+),\d+/, '$1')).toMatch(/^1[67]\d$/)
    expect(t.site.submissions[0]!.attachments).toEqual([{ type: 'image/webp', bytes: t.site.uploads[0]!.bytes.length }])
    expect(t.site.uploads[0]!.token).toBe('u0')
    await button('Send another').click()
    await poll(() => items().count()).toBe(0)
    await send()
    expect(t.site.submissions.at(-1)!.attachments).toBeUndefined()
  })

  it('is cropped and edited again', async () => {
    await t.visit(body)
    await t.open()
    await shoot()
    await button('Crop').click()
    await drag(0.25, 0.25, 0.75, 0.5)
    await button('Attach').click()
    await t.page.getByRole('button', { name: /^Edit/ }).click()
    await picture().waitFor()
    await button('Black out').click()
    await drag(0.1, 0.1, 0.9, 0.9)
    await button('Attach').click()
    await poll(() => t.page.locator('.editor').count()).toBe(0)
    expect(await items().count()).toBe(1)
    await send()
    const pixels = await uploaded()
    expect(Math.abs(pixels.width - 640)).toBeLessThan(8)
    expect(Math.abs(pixels.height - 200)).toBeLessThan(8)
    expect(colourAt(pixels, 320, 100)).toBe('0,0,0')
  })

  it('goes as it was edited last, however long that takes to be made ready', async () => {
    await t.visit(body)
    await t.open()
    await shoot()
    await button('Attach').click()
    await poll(() => items().count()).toBe(1)
    await t.page.evaluate(() => {
      const toBlob = Reflect.get(HTMLCanvasElement.prototype, 'toBlob')
      HTMLCanvasElement.prototype.toBlob = function (...given) {
        setTimeout(() => toBlob.apply(this, given), 1_000)
      }
    })
    await t.page.getByRole('button', { name: /^Edit/ }).click()
    await picture().waitFor()
    await button('Black out').click()
    await drag(0.1, 0.1, 0.9, 0.9)
    await button('Attach').click()
    await send()
    expect(colourAt(await uploaded(), 640, 400)).toBe('0,0,0')
  })

  it('is edited with the keyboard alone, and says what was done', async () => {
    await t.visit(body)
    await t.open()
    await t.write('Words that stay')
    await button('Add a screenshot').focus()
    await t.page.keyboard.press('Enter')
    await picture().waitFor({ timeout: 15_000 })
    await button('Black out').focus()
    await t.page.keyboard.press('Enter')
    await t.page.keyboard.press('Enter')
    await poll(() => t.page.locator('.live').textContent()).toBe('Black out 1 added')
    for (let at = 0; at < 60; at++) await t.page.keyboard.press('ArrowLeft')
    for (let at = 0; at < 10; at++) await t.page.keyboard.press('Shift+ArrowUp')
    await t.page.keyboard.press('Enter')
    await t.page.keyboard.press('Delete')
    await poll(() => t.page.locator('.live').textContent()).toBe('Black out 2 removed')
    await button('Attach').focus()
    await t.page.keyboard.press('Enter')
    await poll(() => items().count()).toBe(1)
    expect(await button('Add a screenshot').evaluate((node) => node.matches(':focus'))).toBe(true)
    await t.submit()
    await t.page.getByText('K7M4XQ2P').waitFor()
    const pixels = await uploaded()
    expect(colourAt(pixels, 60, 330)).toBe('0,0,0')
    expect(colourAt(pixels, 640, 400)).not.toBe('0,0,0')
    expect(t.site.submissions[0]!.message).toBe('Words that stay')
  })

  it('is drawn by touch on a phone, and given up with nothing attached', async () => {
    await t.renew(phone)
    await t.visit(body)
    await t.open()
    await button('Add a screenshot').tap()
    await picture().waitFor({ timeout: 15_000 })
    const { x, y, width, height } = (await picture().boundingBox())!
    const client = await t.context.newCDPSession(t.page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', share: number) =>
      client.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: x + width * share, y: y + height * share }],
      })
    await touch('touchStart', 0.2)
    await touch('touchMove', 0.5)
    await touch('touchMove', 0.6)
    await touch('touchEnd', 0.6)
    await poll(() => t.page.locator('.marks li').allTextContents()).toEqual(['Box 1'])
    await button('Cancel').tap()
    await poll(() => t.page.locator('.editor').count()).toBe(0)
    expect(await items().count()).toBe(0)
  })

  it('is exact where the browser offers it, and back as it was where that is denied', async () => {
    await t.page.addInitScript(() => {
      const canvas = document.createElement('canvas')
      canvas.width = 64
      canvas.height = 48
      const pen = canvas.getContext('2d')!
      const state = { stopped: 0, away: false, denied: true, options: {} }
      Object.assign(window, { screenState: state })
      navigator.mediaDevices.getDisplayMedia = async (options) => {
        Object.assign(state, { options })
        if (state.denied) throw new DOMException('no', 'NotAllowedError')
        pen.fillStyle = '#00f'
        pen.fillRect(0, 0, 64, 48)
        const stream = canvas.captureStream(10)
        setInterval(() => pen.fillRect(0, 0, 64, 48), 50)
        state.away = document.querySelector('earshot-widget')!.hasAttribute('away')
        const [track] = stream.getTracks()
        const stop = track!.stop.bind(track)
        track!.stop = () => (state.stopped++, stop())
        return stream
      }
    })
    await t.visit(body)
    await t.open()
    await shoot()
    await button('Exact picture').click()
    expect(await picture().evaluate((node: HTMLCanvasElement) => node.width)).toBe(1280)
    await t.page.evaluate(
      () => ((window as unknown as { screenState: { denied: boolean } }).screenState.denied = false),
    )
    await button('Exact picture').click()
    await poll(() => picture().evaluate((node: HTMLCanvasElement) => node.width)).toBe(64)
    expect(await t.page.evaluate(() => (window as unknown as { screenState: unknown }).screenState)).toMatchObject({
      stopped: 1,
      away: true,
      options: { preferCurrentTab: true },
    })
    expect(await t.page.locator('earshot-widget').getAttribute('away')).toBeNull()
  })
})

describe('images', () => {
  it('come by picker, paste and drop, are named, removed and kept while the form is closed', async () => {
    await t.visit(body)
    await t.open()
    const small = { name: 'small.png', mimeType: 'image/png', buffer: png(40, 30) }
    await t.page.locator('input[type=file]').setInputFiles([small])
    await poll(() => items().count()).toBe(1)
    for (const type of ['paste', 'drop']) {
      await t.page.evaluate(
        ({ type, base64 }) => {
          const data = new DataTransfer()
          const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
          data.items.add(new File([bytes], `${type}.png`, { type: 'image/png' }))
          const options = { clipboardData: data, dataTransfer: data, bubbles: true, cancelable: true }
          const event = type === 'paste' ? new ClipboardEvent(type, options) : new DragEvent(type, options)
          document.querySelector('earshot-widget')!.shadowRoot!.querySelector('textarea')!.dispatchEvent(event)
        },
        { type, base64: small.buffer.toString('base64') },
      )
      await t.page.getByRole('img', { name: `${type}.png` }).waitFor()
    }
    await button('Remove: paste.png').click()
    expect(await t.page.locator('.attached canvas').evaluateAll((all) => all.map((node) => node.ariaLabel))).toEqual([
      'small.png',
      'drop.png',
    ])
    await button('Close').click()
    await t.open()
    expect(await items().count()).toBe(2)
    await send()
    await poll(() => t.site.uploads.length).toBe(2)
    expect(colourAt(await uploaded(), 20, 15)).toMatch(/^(199|200|201),/)
  })

  it('are made small enough, refused by name when they are none, and five at most', async () => {
    await t.visit(body)
    await t.open()
    const picker = t.page.locator('input[type=file]')
    expect(png(1_200, 800, true).length).toBeGreaterThan(2_000_000)
    await picker.setInputFiles(
      [
        { name: 'huge.png', mimeType: 'image/png', buffer: png(1_200, 800, true) },
        { name: 'notes.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') },
        { name: 'fine.png', mimeType: 'image/png', buffer: png(4_000, 3_000) },
      ],
      { timeout: 20_000 },
    )
    await t.page.getByText('This is not an image that can be read here: notes.pdf').waitFor({ timeout: 20_000 })
    expect(await items().count()).toBe(2)
    await picker.setInputFiles(
      Array.from({ length: 4 }, (_, at) => ({ name: `${at}.png`, mimeType: 'image/png', buffer: png(9, 9) })),
    )
    await t.page.getByText('There is room for five images.').waitFor()
    expect(await items().count()).toBe(5)
    await send()
    await poll(() => t.site.uploads.length).toBe(5)
    for (const { bytes } of t.site.uploads) expect(bytes.length).toBeLessThanOrEqual(2_000_000)
    const { width, height } = await uploaded()
    expect(width / height).toBeCloseTo(1.5, 1)
    const wide = await uploaded(1)
    expect(wide.width * wide.height).toBeLessThan(8_100_000)
    expect(wide.width / wide.height).toBeCloseTo(4 / 3, 2)
  })
})

describe('under a strict policy', () => {
  it('draws where Trusted Types are enforced and styles are closed, and raises no report', async () => {
    await t.page.addInitScript(() => {
      const reports: string[] = []
      Object.assign(window, { reports })
      document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => reports.push(violatedDirective))
    })
    t.site.serve(
      `<link rel="stylesheet" href="data:text/css,h1{color:red}"><h1 class="a">Orders</h1><svg width="40" height="40"><use href="/sprite.svg#a"/></svg><img alt="" src="/a.png" width="40">${tag(t.site)}`,
      {
        'content-security-policy': `default-src 'self'; img-src 'self' data:; script-src ${t.site.collector}; connect-src 'self' ${t.site.collector}; style-src data:; require-trusted-types-for 'script'; trusted-types 'none'`,
      },
    )
    await t.page.route('**/sprite.svg', (route) =>
      route.fulfill({
        contentType: 'image/svg+xml',
        body: '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="a"><rect width="40" height="40" fill="#00f"/></symbol></svg>',
      }),
    )
    await t.page.goto(t.site.page)
    await t.page.waitForFunction(() => 'open' in (window.earshot ?? {}))
    await t.open()
    await shoot()
    await button('Attach').click()
    await poll(() => items().count()).toBe(1)
    const { x, y } = (await t.page.locator('body > svg').boundingBox())!
    await send()
    expect(colourAt(await uploaded(), x + 20, y + 20)).toMatch(/^[0-3],[0-3],25\d$/)
    expect(await t.page.evaluate(() => (window as unknown as { reports: string[] }).reports)).toEqual([])
  })
})

describe('where it cannot be', () => {
  it('shows nothing of it where the deployment stores no files', async () => {
    t.site.config({ attachments: false })
    await t.visit(body)
    await t.open()
    await poll(() => button('Attach an image').count()).toBe(0)
    expect(await button('Add a screenshot').count()).toBe(0)
  })

  it('says that the part could not be loaded, keeps the words, and works when it can be', async () => {
    await t.visit(body)
    await t.open()
    await t.write('Still here')
    await t.page.route('**/chunks/capture.*', (route) => route.abort())
    await button('Add a screenshot').click()
    await t.page.getByText('This part could not be loaded.').waitFor()
    expect(await t.page.locator('textarea').inputValue()).toBe('Still here')
    await t.page
      .locator('input[type=file]')
      .setInputFiles([{ name: 'a.png', mimeType: 'image/png', buffer: png(9, 9) }])
    await poll(() => items().count()).toBe(1)
  })

  it.each([
    ['a header', "img-src 'self'", ''],
    ['the page', '', `<meta http-equiv="Content-Security-Policy" content="img-src 'self'">`],
  ])('does not draw where a policy in %s forbids it, and offers an image', async (_, header, meta) => {
    await t.page.addInitScript(() => {
      Object.defineProperty(MediaDevices.prototype, 'getDisplayMedia', { value: undefined })
      delete (MediaDevices.prototype as { getDisplayMedia?: unknown }).getDisplayMedia
      const reports: string[] = []
      Object.assign(window, { reports })
      document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => reports.push(violatedDirective))
    })
    t.site.serve(
      `${meta}${body}<script async src="${t.site.collector}/earshot.js" data-key="pub_0123456789abcdefghijklmn"></script>`,
      header ? { 'content-security-policy': header } : {},
    )
    await t.page.goto(t.site.page)
    await t.page.waitForFunction(() => 'open' in (window.earshot ?? {}))
    await t.open()
    for (let at = 0; at < 2; at++) {
      await button('Add a screenshot').click()
      await t.page.getByText('This page does not allow screenshots. Attach an image instead.').waitFor()
    }
    // A header cannot be read, so it is tried, once; a policy in the page is read.
    expect(await t.page.evaluate(() => (window as unknown as { reports: string[] }).reports)).toEqual(
      header ? ['img-src'] : [],
    )
    expect(t.site.requests.filter((request) => request.includes('page-image'))).toEqual([])
    await t.page
      .locator('input[type=file]')
      .setInputFiles([{ name: 'a.png', mimeType: 'image/png', buffer: png(9, 9) }])
    await poll(() => items().count()).toBe(1)
  })
})

describe.each(['light', 'dark'] as const)('the editor in %s', (colorScheme) => {
  it('gives axe nothing to find', async () => {
    await t.renew({ colorScheme, viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
    await t.visit(body)
    await t.open()
    await shoot()
    await drag(0.1, 0.5, 0.3, 0.9)
    const editor = await findings()
    await button('Attach').click()
    await poll(() => items().count()).toBe(1)
    expect({ editor, form: await findings() }).toEqual({ editor: [], form: [] })
  })
})
