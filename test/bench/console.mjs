import { readFile } from 'node:fs/promises'
import { createServer, request as send } from 'node:http'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from '../../worker/dev/build.mjs'
import { root } from '../../worker/dev/install.mjs'
import { launch } from './browser.mjs'
import { fillSystem } from './filled.mjs'
import { quantiles, table } from './load.mjs'
import { serveRaw } from './raw/serve.mjs'

const count = Number(process.env.EARSHOT_BENCH_ITEMS ?? 1_000_000)
const loads = 7
const rounds = 12

/** The console's first load and what a person does next, in a browser, over a million items. */
export async function bench() {
  await build()
  const system = await serveRaw()
  const site = await serveConsole(system.origin)
  const browser = await launch()
  try {
    await fillSystem(system, count)
    await system.schedule()
    const storageState = await signIn(browser, system, site.origin)
    const first = []
    let bytes = 0
    for (let i = 0; i < loads; i++) {
      const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } })
      const page = await context.newPage()
      site.sent = 0
      await page.goto(`${site.origin}/console/inbox`)
      await page.locator('.row').first().waitFor()
      first.push(await page.evaluate(() => performance.now()))
      bytes = site.sent
      await context.close()
    }
    const { p50, p95 } = quantiles(first)
    console.log(
      `first load, nothing cached: ${p50.toFixed(0)} ms to the first rows (slowest ${p95.toFixed(0)}), ${bytes} bytes of files gzip`,
    )
    const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } })
    await interact(await context.newPage(), site.origin)
  } finally {
    await browser.close()
    site.close()
    await system.stop()
  }
}

/** The built console as an edge serves it, and the API behind it, under one origin. */
async function serveConsole(api) {
  const site = { sent: 0, origin: '', close: () => server.close() }
  const handle = async (asked, answer) => {
    const { pathname } = new URL(asked.url, 'http://localhost')
    if (pathname.startsWith('/console') && !pathname.startsWith('/console/sign-in')) {
      const isPage = !pathname.startsWith('/console/assets/')
      const body = gzipSync(await readFile(path.join(root, 'dist/site', isPage ? 'console/index.html' : pathname)))
      site.sent += body.length
      const type = isPage
        ? 'text/html'
        : pathname.endsWith('.css')
          ? 'text/css'
          : pathname.endsWith('.svg')
            ? 'image/svg+xml'
            : 'text/javascript'
      answer.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' })
      answer.end(body)
      return
    }
    const onward = send(`${api}${asked.url}`, { method: asked.method, headers: asked.headers }, (got) => {
      answer.writeHead(got.statusCode, got.headers)
      got.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  }
  const server = createServer((asked, answer) => void handle(asked, answer))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  site.origin = `http://localhost:${server.address().port}`
  return site
}

async function signIn(browser, system, origin) {
  const { url } = await (await system.call('/v1/sign-in-links', { method: 'POST' })).json()
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(origin + new URL(url).pathname + new URL(url).search + new URL(url).hash)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/console/)
  const state = await context.storageState()
  await context.close()
  return state
}

async function interact(page, origin) {
  await page.goto(`${origin}/console/inbox`)
  await page.locator('.row').first().waitFor()
  // From the event to the frame after what it changed is on the screen.
  const timed = async (name, act, isListed = false) => {
    const taken = []
    for (let i = 0; i < rounds; i++) {
      await page.evaluate((isListed) => {
        const was = document.body.innerText
        const isThere = () =>
          document.body.innerText !== was &&
          (!isListed ||
            (document.querySelector('.list')?.ariaBusy === 'false' && document.querySelector('.row') !== null))
        globalThis.painted = new Promise((resolve) => {
          const begun = { at: null }
          for (const type of ['keydown', 'click', 'input']) {
            addEventListener(type, () => (begun.at ??= performance.now()), { capture: true, once: true })
          }
          const look = () => {
            if (begun.at !== null && isThere()) {
              requestAnimationFrame(() => resolve(performance.now() - begun.at))
            } else requestAnimationFrame(look)
          }
          look()
        })
      }, isListed)
      await act(i)
      const painted = await page.evaluate(() =>
        Promise.race([globalThis.painted, new Promise((resolve) => setTimeout(() => resolve(null), 5_000))]),
      )
      if (painted === null) throw new Error(`'${name}' changed nothing within five seconds.`)
      taken.push(painted)
    }
    const { p50, p95 } = quantiles(taken)
    return [name, p50, p95]
  }
  const rows = []
  rows.push(await timed('next item (j)', () => page.keyboard.press('j')))
  rows.push(await timed('tick an item (x)', () => page.keyboard.press('x')))
  rows.push(await timed('mark as spam, and undo (!, u)', (i) => page.keyboard.press(i % 2 === 0 ? '!' : 'u')))
  rows.push(await timed('palette, opened and closed', (i) => page.keyboard.press(i % 2 === 0 ? 'Control+k' : 'Escape')))
  await page.keyboard.press('Escape')
  const views = page.getByRole('navigation', { name: 'Views' }).getByRole('link')
  rows.push(await timed('another view, listed', (i) => views.nth(1 + (i % 4)).click(), true))
  await views.first().click()
  const words = ['great', 'crash', 'login', 'update', 'phone', 'card']
  rows.push(
    await timed('a word searched for, listed', (i) => page.getByRole('searchbox').fill(words[i % words.length]), true),
  )
  table(['what is done', 'p50 ms', 'p95 ms'], rows)
  console.log('Goal: 100 ms, 80 kB gzip.')
}
