import { build } from '../../worker/dev/build.mjs'
import { launch } from './browser.mjs'
import { median, table } from './load.mjs'
import { page, serveSite } from './site.mjs'

const rounds = 7

/** What a page feels of the widget: the same content with and without it, the processor slowed four and six times. */
export async function bench() {
  await build()
  const tag = '<script async src="/earshot.js" data-key="pub_000000000000000000000000"></script>'
  const site = await serveSite({ '/without': page(''), '/with': page(tag) })
  const browser = await launch()
  console.log(
    `Chromium ${browser.version()}, medians of ${rounds} loads each, in turn; goals: no long task, shift 0, blocking +10 ms, evaluation 25 ms at six times`,
  )
  try {
    for (const slowdown of [4, 6]) {
      const measured = { without: [], with: [] }
      for (let round = 0; round < rounds; round++) {
        for (const name of ['without', 'with'])
          measured[name].push(await load(browser, `${site.origin}/${name}`, slowdown))
      }
      console.log(`\nslowed ${slowdown} times`)
      table(
        ['page', 'long tasks', 'blocking ms', 'layout shift', 'evaluation ms', 'load ms'],
        Object.entries(measured).map(([name, all]) => [
          name,
          ...['longTasks', 'blocking', 'shift', 'evaluation', 'loaded'].map((key) =>
            median(all.map((one) => one[key])),
          ),
        ]),
      )
    }
  } finally {
    await browser.close()
    site.close()
  }
}

async function load(browser, address, slowdown) {
  const context = await browser.newContext()
  const view = await context.newPage()
  const session = await context.newCDPSession(view)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await view.addInitScript(() => {
    window.seen = { longTasks: [], shift: 0 }
    new PerformanceObserver((list) =>
      window.seen.longTasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({ type: 'longtask', buffered: true })
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) window.seen.shift += value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await browser.startTracing(view, { categories: ['devtools.timeline', 'v8'] })
  await view.goto(address)
  await view.waitForTimeout(1_500)
  const { longTasks, shift, loaded } = await view.evaluate(() => ({
    ...window.seen,
    loaded: performance.getEntriesByType('navigation')[0].loadEventEnd,
  }))
  const { traceEvents } = JSON.parse(String(await browser.stopTracing()))
  const evaluation = traceEvents
    .filter(
      ({ name, args }) => ['EvaluateScript', 'v8.compile'].includes(name) && /earshot\.js/.test(args?.data?.url ?? ''),
    )
    .reduce((ms, { dur = 0 }) => ms + dur / 1_000, 0)
  await context.close()
  return {
    longTasks: longTasks.length,
    blocking: longTasks.reduce((ms, duration) => ms + Math.max(0, duration - 50), 0),
    shift,
    evaluation,
    loaded,
  }
}
