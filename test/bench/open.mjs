import { build } from '../../worker/dev/build.mjs'
import { launch } from './browser.mjs'
import { median, table } from './load.mjs'
import { bundlePeer, installPeers, versions } from './peers.mjs'
import { page, serveSite } from './site.mjs'

const rounds = 9
/** How long the pointer rests before it presses. */
const hoverMs = 500

/**
 * Click to painted form at 1.6 Mbit/s and 150 ms of delay, the processor slowed four times: ours hovered and cold, and
 * Sentry's, whose form is in the page's bundle from the start.
 */
export async function bench() {
  await build()
  installPeers()
  const sentry = await bundlePeer(
    "import { init, feedbackSyncIntegration } from '@sentry/browser'; init({ dsn: 'http://k@localhost:1/1', integrations: [feedbackSyncIntegration({ autoInject: true })] })",
  )
  const tag = '<script async src="/earshot.js" data-key="pub_000000000000000000000000"></script>'
  const site = await serveSite({
    '/earshot': page(tag),
    '/sentry': page('<script type="module" src="/sentry.js"></script>'),
    '/sentry.js': sentry,
  })
  const browser = await launch()
  const subjects = {
    [`Earshot, hovered ${hoverMs} ms`]: {
      path: '/earshot',
      host: 'earshot-widget',
      button: '.launcher',
      form: 'dialog[open]',
      hover: true,
    },
    'Earshot, cold': { path: '/earshot', host: 'earshot-widget', button: '.launcher', form: 'dialog[open]' },
    [`Sentry ${versions['@sentry/browser']}, form in the page's bundle`]: {
      path: '/sentry',
      host: '#sentry-feedback',
      button: '.widget__actor',
      form: '.dialog[open], dialog[open]',
      hover: true,
    },
  }
  const measured = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]))
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [name, subject] of Object.entries(subjects))
        measured[name].push(await click(browser, site.origin, subject))
    }
  } finally {
    await browser.close()
    site.close()
  }
  console.log(`Chromium ${browser.version()}, ${rounds} clicks each, in turn; goals 100 ms hovered, 300 ms cold`)
  table(
    ['click to painted form', 'median ms', 'least', 'most'],
    Object.entries(measured).map(([name, all]) => [name, median(all), Math.min(...all), Math.max(...all)]),
  )
}

async function click(browser, origin, { path, host, button, form, hover }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const view = await context.newPage()
  const session = await context.newCDPSession(view)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 1_600_000 / 8,
    uploadThroughput: 750_000 / 8,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await view.goto(origin + path)
  const launcher = view.locator(`${host} ${button}`)
  await launcher.waitFor()
  await view.waitForTimeout(500)
  if (hover) {
    await launcher.hover()
    await view.waitForTimeout(hoverMs)
  }
  const ms = await view.evaluate(
    ([hostPath, buttonPath, formPath]) =>
      new Promise((resolve) => {
        const root = document.querySelector(hostPath).shadowRoot
        const start = performance.now()
        const look = () => {
          const shown = root.querySelector(formPath)
          if (!shown || shown.getBoundingClientRect().height === 0) return requestAnimationFrame(look)
          // The frame after the one in which it has a size has painted it.
          return requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)))
        }
        root.querySelector(buttonPath).click()
        requestAnimationFrame(look)
      }),
    [host, button, form],
  )
  await context.close()
  return ms
}
